import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ENDS } from '../spec/roaming.ts'
import { bothMove, type Course, hangsUp, lastStops, moves, type Powers } from './course.ts'
import { type Experiment, fieldsIn, named, type Stage } from './experiment.ts'
import { kamailioConfig, type Routing, SERVER } from './kamailio.ts'
import { ADDRESSES } from './network.ts'

/** A call, and what happens during it. */
export interface Call {
  readonly title: string
  /** The variant of `sip` that the run should be one of. */
  readonly variant: string
  readonly course: Course
  /** Kamailio on the router, as registrar and proxy; none: the hosts talk to each other. */
  readonly server?: Routing
  /** Of which addresses Kamailio refuses registrations. */
  readonly refuses?: readonly string[]
}

/** baresip 1.0 looks at its addresses once a minute, from when it was started; Timer B takes 32 s after that. */
export const UNTIL_POLL = 60
const TIMER_B = 32
const MARGIN = 6

const calls: Readonly<Record<string, Call>> = {
  'sip-direct': {
    title: 'two baresip user agents, no server; both move at once',
    variant: 'sip/direct',
    course: bothMove(8),
  },
  'sip-direct-one-move': {
    title: 'two baresip user agents, no server; a moves',
    variant: 'sip/direct',
    course: [moves(8, 'a')],
  },
  'sip-direct-callee-moves': {
    title: 'two baresip user agents, no server; b, who was called, moves, and a hangs up a while later',
    variant: 'sip/direct',
    course: [moves(50, 'b'), hangsUp(75, 'a')],
  },
  'sip-direct-returns': {
    title: 'two baresip user agents, no server; both move, and b is back 10 s after it was noticed',
    variant: 'sip/direct',
    course: [...bothMove(50), moves(70, 'b', 0)],
  },
  'sip-direct-caller-returns': {
    title: 'two baresip user agents, no server; a moves and is back before it was noticed; then b hangs up',
    variant: 'sip/direct',
    course: [moves(45, 'a'), moves(55, 'a', 0), hangsUp(70, 'b')],
  },
  'sip-direct-quick-second-move': {
    title:
      'two baresip user agents, no server; both move, and a moves on to a third network while its re-INVITE is pending',
    variant: 'sip/direct',
    course: [...bothMove(50), moves(66, 'a', 2)],
  },
  'sip-direct-three-networks': {
    title: 'two baresip user agents, no server; a moves, and on to a third network a minute later',
    variant: 'sip/direct',
    course: [moves(50, 'a'), moves(70, 'a', 2), hangsUp(130, 'b')],
  },
  'sip-direct-mover-hangs-up': {
    title: 'two baresip user agents, no server; b moves and hangs up before it has noticed',
    variant: 'sip/direct',
    course: [moves(40, 'b'), hangsUp(44, 'b')],
  },
  'sip-direct-other-hangs-up': {
    title: 'two baresip user agents, no server; b moves, and a hangs up before anybody has noticed',
    variant: 'sip/direct',
    course: [moves(40, 'b'), hangsUp(44, 'a')],
  },
  'sip-direct-hangs-up-pending': {
    title: 'two baresip user agents, no server; both move, and a hangs up while its re-INVITE is pending',
    variant: 'sip/direct',
    course: [...bothMove(50), hangsUp(68, 'a')],
  },
  'sip-loose-route': {
    title: 'baresip by way of Kamailio, which routes as RFC 3261 says; both move',
    variant: 'sip/home-proxy-rfc',
    course: bothMove(8),
    server: 'loose-route',
  },
  'sip-look-up': {
    title: 'baresip by way of Kamailio, which looks up who is re-INVITEd; both move',
    variant: 'sip/home-proxy-relookup',
    course: bothMove(8),
    server: 'look-up',
  },
  'sip-resend': {
    title: 'the same, and a pending re-INVITE is sent again when the callee registers',
    variant: 'sip/resend-add-branch',
    course: bothMove(8),
    server: 'look-up and resend',
  },
  'sip-replace': {
    title: 'the same, and the new branch takes the place of the one that is pending',
    variant: 'sip/resend-replace-branch',
    course: bothMove(8),
    server: 'look-up and replace',
  },
  'sip-loose-route-callee-moves': {
    title: 'baresip by way of Kamailio, which routes as RFC 3261 says; b moves, and a hangs up a while later',
    variant: 'sip/home-proxy-rfc',
    course: [moves(50, 'b'), hangsUp(75, 'a')],
    server: 'loose-route',
  },
  'sip-loose-route-returns': {
    title: 'baresip by way of Kamailio, which routes as RFC 3261 says; both move, and a is back after 10 s',
    variant: 'sip/home-proxy-rfc',
    course: [...bothMove(56), moves(66, 'a', 0), hangsUp(100, 'b')],
    server: 'loose-route',
  },
  'sip-look-up-caller-moves': {
    title: 'baresip by way of Kamailio, which looks up who is re-INVITEd; a moves, and b hangs up a while later',
    variant: 'sip/home-proxy-relookup',
    course: [moves(50, 'a'), hangsUp(80, 'b')],
    server: 'look-up',
  },
  'sip-look-up-three-networks': {
    title: 'baresip by way of Kamailio, which looks up who is re-INVITEd; a moves, and on to a third network',
    variant: 'sip/home-proxy-relookup',
    course: [moves(50, 'a'), moves(75, 'a', 2), hangsUp(140, 'a')],
    server: 'look-up',
  },
  'sip-look-up-refused': {
    title:
      'baresip by way of Kamailio, which looks up who is re-INVITEd and refuses to register b where it goes; b moves',
    variant: 'sip/home-proxy-relookup',
    course: [moves(50, 'b'), hangsUp(80, 'a')],
    server: 'look-up',
    refuses: [ADDRESSES.b[1]],
  },
  'sip-look-up-both-refused': {
    title: 'the same, where both go; both move',
    variant: 'sip/home-proxy-relookup',
    course: bothMove(50),
    server: 'look-up',
    refuses: [ADDRESSES.a[1], ADDRESSES.b[1]],
  },
  'sip-resend-hangs-up': {
    title: 'a pending re-INVITE is sent again when the callee registers; both move, and a hangs up while they meet',
    variant: 'sip/resend-add-branch',
    course: [...bothMove(50), hangsUp(75, 'a')],
    server: 'look-up and resend',
  },
}

