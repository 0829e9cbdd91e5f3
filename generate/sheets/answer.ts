import { variantOf } from '../../analysis/target.ts'
import { boundsOf } from '../../analysis/timing/bounds.ts'
import { durationOf, extremeInWords, type ToldExtreme } from '../../analysis/timing/durations.ts'
import { conjunction } from '../../analysis/timing/linear.ts'
import { type Given, intervalText } from '../../analysis/timing/parameters.ts'
import { sentence } from '../../counterexamples/index.ts'
import type { Query } from './sheet.ts'

/** What a query came to, in words: a line a conjunction, or the shortest and the longest. */
export interface Answer {
  /** The command that asks the same. */
  readonly command: string
  readonly found: readonly string[]
  /** A run for each part of it. */
  readonly runs: readonly { readonly of: string; readonly sentence: string }[]
  readonly points: number
  readonly searches: number
  readonly complete: boolean
}

/** Searches for the answer. */
export function answerOf(query: Query): Answer {
  return query.kind === 'bounds' ? ofBounds(query) : ofDuration(query)
}

function ofBounds(query: Query & { kind: 'bounds' }): Answer {
  const found = boundsOf(variantOf(query.target), query)
  const names = found.parameters.map(({ name }) => name)
  return {
    command: commandOf(query),
    found:
      found.summary.length === 0
        ? [`${found.shows === 'fails' ? 'holds' : 'fails'} everywhere`]
        : found.summary.map((forms) => `${found.shows} where ${conjunction(forms, names)}`),
    runs: found.regions.map(({ forms, story }) => ({ of: conjunction(forms, names), sentence: sentence(story) })),
    points: found.verdicts.length,
    searches: found.searches,
    complete: found.complete,
  }
}

function ofDuration(query: Query & { kind: 'duration' }): Answer {
  const { shortest, longest, searches, complete } = durationOf(variantOf(query.target), query)
  return {
    command: commandOf(query),
    found: [`at least: ${told(shortest)}`, `at most: ${told(longest)}`],
    runs: longest === null ? [] : [{ of: told(longest), sentence: sentence(longest.story) }],
    points: 1,
    searches,
    complete,
  }
}

const told = (extreme: ToldExtreme | null): string => (extreme === null ? 'in no run' : extremeInWords(extreme))

/** The same question on the command line. */
export function commandOf(query: Query): string {
  const { target, scenario, property, given } = query
  const what = query.kind === 'bounds' ? 'bounds' : 'durations'
  const vary =
    query.kind === 'bounds'
      ? query.vary.map(({ name, from, to, step }) => `--vary '${name}=${from}..${to}${step === 1 ? '' : `/${step}`}'`)
      : query.measure === undefined
        ? []
        : [`--measure ${query.measure}`]
  return [
    `doublejump ${what} ${target}`,
    ...(scenario === 'both-move' ? [] : [`--scenario ${scenario}`]),
    `--property ${property}`,
    ...vary,
    ...givenTexts(given),
  ].join(' ')
}

const givenTexts = (given: Given): string[] =>
  Object.entries(given).map(([name, interval]) => `--given '${name}=${intervalText(interval)}'`)
