import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ADDRESSES, type Network } from './network.ts'

/** Which hosts move, and the variant of `sip` that the run should be one of. */
export interface Experiment {
  readonly title: string
  readonly moves: readonly ('a' | 'b')[]
  readonly variant: string
}

export const experiments: Readonly<Record<string, Experiment>> = {
  'sip-direct': {
    title: 'two baresip user agents, no server; both move at once',
    moves: ['a', 'b'],
    variant: 'sip/direct',
  },
  'sip-direct-one-move': { title: 'two baresip user agents, no server; a moves', moves: ['a'], variant: 'sip/direct' },
}

/** Debian's packages. */
export const NEEDS = { baresip: 'baresip-core', tshark: 'tshark', ip: 'iproute2' } as const

/** baresip looks at its addresses once a minute; Timer B takes 32 s after that. */
const UNTIL_CALL = 8
const UNTIL_POLL = 62
const TIMER_B = 32
const MARGIN = 4

/** Runs an experiment in a network and gives back where the capture is. */
export async function runExperiment(
  { moves }: Experiment,
  network: Network,
  folder: string,
  tell: (words: string) => void,
): Promise<string> {
  const capture = join(folder, 'run.pcapng')
  const inSpace = (name: 'a' | 'b' | 'router', command: string, args: string[], log: string): ChildProcess => {
    const child = spawn('ip', ['netns', 'exec', network.space(name), command, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const text: string[] = []
    child.stdout!.on('data', (data) => text.push(String(data)))
    child.stderr!.on('data', (data) => text.push(String(data)))
    child.on('close', () => writeFileSync(join(folder, `${log}.log`), text.join('')))
    return child
  }
  const shark = inSpace('router', 'tshark', ['-q', '-i', 'any', '-f', 'udp port 5060', '-w', capture], 'tshark')
  await pause(2000)
  inSpace('b', 'baresip', ['-f', configFor('b', folder)], 'b')
  await pause(500)
  inSpace('a', 'baresip', ['-f', configFor('a', folder), '-e', `/dial sip:b@${ADDRESSES.b[0]}`], 'a')
  tell(`a calls b, and has ${UNTIL_CALL} s for it.`)
  await pause(UNTIL_CALL * 1000)
  for (const host of moves) network.move(host)
  const rest = UNTIL_POLL - UNTIL_CALL + TIMER_B + MARGIN
  tell(`${moves.join(' and ')} moved; now ${rest} s, in which baresip finds out and Timer B runs.`)
  await pause(rest * 1000)
  const closed = new Promise((resolve) => shark.once('close', resolve))
  shark.kill('SIGINT')
  await Promise.race([closed, pause(5000)])
  return capture
}

function configFor(host: 'a' | 'b', folder: string): string {
  const path = join(folder, `baresip-${host}`)
  mkdirSync(path, { recursive: true })
  const modules = ['stdio', 'g711', 'aubridge', 'uuid'].map((name) => `module ${name}.so\n`).join('')
  const apps = ['account', 'menu'].map((name) => `module_app ${name}.so\n`).join('')
  writeFileSync(
    join(path, 'config'),
    `sip_listen 0.0.0.0:5060\naudio_source aubridge,in\naudio_player aubridge,out\naudio_alert aubridge,alert\nmodule_path /usr/lib/baresip/modules\n${modules}${apps}`,
  )
  writeFileSync(join(path, 'accounts'), `<sip:${host}@${ADDRESSES[host][0]}>;regint=0;answermode=auto\n`)
  writeFileSync(join(path, 'contacts'), '')
  return path
}
