import { FONTS } from './label.ts'
import { type LadderOptions, layoutOf, roomFor } from './ladder-layout.ts'
import { ladderSvg } from './ladder-svg.ts'
import { nameOf, type Story } from './story.ts'
import { wrapped } from './text-width.ts'
import { escapeXml } from './xml.ts'

/**
 * Where a fix bites: the same beginning in two variants, then the first step that differs. The second story is a replay: the steps of the
 * first, as far as the second variant has them.
 */
export interface Comparison {
  readonly left: Story
  readonly right: Story
  /** How many steps both have in common, taken in order. */
  readonly common: number
  /** The first step of the right one that the left one does not have: what rescues, or what harms. */
  readonly differs: string | null
  readonly sentence: string
}

export function compare(left: Story, right: Story): Comparison {
  const texts = (story: Story): string[] => story.steps.map((step) => step.text)
  const [one, other] = [texts(left), texts(right)]
  let common = 0
  while (common < one.length && common < other.length && one[common] === other[common]) common += 1
  const step = right.steps[common]
  const sent = step?.sent?.map(nameOf).join(', ')
  const differs = step === undefined ? null : step.text
  const names = `${right.protocol}/${right.variant}`
  const rescue = sent === undefined || sent === '' ? '' : `, which sends ${sent}`
  const sentence =
    differs === null
      ? `Every step of ${left.protocol}/${left.variant} is possible in ${names}: nothing bites.`
      : `After ${common} common step${common === 1 ? '' : 's'} ${names} goes its own way: ${differs}${rescue}.`
  return { left, right, common, differs, sentence }
}

/** Both ladders side by side, under one sentence; the steps that they have in common stand at one height. */
export function comparisonSvg(comparison: Comparison): string {
  const { left, right, common, differs } = comparison
  const mark: LadderOptions = differs === null ? {} : { mark: { step: common, words: 'differs from here' } }
  const room = roomFor(layoutOf(left), layoutOf(right, mark), common)
  const one = { svg: ladderSvg(left, { room }), ...layoutOf(left, { room }) }
  const other = { svg: ladderSvg(right, { room, ...mark }), ...layoutOf(right, { room, ...mark }) }
  const width = one.width + other.width + 24
  const words = wrapped(comparison.sentence, FONTS.title, width - 32)
  const top = 22 + words.length * 18
  const height = Math.max(one.height, other.height) + top
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="l" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(`${left.protocol}: ${left.variant} and ${right.variant}`)}</title><desc>${escapeXml(comparison.sentence)}</desc>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...words.map((line, i) => `<text x="16" y="${26 + i * 18}" class="title">${escapeXml(line)}</text>`),
    `<g transform="translate(0 ${top})">${one.svg}</g>`,
    `<line class="life" x1="${one.width + 12}" y1="${top + 4}" x2="${one.width + 12}" y2="${height - 8}"/>`,
    `<g transform="translate(${one.width + 24} ${top})">${renamed(other.svg)}</g>`,
    '</svg>',
    '',
  ].join('\n')
}

/** Two drawings in one: the names of their parts must not meet. */
const renamed = (svg: string): string =>
  svg
    .replaceAll(/ id="(\w+)"/g, ' id="$1-2"')
    .replaceAll(/url\(#(\w+)\)/g, 'url(#$1-2)')
    .replace('aria-labelledby="t d"', 'aria-labelledby="t-2 d-2"')
