import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bytesOf, namesIn, readRecord } from '../checker/layers/disk/files.ts'

/**
 * One search in layers on disk, by so many processes at one folder, after one another: equal counts, depth and runs are asserted, and seconds, bytes and memory printed as a table. With
 * `--kill 4` that by four is made once more, and one of them is killed while it is at a step. With `--in-memory` it is made in memory, too, by one process.
 * `node dist/bench/layers.js fixed 2 3 [--processes 1,2,4] [--partitions n] [--memory MiB of all together] [--folder where] [--seconds of all together] [--kill 2,4] [--in-memory]`
 *
 * What is over the limit is ended, and said with how far it came; the exit code is then 16, and 1 where two searches differ. Folders are taken away again.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    processes: { type: 'string', default: '1,2,4' },
    partitions: { type: 'string' },
    memory: { type: 'string', default: '4096' },
    folder: { type: 'string', default: tmpdir() },
    seconds: { type: 'string', default: '3600' },
    kill: { type: 'string', default: '' },
    'in-memory': { type: 'boolean', default: false },
  },
})
const [variant = 'fixed', K = '2', R = '2'] = positionals
const listOf = (option: string, text: string) => text.split(',').map((one) => number(option, one))
const counts = listOf('processes', values.processes)
const killed = values.kill === '' ? [] : listOf('kill', values.kill)
if (killed.includes(1)) {
  process.stderr.write('--kill 1 would leave nobody.\n')
  process.exit(10)
}
const partitions = number('partitions', values.partitions ?? String(Math.max(4, ...counts)))
const memory = number('memory', values.memory)
const started = performance.now()
const end = started + number('seconds', values.seconds) * 1000

function number(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  process.stderr.write(`--${option} is ${text}; it is a whole number from 1 on.\n`)
  process.exit(10)
}

/** What a process prints (kept.ts). */
interface Found {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly verdicts: readonly (readonly string[])[]
  readonly ofProcessor: number
  readonly mebibytes: number
}

interface Row {
  readonly how: string
  readonly processes: number
  readonly seconds: number
  readonly found: readonly Found[]
  /** Bytes in the folder: the most that there were, and those at the end. */
  readonly most: number
  readonly left: number
}

interface Worker {
  readonly child: ChildProcess
  out: string
  /** Null while it is there. */
  ended: string | null
}

const script = fileURLToPath(new URL('./kept.js', import.meta.url))
const workers = new Set<Worker>()
let place: string | null = null

