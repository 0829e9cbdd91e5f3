import { explore } from '../../checker/explore.ts'
import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { errors } from '../errors.ts'
import { nameOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { aut } from './aut.ts'
import { guardedOf } from './guarded.ts'
import { murphi } from './murphi.ts'
import { promela } from './promela.ts'

export const EXPORT_FORMATS = ['promela', 'murphi', 'aut'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportedText {
  readonly text: string
  /** What our own search of it found, for comparison. */
  readonly states: number
  readonly transitions: number
}

/**
 * A variant in a scenario, without time, as another checker's model.
 *
 * @throws InputError where a bound ended the search that the tables come out of
 */
export function exportOf(
  target: TargetVariant,
  scenario: Scenario,
  format: ExportFormat,
  { limits, control = wallClock }: { readonly limits: Limits; readonly control?: Control },
): ExportedText {
  const { internet, properties } = worldOf(target, scenario)
  const graph = explore(internet.model, { limits, control })
  if (graph.failure !== null) throw graph.failure
  const { count: states } = graph.store
  if (graph.incomplete !== null) throw errors.notAllOfIt(nameOf(target), scenario.name, states, graph.incomplete)
  const title = `${nameOf(target)}, ${scenario.name}: ${states} states, ${graph.transitions} transitions`
  const guarded = () => guardedOf(graph, properties)
  const text =
    format === 'aut' ? aut(graph) : format === 'promela' ? promela(guarded(), title) : murphi(guarded(), title)
  return { text, states, transitions: graph.transitions }
}
