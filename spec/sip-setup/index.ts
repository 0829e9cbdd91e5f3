import { type Means, type Node, node, redirector, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol, Sighting } from '../protocol.ts'
import {
  beliefsOfEnds,
  EAST,
  networksLeft,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { describeSetup } from './messages.ts'
import { type Server, server } from './server.ts'
import { type UserAgent, userAgent } from './user-agent.ts'

/** The user dials and answers at any moment. Fair loss needs requests that are sent for ever. */
const base = roaming(
  { timers: { dials: 'eager', answers: 'eager' } },
  {
    timers: { 'Timer B': 'never', 'no ACK': 'never', 'branch time-out': 'never' },
    options: { retransmissions: 'unlimited' },
  },
)

const scenarios: readonly Scenario[] = [
  ...base.standard.filter((s) => s.name !== 'both-move-twice'),
  base.make('callee-moves', 'The callee alone moves.', { moves: { b: [EAST[0]] } }),
]

/** A message of this kind is on its way to an address that its host has left. */
const goesAstray = (kind: string): Sighting => ({
  in: ['both-move'],
  means: `It can come about that a message of the kind ${kind} is on its way to an address that its host has left.`,
  sees: (view) =>
    view.inFlight().some(({ message, destination }) => message.kind === kind && view.holder(destination) === undefined)
      ? true
      : `no ${kind} goes to an address that was left`,
})

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<UserAgent>((ua) => ua.remote),
  registrations: [{ holder: 'server-b', about: 'b', believes: (view) => view.state<Server>('server-b').location }],
  sessions: sessionsOfEnds<UserAgent>((ua) => ua.ended),
  finally: {
    'the-call-is-set-up': {
      means: 'In the end the call is set up at both ends.',
      holds: (view) => {
        const waiting = (['a', 'b'] as const).find((end) => view.state<UserAgent>(end).call !== 'set up')
        return waiting === undefined ? true : `at ${waiting} the call is ${view.state<UserAgent>(waiting).call}`
      },
    },
  },
  sightings: {
    'an-INVITE-goes-astray': goesAstray('INVITE'),
    'a-180-goes-astray': goesAstray('180 Ringing'),
    'a-200-goes-astray': goesAstray('200 OK'),
    'an-ACK-goes-astray': goesAstray('ACK'),
  },
  carriesData: true,
}

interface Design {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly rules: 'rfc' | 'paper'
  readonly looksUpAgain?: boolean
  readonly interceptors?: boolean
  readonly survivesBy: readonly Means[]
}

const designs: readonly Design[] = [
  {
    name: 'paper-plain',
    title: 'set-up as the paper draws it; the server looks the callee up once',
    source: '000 §III.B, Fig. 4',
    rules: 'paper',
    survivesBy: [],
  },
  {
    name: 'paper-relookup',
    title: 'the same; the server looks up again when the INVITE is sent again',
    source: '000 §IV.A',
    rules: 'paper',
    looksUpAgain: true,
    survivesBy: [],
  },
  {
    name: 'paper-interceptor',
    title: 'with Interceptors in the networks that were left',
    source: '000 §IV.E, Fig. 9',
    rules: 'paper',
    interceptors: true,
    survivesBy: ['forwarder'],
  },
  { name: 'plain', title: 'set-up by RFC 3261', source: 'RFC 3261 §13, §16, §17', rules: 'rfc', survivesBy: [] },
  {
    name: 'relookup',
    title: 'the same; the proxy looks up again when the INVITE is sent again',
    source: 'RFC 3261 §16; 000 §IV.A',
    rules: 'rfc',
    looksUpAgain: true,
    survivesBy: [],
  },
  {
    name: 'interceptor',
    title: 'by RFC 3261, with Interceptors in the networks that were left',
    source: 'RFC 3261; 000 §IV.E, Fig. 9',
    rules: 'rfc',
    interceptors: true,
    survivesBy: ['forwarder'],
  },
]

const SERVER = 'home-b/server'

/** RFC 3261 §17.1.1.2: before Timer B fires, Timer A has sent an INVITE again six times. */
const MOST_TRIES = 6

function nodesOf(design: Design, scenario: Scenario): Node[] {
  const tries = triesIn(scenario, MOST_TRIES)
  const common = {
    outbound: SERVER,
    rules: design.rules,
    tellsInterceptor: design.interceptors === true,
    tries,
  }
  const interceptors = (design.interceptors === true ? networksLeft(scenario) : []).map((network) =>
    node(`interceptor ${network}`, redirector('readdress'), { at: [`${network}/interceptor`], agentOf: [network] }),
  )
  return [
    node('a', userAgent({ ...common, start: startOf('a'), calls: true, registrar: null }), { from: START.a }),
    node(
      'server-b',
      server({ start: startOf('b'), looksUpAgain: design.looksUpAgain === true, rules: design.rules, tries }),
      { at: [SERVER] },
    ),
    node('b', userAgent({ ...common, start: startOf('b'), calls: false, registrar: SERVER }), { from: START.b }),
    ...interceptors,
  ]
}

/** A call that is set up while both ends move. */
export const sipSetup: Protocol = {
  name: 'sip-setup',
  title: 'SIP session initiation while the caller and the callee move',
  source: '000 §III.B, §IV.E, Figs 4 and 9; RFC 3261 §13, §16, §17',
  describe: describeSetup,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: designs.map(
    (design): Variant => ({
      name: design.name,
      title: design.title,
      source: design.source,
      repairs: design.looksUpAgain === true || design.interceptors === true,
      survivesBy: design.survivesBy,
      scenarios,
      subject,
      expect: expectations[design.name] ?? {},
      nodes: (scenario) => nodesOf(design, scenario),
    }),
  ),
}
