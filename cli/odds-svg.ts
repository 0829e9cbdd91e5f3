import { percentile } from '../analysis/odds/odds.ts'
import { drawn } from '../claims/figures/draw.ts'
import type { OddsFound, OddsHead } from './odds-text.ts'

/** Points of a curve. */
const POINTS = 200

/** Which share of the runs has it by when, a curve a variant: a distribution function that ends below 1 where some never have it. */
export function oddsSvg({ scenario, property, runs, told }: OddsHead, found: readonly OddsFound[]): Promise<string> {
  return drawn(
    {
      x: { label: 'seconds from the end of the last move' },
      y: { label: `share of the runs in which '${property}' has come to its end` },
      curves: found.map(({ target, tally }) => ({ name: target, is: 'right', points: pointsOf(tally) })),
      at: null,
      notes: [`${runs.toLocaleString('en')} runs each.`, `Assumed: ${told.join(' · ')}`],
    },
    `How long it takes: ${property}, ${scenario}`,
  )
}

function pointsOf(tally: OddsFound['tally']): [number, number][] {
  if (tally === null || tally.took.length === 0) return [[0, 0]]
  const shares = Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS)
  return [
    [0, 0],
    ...shares.map((share): [number, number] => [
      percentile(tally.took, share) / 1000,
      Math.max(1, share * tally.took.length) / tally.runs,
    ]),
  ]
}
