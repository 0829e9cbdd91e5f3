import type { Exact } from '../analysis/odds/exact.ts'
import type { Lengths } from '../analysis/odds/lengths.ts'
import { confidence, percentile, type Tally } from '../analysis/odds/odds.ts'

/** What came out for one variant. */
export interface OddsFound {
  readonly target: string
  readonly tally: Tally | null
  readonly exact: Exact | null
}

/** What was asked, for the words around it. */
export interface OddsHead {
  readonly scenario: string
  readonly property: string
  readonly told: readonly string[]
  readonly loss: number
  readonly runs: number
  readonly seed: number
  /** Milliseconds. */
  readonly horizon: number
}

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 3 : 1)} %`
const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`

const SHARES = [0.5, 0.9, 0.99] as const

/** The mean and percentiles of how long it took, in milliseconds; null where it never came about. */
export function lengthsOf({
  took,
}: Tally): { readonly mean: number; readonly at: readonly number[]; readonly most: number } | null {
  if (took.length === 0) return null
  return {
    mean: took.reduce((sum, one) => sum + one, 0) / took.length,
    at: SHARES.map((share) => percentile(took, share)),
    most: took.at(-1)!,
  }
}

const TOOK = {
  'in the end': 'from the end of the last move until it is so for good, where it is',
  always: 'from the end of the last move until it fails, where it does',
  ever: '',
} as const

/** A table, a line a variant. */
export function oddsText(head: OddsHead, found: readonly OddsFound[]): string {
  const width = Math.max(...found.map(({ target }) => target.length)) + 2
  const drawn = found.flatMap(({ tally }) => (tally === null ? [] : [tally]))
  const asks = drawn[0]?.asks
  const lines = found.flatMap(({ target, tally, exact }) => [
    ...(exact === null
      ? []
      : [
          `  ${target.padEnd(width)}${exactly(exact)}   ${exact.states.toLocaleString('en')} states, by value iteration`,
          ...lengthLines(exact, head.horizon).map((line) => `  ${''.padEnd(width)}${line}`),
        ]),
    ...(tally === null ? [] : [`  ${target.padEnd(width)}${drawnLine(tally)}`]),
  ])
  const goOn = drawn.reduce((sum, tally) => sum + (tally.asks === 'in the end' ? tally.goOn : 0), 0)
  return [
    `${head.scenario} · ${head.property}: how likely it is`,
    ...(asks === undefined
      ? []
      : [
          `  ${''.padEnd(width)}${'holds'.padEnd(10)}${'95 %'.padEnd(18)}${asks === 'ever' ? '' : ['mean', '50 %', '90 %', '99 %', 'most'].map((name) => name.padStart(11)).join('')}`,
        ]),
    ...lines,
    '',
    ...(asks === undefined || asks === 'ever' ? [] : [`Times: ${TOOK[asks]}.`]),
    ...(found.some(({ exact }) => exact?.lengths != null)
      ? [
          'Times: from the end of the last move until it is so for good, of all runs; from … to …: by what comes first of what is due at one instant.',
        ]
      : []),
    ...(goOn === 0
      ? []
      : [
          `${goOn.toLocaleString('en')} runs went on ${head.horizon / 1000} s after the last move, and are judged as they were then (--horizon).`,
        ]),
    ...(drawn.length === 0
      ? []
      : [
          `${head.runs.toLocaleString('en')} runs each; --seed ${head.seed} draws the same. Variants have the same luck.`,
        ]),
    `Assumed: ${[...head.told, head.loss === 0 ? 'no packet is lost but at dead addresses' : `a packet is lost with ${percent(head.loss)}`, head.told.some((one) => /: as \w+\(/.test(one)) ? 'all else independent' : 'all of this independent', 'what is due at one instant comes in any order'].join(' · ')}`,
    '',
  ].join('\n')
}

function exactly({ least, most }: Exact): string {
  const [low, high] = [least.least, most.most]
  const digits = (share: number): string => `${(100 * share).toFixed(4)} %`
  if (high - low < 1e-6) return `holds with ${digits(low)}`
  return `holds with ${digits(low)} to ${digits(high)}, by what comes first of what is due at one instant`
}

/** How long it takes, a line for the mean and one for the shares of all runs. */
function lengthLines({ lengths }: Exact, horizon: number): string[] {
  if (lengths === null) return []
  const told = (ms: number | null): string =>
    ms === null ? `more than ${horizon / 1000} s` : ms === Number.POSITIVE_INFINITY ? 'for ever' : seconds(ms)
  const between = (least: number | null, most: number | null): string =>
    told(least) === told(most) ? told(least) : `${told(least)} to ${told(most)}`
  const { mean, shares } = lengths
  return [
    `mean ${mean === null ? 'not told' : between(mean.least.least, mean.most.most)}`,
    shares.map(({ share, least, most }) => `${100 * share} % ${between(least, most)}`).join(' · '),
  ]
}

function drawnLine(tally: Tally): string {
  const { holds, runs } = tally
  const [low, high] = confidence(holds, runs)
  const lengths = lengthsOf(tally)
  const times = lengths === null ? [] : [lengths.mean, ...lengths.at, lengths.most]
  return [
    percent(runs === 0 ? 0 : holds / runs).padEnd(10),
    `${percent(low)} – ${percent(high)}`.padEnd(18),
    ...times.map((one) => seconds(one).padStart(11)),
  ].join('')
}

/** How many per cent of the runs have it by when: a step a value, in milliseconds. */
export function oddsCsv(found: readonly OddsFound[]): string {
  const rows = found.flatMap(({ target, tally }) =>
    (tally?.took ?? []).map((ms, i) => `${target},${ms.toFixed(3)},${((i + 1) / tally!.runs).toFixed(6)}`),
  )
  return ['variant,milliseconds,share of runs', ...rows, ''].join('\n')
}

/** JSON has no infinite numbers. */
const withoutEnd = (lengths: Lengths): unknown =>
  JSON.parse(JSON.stringify(lengths, (_, value) => (value === Number.POSITIVE_INFINITY ? 'for ever' : value)))

export function oddsJson(head: OddsHead, found: readonly OddsFound[]): string {
  const rows = found.map(({ target, tally, exact }) => ({
    target,
    exact: exact && {
      least: exact.least,
      most: exact.most,
      states: exact.states,
      milliseconds: exact.lengths && withoutEnd(exact.lengths),
    },
    drawn:
      tally === null
        ? null
        : {
            runs: tally.runs,
            holds: tally.holds,
            confidence95: confidence(tally.holds, tally.runs),
            wentOn: tally.goOn,
            milliseconds: lengthsOf(tally),
          },
  }))
  return `${JSON.stringify({ version: 1, ...head, found: rows }, null, 2)}\n`
}
