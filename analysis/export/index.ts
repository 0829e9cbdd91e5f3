import { explore } from '../../checker/explore.ts'
import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { errors } from '../errors.ts'
import { nameOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { aut } from './aut.ts'
import { dot } from './dot.ts'
import { type Guarded, guardedOf } from './guarded.ts'
import { murphi } from './murphi.ts'
import { promela } from './promela.ts'
import { promelaOfRuns, whyNot } from './promela-runs.ts'
import { tla } from './tla.ts'
import { tlaConfig } from './tla-config.ts'

export const EXPORT_FORMATS = ['promela', 'promela-runs', 'murphi', 'tla', 'aut', 'dot'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportedText {
  readonly text: string
  /** What is to lie beside it, in a file of the same name that ends so; null where nothing is. */
  readonly beside: { readonly ending: string; readonly text: string } | null
  /** What our own search of it found, for comparison. */
  readonly states: number
  readonly transitions: number
}

/**
 * A variant in a scenario, without time, as another checker's model.
 *
 * @param name what the model is called, where its language has names for models, or else the file that it is to be in
 * @throws InputError where a bound ended the search that the tables come out of
 */
export function exportOf(
  target: TargetVariant,
  scenario: Scenario,
  format: ExportFormat,
  {
    limits,
    control = wallClock,
    name,
  }: { readonly limits: Limits; readonly control?: Control; readonly name?: string },
): ExportedText {
  const { internet, properties } = worldOf(target, scenario)
  const graph = explore(internet.model, { limits, control })
  if (graph.failure !== null) throw graph.failure
  const { count: states } = graph.store
  if (graph.incomplete !== null) throw errors.notAllOfIt(nameOf(target), scenario.name, states, graph.incomplete)
  const title = `${nameOf(target)}, ${scenario.name}: ${states} states, ${graph.transitions} transitions`
  const told = (): Pick<ExportedText, 'text' | 'beside'> => {
    if (format === 'aut') return { text: aut(graph), beside: null }
    if (format === 'dot') return { text: dot(graph, title), beside: null }
    const guarded = guardedOf(graph, properties)
    if (format !== 'tla') return { text: TEXTS[format](guarded, title, name), beside: null }
    return { text: tla(guarded, title, name), beside: { ending: 'cfg', text: tlaConfig(guarded) } }
  }
  return { ...told(), states, transitions: graph.transitions }
}

const TEXTS: Readonly<
  Record<'promela' | 'promela-runs' | 'murphi', (model: Guarded, title: string, file?: string) => string>
> = {
  promela,
  'promela-runs': (model, title, file) =>
    promelaOfRuns(
      model,
      model.runs.filter((run) => whyNot(run) === null),
      title,
      file,
    ),
  murphi,
}