/** A call of real user agents. */
export function callExperiment(call: Call): Experiment {
  return {
    title: call.title,
    variant: call.variant,
    needs: {
      baresip: 'baresip-core',
      tshark: 'tshark',
      ip: 'iproute2',
      ...(call.server === undefined ? {} : { kamailio: 'kamailio' }),
    },
    filter: 'udp port 5060',
    course: call.course,
    begin: (stage) => begin(call, stage),
    atMost: atMostOf(call),
    isSettled,
    fateOf: (capture) => fateOf(capture, call.course),
  }
}

/** Calls of real user agents, by name. */
export const sipExperiments: Readonly<Record<string, Experiment>> = named(calls, callExperiment)

/** Until the next look at its addresses, and what may follow. */
function atMostOf({ course }: Call): number {
  const last = Math.max(...course.flatMap((act) => (act.does === 'moves' ? [act.at] : [])))
  const noticed = UNTIL_POLL * Math.ceil((last + MARGIN) / UNTIL_POLL)
  return Math.max(TIMER_B + MARGIN, noticed + TIMER_B + MARGIN - course.at(-1)!.at)
}

async function begin({ server, refuses = [] }: Call, { folder, tell, start }: Stage): Promise<Powers> {
  if (server !== undefined) {
    const runtime = ['-w', folder, '-Y', folder, '-P', join(folder, 'kamailio.pid')]
    start('router', 'kamailio', ['-DD', '-f', kamailioConfig(server, folder, refuses), ...runtime], 'kamailio')
    await pause(1500)
  }
  const b = start('b', 'baresip', ['-f', configFor('b', server, folder)], 'b')
  // With a server, b finds out first, and a while the re-INVITE of b is on its way.
  const apart = server === undefined ? 500 : 3000
  await pause(apart)
  const callee = `sip:b@${server === undefined ? ADDRESSES.b[0] : SERVER}`
  const a = start('a', 'baresip', ['-f', configFor('a', server, folder), '-e', `/dial ${callee}`], 'a')
  tell('a calls b.')
  return { 'hangs up': (host) => (host === 'a' ? a : b).stdin!.write('/hangup\n') }
}

