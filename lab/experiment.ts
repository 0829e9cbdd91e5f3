import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Network, Space } from './network.ts'

/** A run of real software, and the variant of a protocol that it should be a run of. */
export interface Experiment {
  readonly title: string
  readonly variant: string
  /** Commands, and Debian's packages of them. */
  readonly needs: Readonly<Record<string, string>>
  /** What the capture is of, as a filter of pcap. */
  readonly filter: string
  /** Everything between the beginning and the end of the capture. */
  readonly run: (stage: Stage) => Promise<void>
  /** What became of it, by what was seen. */
  readonly fateOf: (capture: string) => string
}

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

/** Runs an experiment in a network and gives back where the capture is. */
export async function perform(
  experiment: Experiment,
  network: Network,
  folder: string,
  tell: (words: string) => void,
): Promise<string> {
  const capture = join(folder, 'run.pcapng')
  const start = startIn(network, folder)
  const shark = start('router', 'tshark', ['-q', '-i', 'any', '-f', experiment.filter, '-w', capture], 'tshark')
  await pause(2000)
  await experiment.run({ network, folder, tell, start })
  const closed = new Promise((resolve) => shark.once('close', resolve))
  shark.kill('SIGINT')
  await Promise.race([closed, pause(5000)])
  return capture
}

/** Fields of each packet of a capture, by their names in tshark. */
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
