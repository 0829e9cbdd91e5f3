import { explore, stepsFrom, valuesOf } from '../checker/explore.ts'
import type { Value } from '../checker/model.ts'
import { type DrawnGraph, differenceDot, stateGraphDot, svg } from '../counterexamples/index.ts'
import { isRight, type Variant } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { prepare } from './job.ts'
import { wholeNumber } from './options.ts'
import { resolveTargets, type Target } from './target.ts'

export interface GraphFlags {
  readonly scenario?: string
  readonly against?: string
  readonly format?: string
  readonly most?: string
}

const formats = ['svg', 'dot']

/** `doublejump graph`: every state that a variant can be in, or how the states of two variants differ; small scenarios only. */
export async function graphCommand(name: string, flags: GraphFlags): Promise<number> {
  const format = flags.format ?? 'svg'
  if (!formats.includes(format)) throw errors.notAFormat(format, formats)
  const most = wholeNumber('--most', flags.most ?? '150')
  const names = flags.against === undefined ? [name] : [name, flags.against]
  const targets = await resolveTargets(names)
  const graphs = targets.map((target, i) => {
    if (target.variants.length !== 1)
      throw errors.needsVariant(
        names[i]!,
        target.variants.map((v) => v.name),
      )
    return drawn(target, target.variants[0]!, flags.scenario ?? 'one-moves', most)
  })
  const [left, right] = graphs
  const dot =
    right === undefined ? stateGraphDot(left!) : differenceDot(`${left!.title} and ${right.title}`, left!, right)
  process.stdout.write(format === 'dot' ? dot : await svg(dot))
  return EXIT.asExpected
}

function drawn(target: Target, variant: Variant, scenarioName: string, most: number): DrawnGraph {
  const scenario = variant.scenarios.find((s) => s.name === scenarioName)
  if (scenario === undefined)
    throw errors.noScenario(
      scenarioName,
      variant.scenarios.map((s) => s.name),
    )
  const { internet } = prepare(target, variant, scenario)
  const found = explore(internet.model, { limits: { states: 1_000_000 } })
  if (found.store.count > most) throw errors.tooBigToDraw(found.store.count, most)
  const states = Array.from({ length: found.expanded }, (_, state) => {
    const values = valuesOf(found, state)
    const view = internet.view((cell) => values[cell] as Value)
    const wrong = variant.subject.beliefs.filter((belief) => !isRight(view, belief))
    const where = internet.layout.topology.nodes
      .filter((n) => n.mobile)
      .map((n) => `${n.name} at ${view.held(n.name).join(', ') || 'nowhere'}`)
    const flying = view
      .inFlight()
      .map(
        ({ message, destination }) =>
          `${internet.layout.label({ source: '', destination, hops: 1, message }).name} to ${destination}`,
      )
    const beliefs = variant.subject.beliefs.map(
      (belief) => `${belief.holder}: ${belief.about} at ${belief.believes(view) ?? '?'}`,
    )
    return { name: `s${state}`, words: [...where, ...beliefs, ...flying].join('; '), wrong: wrong.length > 0 }
  })
  const steps = states.flatMap(({ name }, state) =>
    stepsFrom(found, state).map(({ label, to }) => ({
      from: name,
      to: `s${to}`,
      words: label.text,
      moves: label.moves !== undefined,
    })),
  )
  return { title: `${target.protocol.name}/${variant.name}, ${scenario.name}: ${states.length} states`, states, steps }
}
