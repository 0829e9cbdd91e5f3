import { parseArgs } from 'node:util'
import { check } from '../checker/check.ts'
import { checkWithCheckpoints } from '../checker/checkpoint.ts'
import { checkOnDisk } from '../checker/layers/check.ts'
import type { Look } from '../checker/model.ts'
import { always, eventually, type Property } from '../checker/property.ts'
import { type DjVariant, dj, type Host } from './dj.ts'

/**
 * The yardstick, kept, as a process of its own: in layers on disk, which several on one folder share, or in memory with checkpoints. Prints what it found, with seconds, those of the processor, and the
 * most memory it had, as JSON.
 * `node dist/bench/kept.js fixed 2 3 --folder f [--partitions n] [--memory MiB] [--tables bytes] [--resume]`, or `--file f [--every seconds] [--resume]`, or neither
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    file: { type: 'string' },
    every: { type: 'string', default: '60' },
    partitions: { type: 'string' },
    memory: { type: 'string', default: '4096' },
    tables: { type: 'string' },
    resume: { type: 'boolean', default: false },
  },
})
const [variant = 'direct', K = '2', R = '2'] = positionals

/** True in all states, so that all are searched. */
const anything: Property = { id: 'anything', ...always({ name: 'anything', holds: () => true }) }
const hostsIn = (look: Look): Host[] => [look(0), look(1)] as unknown as Host[]
const lost: Property = {
  id: 'lost',
  ...always({
    name: 'somebody is not lost',
    holds: (look) =>
      hostsIn(look).some(({ addr, tries, out }) => addr < Number(K) || tries > 0 || out === 0) || 'both have given up',
  }),
}
const settled = {
  id: 'settled',
  kind: 'reachable' as const,
  some: {
    name: 'all is over',
    holds: (look: Look) =>
      hostsIn(look).every(
        ({ addr, out, inbox }) => addr === Number(K) && out === 0 && Object.keys(inbox).length === 0,
      ) || 'something goes on',
  },
}

/** Of whole runs: only in memory. */
const overAtLast: Property = { ...eventually(settled.some), id: 'over-at-last' }

const started = performance.now()
const model = dj(variant as DjVariant, Number(K), Number(R))
const about = { model: `${variant}(${K},${R})` }
const { folder, file, resume } = values
const options = { limits: { memory: Number(values.memory) * 2 ** 20 } }
const verdicts =
  folder !== undefined
    ? checkOnDisk(
        model,
        [anything, lost, settled],
        {
          ...{ folder, about, resume },
          partitions: values.partitions === undefined ? null : Number(values.partitions),
          ...(values.tables === undefined
            ? {}
            : { sizes: { tables: Number(values.tables), block: 2 ** 10, files: 8, chunk: 2 ** 12 } }),
        },
        options,
      )
    : file !== undefined
      ? checkWithCheckpoints(
          model,
          [anything, lost, settled, overAtLast],
          { file, about, resume, every: Number(values.every) },
          options,
        )
      : check(model, [anything, lost, settled], options)
const { states, transitions, depth } = verdicts[0]!.statistics
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
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
    ofProcessor: Math.round((userCPUTime + systemCPUTime) / 1e4) / 100,
    mebibytes: Math.round(maxRSS / 1024),
  })}\n`,
)
