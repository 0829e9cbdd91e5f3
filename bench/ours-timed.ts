import { scenarioOf, variantOf } from '../analysis/target.ts'
import { timingWith } from '../analysis/timing/parameters.ts'
import { worldOf } from '../analysis/world.ts'
import { explore } from '../checker/explore.ts'
import type { Interval } from '../spec/internet/timing.ts'

// A process of its own: a double jump with a clock, by state classes or by ticks; prints what it found as JSON.
const [name = 'mip-lr/direct', as = 'dense', given = '{}'] = process.argv.slice(2)
const target = variantOf(name)
const time = timingWith(JSON.parse(given) as Record<string, Interval>)
const { internet } = worldOf(target, {
  ...scenarioOf(target, 'both-move'),
  time: { ...time, as: as as 'dense' | 'ticks' },
})
const started = performance.now()
const { store, transitions, memory } = explore(internet.model)
const seconds = (performance.now() - started) / 1000
// What nodes and networks are, whatever the clocks say: in both alike.
const without = new Set<string>()
const cells = internet.model.cells.length
for (let state = 0; state < store.count; state++) without.add(store.row(state).subarray(0, cells).join())
process.stdout.write(
  JSON.stringify({
    states: store.count,
    transitions,
    without: without.size,
    bytesPerState: memory / store.count,
    seconds,
  }),
)
