import type { Given } from '../analysis/timing/parameters.ts'
import type { Interval } from '../spec/internet/timing.ts'

/** What is given of time: `Given` is in the page what its file brings along. */
export type TimeGiven = Given

/** As in the address of the page, one after the other: 'd=25..25', 'leaves(a)=0..'. */
export const written = (given: TimeGiven): string[] =>
  Object.entries(given).map(([name, [earliest, latest]]) => `${name}=${earliest}..${latest ?? ''}`)

/** Reads what somebody may have typed: what is no interval is left out, and told. */
export function readGiven(texts: readonly string[]): {
  readonly given: TimeGiven
  readonly leftOut: readonly string[]
} {
  const read = texts.map((text) => ({ text, interval: intervalIn(text) }))
  return {
    given: Object.fromEntries(read.flatMap(({ interval }) => (interval === null ? [] : [interval]))),
    leftOut: read.flatMap(({ text, interval }) => (interval === null ? [text] : [])),
  }
}

function intervalIn(text: string): readonly [string, Interval] | null {
  const [, name, earliest, latest] = /^(.{1,80})=(\d{1,8})\.\.(\d{0,8})$/.exec(text) ?? []
  if (name === undefined) return null
  const interval: Interval = [Number(earliest), latest === '' ? null : Number(latest)]
  return interval[1] !== null && interval[1] < interval[0] ? null : [name, interval]
}
