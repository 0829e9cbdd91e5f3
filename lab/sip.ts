import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { kamailioConfig, type Routing, SERVER } from './kamailio.ts'
import { ADDRESSES, type Network } from './network.ts'

/** Which hosts move, and the variant of `sip` that the run should be one of. */
export interface Experiment {
  readonly title: string
  readonly moves: readonly ('a' | 'b')[]
  readonly variant: string
  /** Kamailio on the router, as registrar and proxy; none: the hosts talk to each other. */
  readonly server?: Routing
}

export const experiments: Readonly<Record<string, Experiment>> = {
  'sip-direct': {
    title: 'two baresip user agents, no server; both move at once',
    moves: ['a', 'b'],
    variant: 'sip/direct',
  },
  'sip-direct-one-move': { title: 'two baresip user agents, no server; a moves', moves: ['a'], variant: 'sip/direct' },
  'sip-loose-route': {
    title: 'baresip by way of Kamailio, which routes as RFC 3261 says; both move',
    moves: ['a', 'b'],
    variant: 'sip/home-proxy-rfc',
    server: 'loose-route',
  },
  'sip-look-up': {
    title: 'baresip by way of Kamailio, which looks up who is re-INVITEd; both move',
    moves: ['a', 'b'],
    variant: 'sip/home-proxy-relookup',
    server: 'look-up',
  },
  'sip-resend': {
    title: 'the same, and a pending re-INVITE is sent again when the callee registers',
    moves: ['a', 'b'],
    variant: 'sip/resend-add-branch',
    server: 'look-up and resend',
  },
}

/** What an experiment needs: commands, and Debian's packages of them. */
export const needsOf = ({ server }: Experiment): Readonly<Record<string, string>> => ({
  baresip: 'baresip-core',
  tshark: 'tshark',
  ip: 'iproute2',
  ...(server === undefined ? {} : { kamailio: 'kamailio' }),
})

/** baresip looks at its addresses once a minute; Timer B takes 32 s after that. */
const UNTIL_CALL = 8
const UNTIL_POLL = 62
const TIMER_B = 32
const MARGIN = 4

/** Runs an experiment in a network and gives back where the capture is. */
export async function runExperiment(
  { moves, server }: Experiment,
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
  if (server !== undefined) {
    const runtime = ['-w', folder, '-Y', folder, '-P', join(folder, 'kamailio.pid')]
    inSpace('router', 'kamailio', ['-DD', '-f', kamailioConfig(server, folder), ...runtime], 'kamailio')
    await pause(1500)
  }
  inSpace('b', 'baresip', ['-f', configFor('b', server, folder)], 'b')
  // With a server, b finds out first, and a while the re-INVITE of b is on its way.
  const apart = server === undefined ? 500 : 3000
  await pause(apart)
  const callee = `sip:b@${server === undefined ? ADDRESSES.b[0] : SERVER}`
  inSpace('a', 'baresip', ['-f', configFor('a', server, folder), '-e', `/dial ${callee}`], 'a')
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

function configFor(host: 'a' | 'b', server: Routing | undefined, folder: string): string {
  const path = join(folder, `baresip-${host}`)
  mkdirSync(path, { recursive: true })
  const modules = ['stdio', 'g711', 'aubridge', 'uuid'].map((name) => `module ${name}.so\n`).join('')
  const apps = ['account', 'menu'].map((name) => `module_app ${name}.so\n`).join('')
  writeFileSync(
    join(path, 'config'),
    `sip_listen 0.0.0.0:5060\naudio_source aubridge,in\naudio_player aubridge,out\naudio_alert aubridge,alert\nmodule_path /usr/lib/baresip/modules\n${modules}${apps}`,
  )
  const account =
    server === undefined
      ? `<sip:${host}@${ADDRESSES[host][0]}>;regint=0`
      : `<sip:${host}@${SERVER}>;outbound="sip:${SERVER};transport=udp";regint=600;auth_pass=none`
  writeFileSync(join(path, 'accounts'), `${account};answermode=auto\n`)
  writeFileSync(join(path, 'contacts'), '')
  return path
}
