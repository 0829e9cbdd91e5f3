import type { Subject, Variant } from '../index.ts'
import type { Protocol, Sighting } from '../protocol.ts'
import { beliefsOfEnds, sessionsOfEnds } from '../roaming.ts'
import type { Design } from './design.ts'
import { expectations } from './expectations.ts'
import { describeSetup, isOfSetUp } from './messages.ts'
import { nodesOf } from './nodes.ts'
import type { PaperServer } from './paper-server.ts'
import type { Party } from './party.ts'
import { options, paperScenarios, scenarios } from './scenarios.ts'
import type { Server } from './server.ts'

/** A message of this kind is on its way to an address that its host has left. */
const goesAstray = (kind: string): Sighting => ({
  in: ['both-move'],
  means: `It can come about that a message of the kind ${kind} is on its way to an address that its host has left.`,
  sees: (view) => {
    const astray = view.inFlight().some(({ message, destination }) => {
      return message.kind === kind && isOfSetUp(message) && view.holder(destination) === undefined
    })
    return astray ? true : `no ${kind} goes to an address that was left`
  },
})

const paperSubject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Party>((party) => party.remote),
  registrations: [
    { holder: 'server-b', about: 'b', believes: (view) => view.state<Server | PaperServer>('server-b').location },
  ],
  finally: {
    'the-call-is-set-up': {
      means: 'In the end the call is set up at both ends.',
      holds: (view) => {
        const waiting = (['a', 'b'] as const).find((end) => view.state<Party>(end).call !== 'set up')
        return waiting === undefined ? true : `at ${waiting} the call is ${view.state<Party>(waiting).call}`
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

/** Paper 000 knows no end of a call. */
const subject: Subject = { ...paperSubject, sessions: sessionsOfEnds<Party>((party) => party.ended) }

const designs: readonly Design[] = [
  {
    name: 'paper-plain',
    title: 'set-up as the paper draws it; the server looks the callee up once',
    source: '000 §III.B, Fig. 4',
    rules: 'paper',
    survivesBy: [],
  },
  {
    name: 'paper-plain-first-copy',
    title: 'the same; the server answers to where the first copy of an INVITE came from',
    source: '000 §III.B, Fig. 4; RFC 3261 §18.2.2',
    rules: 'paper',
    answered: 'first copy',
    survivesBy: [],
  },
  {
    name: 'paper-relookup',
    title: 'set-up as the paper draws it; the server looks up again when the INVITE is sent again',
    source: '000 §IV.A',
    rules: 'paper',
    looksUpAgain: true,
    survivesBy: [],
  },
  {
    name: 'paper-relookup-first-copy',
    title: 'the same; the server answers to where the first copy of an INVITE came from',
    source: '000 §IV.A; RFC 3261 §18.2.2',
    rules: 'paper',
    looksUpAgain: true,
    answered: 'first copy',
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
  {
    name: 'paper-interceptor-first-copy',
    title: 'the same; the server answers to where the first copy of an INVITE came from',
    source: '000 §IV.E, Fig. 9; RFC 3261 §18.2.2',
    rules: 'paper',
    interceptors: true,
    answered: 'first copy',
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

/** A call that is set up while both ends move. */
export const sipSetup: Protocol = {
  name: 'sip-setup',
  title: 'SIP session initiation while the caller and the callee move',
  source: '000 §III.B, §IV.E, Figs 4 and 9; RFC 3261 §13, §16, §17',
  describe: describeSetup,
  options,
  variants: designs.map(
    (design): Variant => ({
      name: design.name,
      title: design.title,
      source: design.source,
      repairs: design.looksUpAgain === true || design.interceptors === true,
      survivesBy: design.survivesBy,
      scenarios: design.rules === 'paper' ? paperScenarios(design.answered ?? 'last copy') : scenarios,
      subject: design.rules === 'paper' ? paperSubject : subject,
      expect: expectations[design.name] ?? {},
      nodes: (scenario) => nodesOf(design, scenario),
    }),
  ),
}
