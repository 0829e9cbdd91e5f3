import { parseArgs } from 'node:util'
import { checkOnDisk } from '../checker/layers/check.ts'
import type { Look } from '../checker/model.ts'
import { always, type Property, reachable } from '../checker/property.ts'
import { type DjVariant, dj } from './dj.ts'

/**
 * The yardstick in layers on disk, as a process of its own: several on one folder share the search. Prints what it found, and the most memory it had, as JSON.
 * `node dist/bench/layers.js fixed 2 3 --folder f [--partitions n] [--memory MiB] [--tables bytes] [--resume]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    partitions: { type: 'string' },
    memory: { type: 'string', default: '4096' },
    tables: { type: 'string' },
    resume: { type: 'boolean', default: false },
  },
})
const [variant = 'direct', K = '2', R = '2'] = positionals

/** True in all states, so that all are searched. */
const anything: Property = { id: 'anything', ...always({ name: 'anything', holds: () => true }) }
interface Host {
  readonly addr: number
  readonly peer: number
  readonly out: number
  readonly tries: number
  readonly inbox: Readonly<Record<string, number>>
}
const hostsIn = (look: Look): Host[] => [look(0), look(1)] as unknown as Host[]
const lost: Property = {
  id: 'lost',
  ...always({
    name: 'somebody is not lost',
    holds: (look) =>
      hostsIn(look).some(({ addr, tries, out }) => addr < Number(K) || tries > 0 || out === 0) || 'both have given up',
  }),
}
const settled: Property = {
  id: 'settled',
  ...reachable({
    name: 'all is over',
    holds: (look) =>
      hostsIn(look).every(
        ({ addr, out, inbox }) => addr === Number(K) && out === 0 && Object.keys(inbox).length === 0,
      ) || 'something goes on',
  }),
}

const started = performance.now()
const verdicts = checkOnDisk(
  dj(variant as DjVariant, Number(K), Number(R)),
  [anything, lost, settled],
  {
    folder: values.folder!,
    about: { model: `${variant}(${K},${R})` },
    partitions: values.partitions === undefined ? null : Number(values.partitions),
    resume: values.resume,
    ...(values.tables === undefined
      ? {}
      : { sizes: { tables: Number(values.tables), block: 2 ** 10, files: 8, chunk: 2 ** 12 } }),
  },
  { limits: { memory: Number(values.memory) * 2 ** 20 } },
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
