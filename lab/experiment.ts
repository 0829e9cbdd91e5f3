import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Course, follow, type Powers } from './course.ts'
import type { Network, Space } from './network.ts'

/** A run of real software, and the variant of a protocol that it should be a run of. */
export interface Experiment {
  readonly title: string
  readonly variant: string
  /** Commands, and Debian's packages of them. */
  readonly needs: Readonly<Record<string, string>>
  /** What the capture is of, as a filter of pcap. */
  readonly filter: string
  /** What the hosts do. */
  readonly course: Course
  /** Starts the software; gives back how hosts do what they do, once there is a session. */
  readonly begin: (stage: Stage) => Promise<Powers>
  /** Seconds after the last act until the question is settled, at most. */
  readonly atMost: number
  /**
   * Whether the question is settled by what was seen since the last act (seconds since 1970), so that nothing more need be waited for; never, if it does not
   * say.
   */
  readonly isSettled?: (capture: string, course: Course, since: number) => boolean
  /** Makes of the capture what can be read (with keys, for example), and gives back where that is. */
  readonly finish?: (capture: string) => string
  /** What became of it, by what was seen. */
  readonly fateOf: (capture: string) => string
}

/** Experiments by name, each made of what is said of it. */
export const named = <T>(all: Readonly<Record<string, T>>, make: (one: T) => Experiment): Record<string, Experiment> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one)]))

/** Where an experiment takes place. */
export interface Stage {
  readonly network: Network
  readonly folder: string
  readonly tell: (words: string) => void
  /** Starts a program in a namespace; what it says is kept in the folder, as `log`. */
  readonly start: (space: Space, command: string, args: readonly string[], log: string) => ChildProcess
}

/** Starts programs in namespaces of a network, and keeps what they say. */
export function startIn(network: Network, folder: string): Stage['start'] {
  return (space, command, args, log) => {
    const child = spawn('ip', ['netns', 'exec', network.space(space), command, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const text: string[] = []
    child.stdout.on('data', (data) => text.push(String(data)))
    child.stderr.on('data', (data) => text.push(String(data)))
    child.on('close', () => writeFileSync(join(folder, `${log}.log`), text.join('')))
    return child
  }
}

/** When an experiment ends: once its question is settled, or never before its time is over. */
export type Until = 'settled' | 'end'

/** Seconds between two looks at what was seen. */
const LOOK_EVERY = 3

/** Runs an experiment in a network and gives back where the capture is. */
export async function perform(
  experiment: Experiment,
  { network, folder, tell }: Omit<Stage, 'start'>,
  until: Until,
): Promise<string> {
  const { course, filter, isSettled, atMost } = experiment
  const capture = join(folder, 'run.pcapng')
  const start = startIn(network, folder)
  const shark = start('router', 'tshark', ['-q', '-i', 'any', '-f', filter, '-w', capture], 'tshark')
  await writes(capture)
  const powers = await experiment.begin({ network, folder, tell, start })
  await follow(course, { network, powers, tell })
  tell(`Now ${until === 'settled' ? 'at most ' : ''}${atMost} s, in which it is settled what becomes of it.`)
  const since = Date.now() / 1000
  const end = Date.now() + atMost * 1000
  while (Date.now() < end) {
    await pause(Math.min(LOOK_EVERY * 1000, end - Date.now()))
    if (until === 'settled' && isSettled?.(capture, course, since) === true) break
  }
  // What is under way comes to its end.
  await pause(Math.min(LOOK_EVERY * 1000, Math.max(0, end - Date.now())))
  const closed = new Promise((resolve) => shark.once('close', resolve))
  shark.kill('SIGINT')
  await Promise.race([closed, pause(5000)])
  return experiment.finish?.(capture) ?? capture
}

/** Waits until a capture has begun: its file has a header then. */
async function writes(capture: string): Promise<void> {
  const end = Date.now() + 20_000
  while (!existsSync(capture) || statSync(capture).size === 0) {
    if (Date.now() > end) throw new Error(`tshark writes no '${capture}'. Is it allowed to capture?`)
    await pause(100)
  }
  await pause(500)
}

/** Fields of each packet of a capture, by their names in tshark; it may still be written. */
export function fieldsIn(capture: string, fields: readonly string[], options: readonly string[] = []): string[][] {
  const { stdout } = spawnSync(
    'tshark',
    ['-r', capture, ...options, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    { encoding: 'utf8' },
  )
  return stdout
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
}