function begin(args: readonly string[]): Worker {
  const child = spawn(process.execPath, [script, variant, K, R, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const worker: Worker = { child, out: '', ended: null }
  workers.add(worker)
  child.stdout!.on('data', (text) => {
    worker.out += text
  })
  child.on('close', (code, signal) => {
    worker.ended = signal ?? String(code)
    workers.delete(worker)
  })
  return worker
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Ends what was begun, and takes the folder away. */
async function cleanUp(): Promise<void> {
  for (const { child } of workers) child.kill('SIGKILL')
  for (const worker of workers) while (worker.ended === null) await wait(10)
  if (place !== null) rmSync(dirname(place), { recursive: true, force: true })
  place = null
}

async function giveUp(why: string, code: number): Promise<never> {
  const far = place === null ? '' : `; the search in hand was at layer ${namesIn(layers(place)).length - 1}`
  process.stdout.write(`\n${why}${far}.\n`)
  await cleanUp()
  process.exit(code)
}

const layers = (folder: string) => join(folder, 'layers')
const gibibytes = (bytes: number) => (bytes / 2 ** 30).toFixed(2)

/** Files come and go meanwhile. */
function sizeOf(folder: string): number | null {
  try {
    return bytesOf(folder)
  } catch {
    return null
  }
}

/** The step that a process is at; null where it is at none. */
function stepOf(folder: string, pid: number): string | null {
  const claims = join(folder, 'claims')
  for (const name of namesIn(claims)) {
    if (name.endsWith('.tmp')) continue
    try {
      if (readRecord<{ pid: number }>(join(claims, name))?.pid === pid) return name
    } catch {
      // It was taken away while it was read.
    }
  }
  return null
}

/** @param killAfter seconds after which the last process is killed, at the next moment when it is at a step; null for never */
async function onDisk(processes: number, killAfter: number | null): Promise<Row> {
  const folder = join(mkdtempSync(join(values.folder, 'layers-')), 'search')
  place = folder
  const args = ['--folder', folder, '--partitions', String(partitions), '--memory', String(memory / processes)]
  const began = performance.now()
  const mine = Array.from({ length: processes }, () => begin(args))
  const victim = killAfter === null ? null : mine.at(-1)!
  let [most, told, killedAt] = [0, began, null as string | null]
  while (mine.some(({ ended }) => ended === null)) {
    await wait(killedAt === null && victim !== null ? 20 : 200)
    const now = performance.now()
    if (now > end) return giveUp(`Not over after ${values.seconds} s in all: ${processes} processes`, 16)
    most = Math.max(most, sizeOf(folder) ?? 0)
    const { bavail, bsize } = statfsSync(values.folder)
    if (bavail * bsize < LEAST_ROOM) return giveUp(`The disk of ${values.folder} is full`, 16)
    if (victim !== null && killedAt === null && now - began > killAfter! * 1000) {
      killedAt = stepOf(folder, victim.child.pid!)
      if (killedAt !== null) victim.child.kill('SIGKILL')
    }
    if (now - told < BETWEEN_SIGNS_MS) continue
    told = now
    process.stderr.write(
      `${processes} processes, ${Math.round((now - began) / 1000)} s: layer ${namesIn(layers(folder)).length - 1}, ${gibibytes(most)} GiB\n`,
    )
  }
  const seconds = (performance.now() - began) / 1000
  const wrong = mine.find((worker) => worker !== victim && worker.ended !== '0')
  if (wrong !== undefined) return giveUp(`A process ended with ${wrong.ended}`, 1)
  if (victim !== null && (killedAt === null || victim.ended !== 'SIGKILL'))
    return giveUp('It was over before one could be killed', 1)
  const left = sizeOf(folder)!
  await cleanUp()
  return {
    how: killedAt === null ? 'on disk' : `on disk, one killed in ${killedAt}`,
    ...{ processes, seconds, most, left },
    found: mine.filter((worker) => worker !== victim).map(({ out }) => JSON.parse(out)),
  }
}

async function inMemory(): Promise<Row> {
  const began = performance.now()
  const worker = begin(['--memory', String(memory)])
  while (worker.ended === null) {
    await wait(200)
    if (performance.now() > end) return giveUp(`Not over after ${values.seconds} s in all: in memory`, 16)
  }
  if (worker.ended !== '0') return giveUp(`The process ended with ${worker.ended}`, 1)
  const seconds = (performance.now() - began) / 1000
  return { how: 'in memory', processes: 1, seconds, found: [JSON.parse(worker.out)], most: 0, left: 0 }
}

/** All that has to be the same, whoever found it. */
const told = ({ states, transitions, depth, verdicts }: Found) =>
  JSON.stringify({ states, transitions, depth, verdicts })

/** In memory another of the shortest runs may be told. */
const lengths = ({ states, transitions, depth, verdicts }: Found) =>
  JSON.stringify({ states, transitions, depth, verdicts: verdicts.map(([kind, ...run]) => [kind, run.length]) })

const LEAST_ROOM = 2 ** 30
const BETWEEN_SIGNS_MS = 10_000

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void giveUp('Interrupted', 16))

let first: Found | null = null
let firstOnDisk: Found | null = null
function print({ how, processes, seconds, found, most, left }: Row): void {
  const { states } = found[0]!
  const sum = (of: (one: Found) => number) => found.reduce((all, one) => all + of(one), 0)
  const cells = [
    how,
    processes,
    seconds.toFixed(1),
    sum((one) => one.ofProcessor).toFixed(1),
    Math.round(states / seconds / 1000),
    ...(most === 0 ? ['', ''] : [gibibytes(most), gibibytes(left)]),
    Math.max(...found.map((one) => one.mebibytes)),
    sum((one) => one.mebibytes),
  ]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

async function same({ how, processes, found }: Row): Promise<void> {
  for (const one of found) {
    const isOnDisk = how !== 'in memory'
    first ??= one
    if (isOnDisk) firstOnDisk ??= one
    if (lengths(one) !== lengths(first))
      await giveUp(`${how}, ${processes}: ${told(one)}, and before ${told(first)}`, 1)
    if (isOnDisk && told(one) !== told(firstOnDisk!))
      await giveUp(`${how}, ${processes}: ${told(one)}, and before ${told(firstOnDisk!)}`, 1)
  }
}

process.stdout.write(`${variant}(${K},${R}), ${partitions} parts, ${memory} MiB for all processes together\n\n`)
process.stdout.write(
  '| how | processes | seconds | of the processors | thousand states a second | GiB on disk, at most | in the end | MiB of the largest process | of all |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n',
)
async function measured(row: Row): Promise<Row> {
  print(row)
  if (row.found.some(({ verdicts }) => verdicts.some(([kind]) => kind === 'incomplete')))
    await giveUp(`It needs more memory than ${memory} MiB`, 16)
  await same(row)
  return row
}
try {
  if (values['in-memory']) await measured(await inMemory())
  for (const count of counts) {
    const { seconds } = await measured(await onDisk(count, null))
    if (killed.includes(count)) await measured(await onDisk(count, seconds / 2))
  }
  process.stdout.write(`\nEqual: ${lengths(first!)}\n`)
} finally {
  await cleanUp()
}
