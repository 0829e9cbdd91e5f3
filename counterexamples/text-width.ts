/**
 * How wide words are in Helvetica, in thousandths of the font's size: from Adobe's metrics of the core fonts. Arial and Liberation Sans
 * have the same widths. A picture that is made without a browser has no other way to know where a label ends.
 */
const WIDTHS: Readonly<Record<'regular' | 'bold', Readonly<Record<number, string>>>> = {
  regular: {
    191: "'",
    222: 'ijl',
    260: '|',
    278: ' !,./:;I[\\]ft·',
    333: '()-`r',
    334: '{}',
    355: '"',
    389: '*',
    469: '^',
    500: 'Jckxyzvs',
    556: '#$0123456789?L_abdeghnopqu',
    584: '+<=>~',
    611: 'FTZ',
    667: '&ABEKPSVXY',
    722: 'CDHNRUw',
    778: 'GOQ',
    833: 'Mm',
    889: '%',
    944: 'W',
  },
  bold: {
    238: "'",
    278: ' ,./I\\ijl·',
    280: '|',
    333: '!()-:;[]`ft',
    389: '*r{}',
    474: '"',
    500: 'z',
    556: '#$0123456789J_aceksvxy',
    584: '+<=>^~',
    611: '?FLTZbdghnopqu',
    667: 'EPSVXY',
    722: '&ABCDHKNRU',
    778: 'GOQw',
    833: 'M',
    889: '%m',
    944: 'W',
  },
}

/** What is in neither list: as wide as the widest letters, and emoji wider still. */
const UNKNOWN = 1050
const PICTOGRAM = 1400

const tables = Object.fromEntries(
  Object.entries(WIDTHS).map(([weight, widths]) => [
    weight,
    new Map(Object.entries(widths).flatMap(([width, letters]) => [...letters].map((c) => [c, Number(width)] as const))),
  ]),
)

export interface Font {
  /** In pixels. */
  readonly size: number
  readonly bold?: boolean
}

/** The width of one line, in pixels. */
export function textWidth(words: string, { size, bold = false }: Font): number {
  const table = tables[bold ? 'bold' : 'regular']!
  let sum = 0
  for (const character of words) sum += table.get(character) ?? (character.length > 1 ? PICTOGRAM : UNKNOWN)
  return (sum * size) / 1000
}

/** Lines no wider than `most` pixels: broken between words, and within a word only where one is too long by itself. */
export function wrapped(words: string, font: Font, most: number): string[] {
  const lines: string[] = ['']
  const fits = (text: string): boolean => textWidth(text, font) <= most
  for (const word of words.split(/\s+/)) {
    const line = lines.at(-1)!
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) lines[lines.length - 1] = longer
    else if (fits(word)) lines.push(word)
    else {
      if (line !== '') lines.push('')
      for (const character of word) {
        if (lines.at(-1) === '' || fits(lines.at(-1)! + character)) lines[lines.length - 1] += character
        else lines.push(character)
      }
    }
  }
  return lines
}

/** One line, cut off where it would be wider than a name should be. */
export function shortened(words: string, font: Font, most = 260): string {
  if (textWidth(words, font) <= most) return words
  let kept = ''
  for (const character of words) {
    if (textWidth(`${kept}${character}…`, font) > most) break
    kept += character
  }
  return `${kept}…`
}
