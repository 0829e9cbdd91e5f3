import { check } from '../checker/check.ts'
import { explore } from '../checker/explore.ts'
import { stepsFrom, valuesOf } from '../checker/graph.ts'
import { leastPath } from '../checker/least.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import type { Label, Value } from '../checker/model.ts'
import type { Trace } from '../checker/verdict.ts'
import { type Comparison, compare, type Story } from '../counterexamples/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import { isRight } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { propertyOf } from './property.ts'
import { storyOf } from './story.ts'
import { nameOf, type TargetVariant } from './target.ts'
import { worldOf } from './world.ts'

/** Past so many states a variant is not replayed: the search for the way out would take too long. */
const MOST_STATES = 400_000

export interface NotKnown {
  /** Which search came to no end, and why. */
  readonly notKnown: string
}

/**
 * Where a fix bites: a least run that violates a property of one variant, replayed on another. Null when nothing of the first violates it, in
 * the scenarios that both have; where that, or what becomes of the run, was not searched to its end, why not.
 *
 * @throws InputError where they share no scenario, or the first is not asked the property
 */
export function whereItBites(
  broken: TargetVariant,
  fixed: TargetVariant,
  property: string,
  scenarioName?: string,
  control: Control = wallClock,
): Comparison | NotKnown | null {
  const scenariosOfFixed = fixed.variant.scenarios
  const shared = broken.variant.scenarios.flatMap((scenario) => {
    const same = scenariosOfFixed.find(({ name }) => name === scenario.name)
    return same !== undefined && (scenarioName ?? scenario.name) === scenario.name ? [[scenario, same] as const] : []
  })
  if (shared.length === 0)
    throw errors.noSharedScenario(
      scenarioName ?? null,
      [broken, fixed].map((one) => [nameOf(one), one.variant.scenarios.map(({ name }) => name)] as const),
    )
  const open: string[] = []
  for (const [scenario, same] of shared) {
    const world = worldOf(broken, scenario)
    const { internet } = world
    const asked = propertyOf(world, property)
    const verdict = check(internet.model, [asked], { least: true, limits: { states: MOST_STATES }, control })[0]!
    const where = `${nameOf(broken)}, ${scenario.name}`
    if (verdict.kind === 'incomplete') open.push(`${where}: out of ${verdict.because}`)
    if (verdict.kind === 'failed') open.push(`${where}: ${verdict.error.message}`)
    if (verdict.kind === 'violated' && verdict.trace === undefined) open.push(`${where}: no room for the run`)
    if (verdict.kind !== 'violated' || verdict.trace === undefined) continue
    const story = storyOf(broken.protocol, broken.variant, internet, property, verdict.reason, verdict.trace)
    const replayed = replay(fixed, same, verdict.trace.steps, property, control)
    return 'notKnown' in replayed ? replayed : compare(story, replayed)
  }
  return open.length === 0 ? null : { notKnown: open.join('; ') }
}

/** The steps of a run, as far as another variant has them; then the least way to where every binding is right. */
function replay(
  target: TargetVariant,
  scenario: Scenario,
  steps: readonly Label[],
  property: string,
  control: Control,
): Story | NotKnown {
  const { protocol, variant } = target
  const { internet } = worldOf(target, scenario)
  const graph = explore(internet.model, { limits: { states: MOST_STATES }, control })
  const inWords = `${nameOf(target)}, ${scenario.name}`
  if (graph.failure !== null) return { notKnown: `${inWords}: ${graph.failure.message}` }
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
  if (rescue === null && graph.incomplete !== null) return { notKnown: `${inWords}: out of ${graph.incomplete}` }
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
  return storyOf(protocol, variant, internet, property, reason, trace)
}
