import { existsSync } from 'node:fs'
import { farmOn } from '../analysis/farm/bullmq.ts'
import type { CarryOut } from '../analysis/farm/farm.ts'
import { serverAt } from '../analysis/farm/server.ts'
import type { Progress } from '../checker/limits.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { engine, sourcesNow } from './kept.ts'
import { troubleTeller } from './on.ts'
import { wholeNumber } from './options.ts'
import { searchOne } from './searches.ts'
import { forgetFiles, interrupted, interruptible } from './threads.ts'

export const worker: Register = (program, end) => {
  program
    .command('worker')
    .summary("makes the searches of 'check --on', on any machine")
    .description(
      'Waits for searches at a server, and makes them until Ctrl-C or SIGTERM: what it has then begun goes to another worker. It needs the same version of this program, the same Node, and the same files of your own in the same places.',
    )
    .argument('<url>', 'redis://host:6379 or postgres://user@host/database')
    .option('--workers <n>', 'searches at a time', '1')
    .option(
      '--lease <seconds>',
      'a worker that is not heard of for so long has died, and its searches go to others',
      '30',
    )
    .addHelpText('after', '\nExample:\n  doublejump worker redis://localhost:6379 --workers 4')
    .action((url: string, flags: WorkerFlags) => end(workerCommand(url, flags)))
}

interface WorkerFlags {
  readonly workers: string
  readonly lease: string
}

const TELL_EVERY_MS = 2000

async function workerCommand(url: string, flags: WorkerFlags): Promise<number> {
  const workers = wholeNumber('--workers', flags.workers)
  const lease = wholeNumber('--lease', flags.lease)
  const server = serverAt(url)
  const farm = await farmOn(server, engine())
  let made = 0
  const carryOut: CarryOut = async (order, progress, until) => {
    const { job } = order.planned
    await mustBeTheSame(order.sources, job.file ?? job.protocol)
    let told = 0
    const place = order.together?.place ?? null
    if (place !== null && !existsSync(place.folder))
      throw new Error(`${place.folder} is not on the worker's machine: it has to be where all workers have it`)
    const tell = (name: string, { states }: Progress): void => {
      const now = performance.now()
      if (now - told < TELL_EVERY_MS) return
      told = now
      progress(`${name}, ${states} states`)
    }
    const done = await searchOne(order.planned, place, tell, until)
    // What a signal has ended is no answer.
    if (interrupted()) return 'given back'
    if (!until.aborted) made++
    return done
  }
  process.stderr.write(`Waiting for searches at ${server.told}; Ctrl-C ends it.\n`)
  await interruptible(
    (until) => farm.serve(carryOut, { workers, lease, onTrouble: troubleTeller() }, until),
    'what was begun goes to another worker',
  )
  await farm.close()
  process.stderr.write(`${made} ${made === 1 ? 'search' : 'searches'} made.\n`)
  return EXIT.asExpected
}

/** What was loaded of each name. */
const loaded = new Map<string, string>()

/** A verdict on other sources would be another's; what has changed since it was loaded is loaded anew. */
async function mustBeTheSame(wanted: readonly string[], name: string): Promise<void> {
  const here = String(await sourcesNow(name))
  const before = loaded.get(name)
  if (before !== undefined && before !== here) await forgetFiles()
  loaded.set(name, here)
  if (here !== String(wanted))
    throw new Error(`'${name}' is not the same on the worker's machine: bring it up to date there`)
}
