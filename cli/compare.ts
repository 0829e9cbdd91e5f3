import { check } from '../checker/check.ts'
import { explore, stepsFrom, valuesOf } from '../checker/explore.ts'
import { leastPath } from '../checker/least.ts'
import type { Label, Value } from '../checker/model.ts'
import type { Trace } from '../checker/verdict.ts'
import { type Comparison, compare, comparisonSvg, ladder } from '../counterexamples/index.ts'
import { isRight, type Variant } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { prepare } from './job.ts'
import { storyOf } from './story.ts'
import { resolveTargets, type Target } from './target.ts'

export interface CompareFlags {
  readonly property: string
  readonly scenario?: string
  readonly format?: string
}

const formats: Readonly<Record<string, (comparison: Comparison) => string>> = {
  text: (comparison) => {
    const paint = paintFor(process.stdout)
    return [comparison.sentence, '', ladder(comparison.left, paint), ladder(comparison.right, paint)].join('\n')
  },
  svg: comparisonSvg,
  json: (comparison) => `${JSON.stringify({ version: 1, ...comparison }, null, 2)}\n`,
}

/** `doublejump compare`: a counterexample of one variant, replayed on another: where the fix bites. */
export async function compareCommand(left: string, right: string, flags: CompareFlags): Promise<number> {
  const render = formats[flags.format ?? 'text']
  if (render === undefined) throw errors.notAFormat(flags.format!, Object.keys(formats))
  const [one, other] = await resolveTargets([left, right])
  for (const [name, target] of [
    [left, one!],
    [right, other!],
  ] as const) {
    if (target.variants.length !== 1)
      throw errors.needsVariant(
        name,
        target.variants.map((v) => v.name),
      )
  }
  const comparison = whereItBites(one!, other!, flags.property, flags.scenario)
  if (comparison === null) {
    process.stderr.write(`There is no run of ${left} that violates '${flags.property}' to replay on ${right}.\n`)
    return EXIT.asExpected
  }
  process.stdout.write(render(comparison))
  return EXIT.asExpected
}

/** Past so many states a variant is not replayed: the search for the way out would take too long. */
const MOST_STATES = 400_000

/** Null when nothing of the left variant violates the property, in the scenarios that both have. */
export function whereItBites(left: Target, right: Target, property: string, scenarioName?: string): Comparison | null {
  const [broken, fixed] = [left.variants[0]!, right.variants[0]!]
  const shared = broken.scenarios.filter(
    (scenario) =>
      (scenarioName === undefined || scenario.name === scenarioName) &&
      fixed.scenarios.some((s) => s.name === scenario.name),
  )
  if (shared.length === 0)
    throw errors.noScenario(
      scenarioName ?? '(any)',
      fixed.scenarios.map((s) => s.name),
    )
  for (const scenario of shared) {
    const { internet, properties } = prepare(left, broken, scenario)
    const asked = properties.filter(({ id }) => id === property)
    if (asked.length === 0)
      throw errors.noProperty(
        property,
        properties.map(({ id }) => id),
      )
    const [verdict] = check(internet.model, asked, { least: true, limits: { states: MOST_STATES } })
    if (verdict?.kind !== 'violated' || verdict.trace === undefined) continue
    const story = storyOf(left.protocol, broken, internet, property, verdict.reason, verdict.trace)
    const replayed = replay(
      right,
      fixed,
      fixed.scenarios.find((s) => s.name === scenario.name)!,
      verdict.trace.steps,
      property,
    )
    return compare(story, replayed)
  }
  return null
}

/** The steps of a run, as far as another variant has them; then the least way to where every binding is right. */
function replay(
  target: Target,
  variant: Variant,
  scenario: Variant['scenarios'][number],
  steps: readonly Label[],
  property: string,
) {
  const { internet } = prepare(target, variant, scenario)
  const graph = explore(internet.model, { limits: { states: MOST_STATES } })
  const path = [graph.initial[0]!]
  const taken: Label[] = []
  for (const step of steps) {
    const next = stepsFrom(graph, path.at(-1)!).find(({ label, to }) => label.text === step.text && to >= 0)
    if (next === undefined) continue
    taken.push(next.label)
    path.push(next.to)
  }
  const right = (state: number): boolean => {
    const values = valuesOf(graph, state)
    const view = internet.view((cell) => values[cell] as Value)
    return view.isQuiet() && variant.subject.beliefs.every((belief) => isRight(view, belief))
  }
  const rescue = leastPath(graph, right, [path.at(-1)!])
  for (const to of rescue?.slice(1) ?? []) {
    const from = path.at(-1)!
    taken.push(stepsFrom(graph, from).find((step) => step.to === to)!.label)
    path.push(to)
  }
  const trace: Trace = {
    cells: internet.model.cells,
    states: path.map((state) => valuesOf(graph, state)),
    steps: taken,
    loopStart: null,
  }
  const reason = rescue === null ? 'no way leads to where every binding is right' : 'every binding is right in the end'
  return storyOf(target.protocol, variant, internet, property, reason, trace)
}