/** A folder with the configuration of a baresip that answers by itself. */
export function configFor(host: 'a' | 'b', server: Routing | undefined, folder: string): string {
  const path = join(folder, `baresip-${host}`)
  mkdirSync(path, { recursive: true })
  const { modulesAt, notices } = installed()
  const modules = ['stdio', 'g711', 'aubridge', 'uuid'].map((name) => `module ${name}.so\n`).join('')
  const apps = ['account', 'menu', ...(notices ? ['netroam'] : [])].map((name) => `module_app ${name}.so\n`).join('')
  writeFileSync(
    join(path, 'config'),
    `sip_listen 0.0.0.0:5060\naudio_source aubridge,in\naudio_player aubridge,out\naudio_alert aubridge,alert\nmodule_path ${modulesAt}\n${modules}${apps}`,
  )
  const account =
    server === undefined
      ? `<sip:${host}@${ADDRESSES[host][0]}>;regint=0`
      : `<sip:${host}@${SERVER}>;outbound="sip:${SERVER};transport=udp";regint=600;auth_pass=none`
  writeFileSync(join(path, 'accounts'), `${account};answermode=auto\n`)
  writeFileSync(join(path, 'contacts'), '')
  return path
}

/** Where baresip has its modules, and whether there is one that notices moves at once, as there is from 2.0 on. */
function installed(): { modulesAt: string; notices: boolean } {
  const program = spawnSync('which', ['baresip'], { encoding: 'utf8' }).stdout.trim()
  const modulesAt = join(dirname(dirname(realpathSync(program))), 'lib/baresip/modules')
  return { modulesAt, notices: existsSync(join(modulesAt, 'netroam.so')) }
}

/** Whether the call has ended, with an answer to a BYE; or who was last to move has said so and was answered. */
function isSettled(capture: string, course: Course, since: number): boolean {
  const rows = fieldsIn(
    capture,
    ['sip.Method', 'sip.CSeq.method', 'sip.Status-Code', 'ip.src'],
    ['-Y', `sip and frame.time_epoch > ${since}`],
  )
  if (rows.some(([, method, status]) => method === 'BYE' && Number(status) >= 200)) return true
  if (course.some(({ does }) => does === 'hangs up')) return false
  const last = lastStops(course)
  const movers = ENDS.filter((end) => course.some((act) => act.does === 'moves' && act.host === end))
  return movers.every((end) => {
    const told = rows.findIndex(
      ([method, , , source]) => method === 'ACK' && last[end] !== 0 && source === ADDRESSES[end][last[end]],
    )
    // The ACK of an error is none of this.
    const answer = rows
      .slice(0, Math.max(0, told))
      .findLast(([, method, status]) => method === 'INVITE' && status !== '')
    return answer?.[2] === '200'
  })
}

/** What became of the call, by what was seen. */
function fateOf(capture: string, course: Course): string {
  const seen = fieldsIn(capture, ['frame.time_relative', 'sip.Method', 'sip.CSeq.method', 'sip.Status-Code'])
  const established = seen.findIndex(([, method]) => method === 'ACK')
  // What comes within a second of the first ACK belongs to the set-up, seen on both sides of the router.
  const set = Number(seen[established]?.[0] ?? 0) + 1
  const later = seen.filter(([time]) => Number(time) > set)
  const first = later.find(([, method]) => method === 'INVITE')
  const bye = later.find(([, method]) => method === 'BYE')
  if (bye !== undefined && course.some(({ does }) => does === 'hangs up')) {
    const isAnswered = seen.some(([, , method, status]) => method === 'BYE' && ['200', '481'].includes(status ?? ''))
    return `A user hung up, and ${isAnswered ? 'the BYE was answered' : 'nobody answered the BYE'}`
  }
  if (first === undefined) return 'Nobody said where they moved'
  if (bye === undefined) return 'The call survived'
  return `The call was lost ${(Number(bye[0]) - Number(first[0])).toFixed(1)} s after the first re-INVITE`
}
