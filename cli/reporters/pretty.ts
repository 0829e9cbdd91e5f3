import { createColors } from 'picocolors'
import { groupBy } from '../../analysis/group-by.ts'
import type { Result } from '../../analysis/job.ts'
import { searchedAsIf } from '../../analysis/reduction/reductions.ts'
import { survivalTable } from '../../analysis/survival.ts'
import { survivalText } from '../../analysis/survival-text.ts'
import type { Report } from './report.ts'
import { leaningOf, whyIncomplete } from './words.ts'

type Colours = ReturnType<typeof createColors>

/** The matrix for people: a block a variant, a line a scenario, a column a property; then each violation in a sentence. */
export function pretty({ results, kept, colour, seconds, overview, clock }: Report): string {
  const paint = createColors(colour)
  const variants = groupBy(results, (result) => `${result.protocol}/${result.variant}`)
  const blocks = [...variants].map(([name, list]) => block(name, list, paint, clock !== undefined))
  const survival = overview ? [survivalText(survivalTable(results), survivalPaint(paint))] : []
  return [...blocks, ...legendOf(results, paint), ...survival, summary(results, kept, seconds, paint, clock), ''].join(
    '\n',
  )
}

const survivalPaint = (paint: Colours) => ({
  yes: paint.green,
  no: paint.red,
  faint: paint.dim,
  strong: paint.bold,
})

const HEADS: Readonly<Record<string, string>> = {
  'binding-eventually-correct': 'binding',
  'eventually-reachable-both-ways': 'reach',
  'data-sent-when-quiet-arrive': 'quiet',
  'binding-correct-in-time': 'in time',
  'no-stale-overwrite': 'stale',
  'no-hijack': 'hijack',
  'session-survives': 'session',
  'no-forwarding-loop': 'loop',
  'no-deadlock-with-work-left': 'deadlock',
  'registrations-eventually-correct': 'registr.',
  'a-binding-goes-stale': 'goes wrong',
  'a-good-end-is-reachable': 'good end',
}

function headOf(property: string): string {
  return HEADS[property] ?? (property.length > 12 ? `${property.slice(0, 11)}…` : property)
}

/** What each column claims. */
function legendOf(results: readonly Result[], paint: Colours): string[] {
  const means = new Map(results.map((result) => [headOf(result.property), result.means]))
  const width = Math.max(0, ...[...means.keys()].map((head) => head.length)) + 2
  return [...[...means].map(([head, claim]) => paint.dim(`${head.padEnd(width)}${claim}`)), '']
}

const SIGNS: Readonly<Record<Result['verdict'], string>> = {
  holds: '✓',
  violated: '✗',
  vacuous: '∅',
  incomplete: '?',
  failed: '!',
}

function block(name: string, results: readonly Result[], paint: Colours, timed: boolean): string {
  const scenarios = groupBy(results, (result) => result.scenario)
  const properties = [...new Set(results.map((result) => result.property))]
  const width = Math.max(...[...scenarios.keys()].map((scenario) => scenario.length)) + 2
  const columns = properties.map((property) => headOf(property).padEnd(Math.max(headOf(property).length, 3) + 1))
  const head = `  ${''.padEnd(width)}${columns.join(' ')} ${'states'.padStart(10)} ${'seconds'.padStart(8)}`
  const lines = [...scenarios].map(([scenario, list]) => {
    const cells = properties.map((property, i) => {
      const result = list.find((r) => r.property === property)
      return result === undefined ? ' '.padEnd(columns[i]!.length) : cell(result, columns[i]!.length, paint)
    })
    // What was not asked has no states.
    const { states, seconds } = list.find((r) => r.states > 0) ?? list[0]!
    return `  ${scenario.padEnd(width)}${cells.join(' ')} ${String(states).padStart(10)} ${seconds.toFixed(2).padStart(8)}`
  })
  const title = `${paint.bold(name)}${timed ? ', timed' : ''}`
  return [
    title,
    paint.dim(head),
    ...lines,
    ...told(results, paint, timed),
    ...leanings(results, paint),
    ...reductions(results, paint),
    '',
  ].join('\n')
}

