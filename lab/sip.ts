import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Experiment, fieldsIn, type Stage } from './experiment.ts'
import { kamailioConfig, type Routing, SERVER } from './kamailio.ts'
import { ADDRESSES } from './network.ts'

/** Which hosts move, and the variant of `sip` that the run should be one of. */
interface Call {
  readonly title: string
  readonly moves: readonly ('a' | 'b')[]
  readonly variant: string
  /** Kamailio on the router, as registrar and proxy; none: the hosts talk to each other. */
  readonly server?: Routing
}

const calls: Readonly<Record<string, Call>> = {
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
  'sip-replace': {
    title: 'the same, and the new branch takes the place of the one that is pending',
    moves: ['a', 'b'],
    variant: 'sip/resend-replace-branch',
    server: 'look-up and replace',
  },
}

/** baresip looks at its addresses once a minute; Timer B takes 32 s after that. */
const UNTIL_CALL = 8
const UNTIL_POLL = 62
const TIMER_B = 32
const MARGIN = 4

/** Calls of real user agents, by name. */
export const sipExperiments: Readonly<Record<string, Experiment>> = Object.fromEntries(
  Object.entries(calls).map(([name, call]): [string, Experiment] => [
    name,
    {
      title: call.title,
      variant: call.variant,
      needs: {
        baresip: 'baresip-core',
        tshark: 'tshark',
        ip: 'iproute2',
        ...(call.server === undefined ? {} : { kamailio: 'kamailio' }),
      },
      filter: 'udp port 5060',
      run: (stage) => run(call, stage),
      fateOf,
    },
  ]),
)

async function run({ moves, server }: Call, { network, folder, tell, start }: Stage): Promise<void> {
  if (server !== undefined) {
    const runtime = ['-w', folder, '-Y', folder, '-P', join(folder, 'kamailio.pid')]
    start('router', 'kamailio', ['-DD', '-f', kamailioConfig(server, folder), ...runtime], 'kamailio')
    await pause(1500)
  }
  start('b', 'baresip', ['-f', configFor('b', server, folder)], 'b')
  // With a server, b finds out first, and a while the re-INVITE of b is on its way.
  const apart = server === undefined ? 500 : 3000
  await pause(apart)
  const callee = `sip:b@${server === undefined ? ADDRESSES.b[0] : SERVER}`
  start('a', 'baresip', ['-f', configFor('a', server, folder), '-e', `/dial ${callee}`], 'a')
  tell(`a calls b, and has ${UNTIL_CALL} s for it.`)
  await pause(UNTIL_CALL * 1000)
  for (const host of moves) network.move(host)
  const rest = UNTIL_POLL - UNTIL_CALL + TIMER_B + MARGIN
  tell(`${moves.join(' and ')} moved; now ${rest} s, in which baresip finds out and Timer B runs.`)
  await pause(rest * 1000)
}

/** A folder with the configuration of a baresip that answers by itself. */
export function configFor(host: 'a' | 'b', server: Routing | undefined, folder: string): string {
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

/** What became of the call, by what was seen. */
function fateOf(capture: string): string {
  const seen = fieldsIn(capture, ['frame.time_relative', 'sip.Method'])
  const established = seen.findIndex(([, method]) => method === 'ACK')
  // What comes within a second of the first ACK belongs to the set-up, seen on both sides of the router.
  const set = Number(seen[established]?.[0] ?? 0) + 1
  const later = seen.filter(([time]) => Number(time) > set)
  const first = later.find(([, method]) => method === 'INVITE')
  const bye = later.find(([, method]) => method === 'BYE')
  if (first === undefined) return 'Nobody said where they moved'
  if (bye === undefined) return 'The call survived'
  return `The call was lost ${(Number(bye[0]) - Number(first[0])).toFixed(1)} s after the first re-INVITE`
}
