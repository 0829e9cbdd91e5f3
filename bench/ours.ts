import { guardedOf } from '../analysis/export/guarded.ts'
import { murphi } from '../analysis/export/murphi.ts'
import { promela } from '../analysis/export/promela.ts'
import { check } from '../checker/check.ts'
import { explore } from '../checker/explore.ts'
import { type Asked, modelOf } from './instances.ts'

/**
 * A process of its own, so that whole processes are compared: prints what it found as JSON. `states`: all states; `safety`: what is claimed of states and steps too, of the same states;
 * with `--sleep` by sleep sets. `promela`, `murphi` (with `-safety` behind it: with the claims): the model as others are given it.
 */
const [name = '', asked = 'states', how] = process.argv.slice(2)
const sleep = how === '--sleep'
const { model, properties } = await modelOf(name)

function measured(): string {
  if ((asked as Asked) === 'states') {
    const graph = explore(model, { sleep })
    const { transitions, memory } = graph
    return JSON.stringify({ states: graph.store.count, transitions, bytes: memory, seen: {} })
  }
  const verdicts = check(model, properties, { sleep })
  const { states, transitions, memory } = verdicts[0]!.statistics
  const wanted = new Set(properties.flatMap((property) => (property.kind === 'reachable' ? [property.id] : [])))
  const seen = verdicts.map(({ property, kind }) => [property, (kind === 'violated') !== wanted.has(property)])
  return JSON.stringify({ states, transitions, bytes: memory, seen: Object.fromEntries(seen) })
}

function exported(): string {
  const [language, claims] = asked.split('-')
  const guarded = guardedOf(explore(model), claims === undefined ? [] : properties)
  return language === 'promela' ? promela(guarded, name) : murphi(guarded, name)
}

process.stdout.write(asked === 'states' || asked === 'safety' ? measured() : exported())
