import { parseArgs } from 'node:util'
import { checkOnDisk } from '../checker/layers/check.ts'
import { wallClock } from '../checker/limits.ts'
import { always, type Property } from '../checker/property.ts'
import { type DjVariant, dj } from './dj.ts'

/**
 * The yardstick in layers on disk, as a process of its own: several on one folder share the search. Prints what it found, and the most memory it had, as JSON.
 * `node dist/bench/layers.js fixed 2 3 --folder f [--partitions n] [--memory MiB] [--resume] [--violated]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    partitions: { type: 'string' },
    memory: { type: 'string', default: '4096' },
    resume: { type: 'boolean', default: false },
    violated: { type: 'boolean', default: false },
  },
})
const [variant = 'direct', K = '2', R = '2'] = positionals

/** True in all states, so that all are searched. */
const anything: Property = { id: 'anything', ...always({ name: 'anything', holds: () => true }) }
/** What goes wrong deep in the search: both hosts at their last place, and each wrong about the other with nothing left to try. */
const neverLost: Property = {
  id: 'never-lost',
  ...always({
    name: 'somebody is not lost',
    holds: (look) => {
      const hosts = [look(0), look(1)] as unknown as { addr: number; peer: number; tries: number; out: number }[]
      const lost = (h: number): boolean =>
        hosts[h]!.addr === Number(K) &&
        hosts[h]!.tries === 0 &&
        hosts[h]!.out > 0 &&
        hosts[h]!.peer < hosts[1 - h]!.addr
      return !(lost(0) && lost(1)) || 'both are lost'
    },
  }),
}

let stopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true
  })
const started = performance.now()
const verdicts = checkOnDisk(
  dj(variant as DjVariant, Number(K), Number(R)),
  values.violated ? [anything, neverLost] : [anything],
  {
    folder: values.folder!,
    about: { model: `${variant}(${K},${R})` },
    partitions: values.partitions === undefined ? null : Number(values.partitions),
    resume: values.resume,
  },
  { limits: { memory: Number(values.memory) * 2 ** 20 }, control: { ...wallClock, interrupted: () => stopped } },
)
const { states, transitions, depth } = verdicts[0]!.statistics
process.stdout.write(
  `${JSON.stringify({
    states,
    transitions,
    depth,
    verdicts: verdicts.map((verdict) => [
      verdict.kind,
      ...('trace' in verdict ? verdict.trace!.steps.map(({ text }) => text) : []),
    ]),
    seconds: Math.round(performance.now() - started) / 1000,
    mebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
)
