import { explore } from '../checker/explore.ts'
import { type DjVariant, dj } from './dj.ts'

// A process of its own, so that whole processes are compared: prints what it found as JSON.
const [variant = 'direct', K = '2', R = '2'] = process.argv.slice(2)
const graph = explore(dj(variant as DjVariant, Number(K), Number(R)))
process.stdout.write(
  JSON.stringify({
    states: graph.store.count,
    transitions: graph.transitions,
    depth: graph.depth,
    bytesPerState: graph.memory / graph.store.count,
  }),
)
