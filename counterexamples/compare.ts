import { ladderSvg, linesAbove } from './ladder-svg.ts'
import { nameOf, type Story } from './story.ts'

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

/** Both ladders side by side, under one sentence. */
export function comparisonSvg(comparison: Comparison): string {
  const { left, right } = comparison
  // Both begin at one height, and the step that differs is pointed at.
  const lines = Math.max(linesAbove(left), linesAbove(right))
  const mark = comparison.differs === null ? {} : { mark: { step: comparison.common, words: 'differs from here' } }
  const [one, other] = [nested(ladderSvg(left, { lines })), nested(ladderSvg(right, { lines, ...mark }))]
  const width = one!.width + other!.width + 24
  const height = Math.max(one!.height, other!.height) + 40
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${xml(`${left.protocol}: ${left.variant} and ${right.variant}`)}</title><desc>${xml(comparison.sentence)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="26" style="font:bold 14px Helvetica,Arial,sans-serif">${xml(comparison.sentence)}</text>`,
    `<g transform="translate(0 40)">${one!.svg}</g>`,
    `<line x1="${one!.width + 12}" y1="44" x2="${one!.width + 12}" y2="${height - 8}" stroke="#8793a1"/>`,
    `<g transform="translate(${one!.width + 24} 40)">${other!.svg}</g>`,
    '</svg>',
    '',
  ].join('\n')
}

const xml = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function nested(svg: string): { readonly svg: string; readonly width: number; readonly height: number } {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!
  // Two drawings in one: the names of their parts must not meet.
  return { svg, width: Number(width), height: Number(height) }
}