/** Green: as expected. A violation that is expected is told, not alarmed about. */
function cell(result: Result, width: number, paint: Colours): string {
  const sign = `${SIGNS[result.verdict]}${result.asExpected ? '' : ' !!'}`.padEnd(width)
  if (!result.asExpected) return paint.bold(paint.red(sign))
  return result.verdict === 'holds' ? paint.green(sign) : paint.yellow(sign)
}

/** What there is to say of results; what is the same of several properties of a scenario, once. */
function told(results: readonly Result[], paint: Colours, timed: boolean): string[] {
  const alike = groupBy(results, (result) => `${result.scenario}\n${notKnown(result) ?? result.property}`)
  return [...alike.values()].flatMap((list) => {
    const [result] = list as [Result]
    const what = `${result.scenario} · ${propertiesOf(list)}`
    const why = notKnown(result)
    if (why !== null) return [`  ${paint.red(SIGNS[result.verdict])} ${what}: ${why}`]
    if (!result.asExpected) {
      const found = result.explanation ?? result.reason ?? ''
      return [
        `  ${paint.red('!!')} ${what}: ${result.verdict}, but expected${timed ? ' without a clock' : ''}: ${result.expected}. ${found}`,
      ]
    }
    return result.explanation === null ? [] : [`  ${paint.yellow('✗')} ${what}: ${result.explanation}`]
  })
}

/** Why nothing is known; null where something is. */
function notKnown(result: Result): string | null {
  if (result.verdict === 'failed') return result.reason ?? ''
  return result.verdict === 'incomplete' ? `${whyIncomplete(result)}${tellGrowth(result)}` : null
}

const propertiesOf = (list: readonly Result[]): string =>
  list.length > 2 ? `${list.length} properties` : list.map(({ property }) => property).join(', ')

/** What verdicts lean on that no clock would have so: once for all properties of a scenario. */
function leanings(results: readonly Result[], paint: Colours): string[] {
  const alike = groupBy(
    results.filter((result) => leaningOf(result) !== null),
    (result) => `${result.scenario} ${leaningOf(result)}`,
  )
  return [...alike.values()].map((list) => {
    return `  ${paint.yellow('~')} ${list[0]!.scenario} · ${propertiesOf(list)}: ${leaningOf(list[0]!)}`
  })
}

/** What was taken for granted to search fewer states, or take fewer steps. */
const reductions = (results: readonly Result[], paint: Colours): string[] =>
  [...new Set(results.flatMap((result) => (result.incompleteBecause === 'reduction' ? [] : result.reduced)))].map(
    (reduced) => `  ${paint.yellow('~')} ${searchedAsIf(reduced)}; runs are of the whole model`,
  )

/** Where a search that hit a bound grows, if it says so. */
const tellGrowth = ({ growth }: Result): string => (growth.length === 0 ? '' : `; ${growth.slice(0, 3).join(', ')}`)

/** The seconds of those are of the run that made them. */
const fromBefore = (kept: number, searches: number): string =>
  kept === 0 ? '' : ` (${kept === searches ? 'all' : kept} kept from before; --no-cache searches anew)`

const counted = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

function summary(
  results: readonly Result[],
  kept: number,
  ...[seconds, paint, clock]: [number, Colours, string | undefined]
): string {
  const bad = results.filter((result) => !result.asExpected)
  const searches = groupBy(results, (result) => `${result.protocol}/${result.variant}/${result.scenario}`)
  const states = [...searches.values()].reduce((sum, list) => sum + Math.max(...list.map((one) => one.states)), 0)
  const counts = Object.entries(SIGNS)
    .map(([verdict, sign]) => [sign, verdict, results.filter((result) => result.verdict === verdict).length] as const)
    .filter(([, , n]) => n > 0)
    .map(([sign, verdict, n]) => `${sign} ${n} ${verdict}`)
  const judged =
    bad.length === 0 ? paint.green('all as expected') : paint.red(`${bad.length} not as expected (marked !!)`)
  return [
    `${counted(results.length, 'check', 'checks')} in ${counted(searches.size, 'search', 'searches')}${fromBefore(kept, searches.size)}, ${states} states, ${seconds.toFixed(1)} s: ${counts.join(', ')}; ${judged}`,
    paint.dim(
      `✓ holds  ✗ violated  ∅ vacuous  ? incomplete  ! failed · 'doublejump explain <variant> --property <name>${clock === undefined ? '' : ` --scenario <name> ${clock}`}' shows a run`,
    ),
  ].join('\n')
}
