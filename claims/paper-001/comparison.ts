import { check } from '../../checker/check.ts'
import type { Look } from '../../checker/model.ts'
import { eventuallyAlways, type Property, reachable } from '../../checker/property.ts'
import type { MobileNode } from '../../spec/mip-sip/mobile-node.ts'
import { BINDING, REACH, REGISTRATIONS } from '../../spec/property-ids.ts'
import { type Encapsulation, natModel } from '../calculations/nat.ts'
import { withoutSending } from '../changes.ts'
import { type Claim, fewerSteps, search, statement } from '../claim.ts'
import { registered, seen } from '../evidence.ts'
import { formulaOf } from '../formula.ts'
import { holds } from '../no-answer.ts'

const getsIn = {
  name: 'what the home agent sends gets in',
  holds: (look: Look) => look(1) === true || 'no mapping',
}
const LASTING: Property = { id: 'lasting', ...eventuallyAlways(getsIn) }
const EVER: Property = { id: 'ever', ...reachable(getsIn) }

/** Whether the home agent reaches a host behind a NAT from some moment on. */
const passes = (given: string, encapsulation: Encapsulation, keepsAlive: boolean) =>
  statement(
    given,
    () => {
      const [lasting, ever] = check(natModel(encapsulation, keepsAlive), [LASTING, EVER])
      const run = 'trace' in lasting! ? (lasting.trace?.steps.map(({ text }) => text).join(', ') ?? '') : ''
      const text = `from some moment on: ${lasting!.kind}; at some moment: ${ever!.kind}; ${lasting!.statistics.states} states`
      return { so: holds(lasting) && holds(ever), text: run === '' ? text : `${text}: ${run}` }
    },
    `${formulaOf(LASTING)} and ${formulaOf(EVER)}`,
  )

/** Paper 001, §3, §4, §6 and Table 2: beside SIP alone, MIPv6 and NATs. */
export const comparison: readonly Claim[] = [
  {
    id: '001-19',
    where: '§6',
    claim: 'Session signalling delay is reduced.',
    decide: {
      all: [
        statement('fewer steps until every binding is right than with SIP alone', (searches) => {
          const [together, sip] = ['mip-sip/parallel', 'sip-paper/direct'].map((t) =>
            searches.leastSteps(t, 'one-moves'),
          )
          return fewerSteps(together!, sip!, (one, other) => `at most ${one} steps together, ${other} with SIP alone`)
        }),
      ],
    },
    expected: 'fails',
    why: 'The re-INVITE takes the same way as with SIP alone; the paper gives no figure.',
    otherwise: {
      verdict: 'not supported',
      because: 'the paper gives no figure; counted in steps it is no faster than SIP alone',
    },
  },
  {
    id: '001-20',
    where: 'Table 2',
    claim: 'Its own row: signals up (+), not down (−), soft (+) and not hard (−) cross-layering, multihoming (+).',
    decide: {
      all: [
        search(
          'signals up: the answer to the BU starts the re-INVITE',
          'mip-sip/sequential',
          'one-moves',
          BINDING,
          'holds',
        ),
        search('without that signal nothing does', 'mip-sip/sequential', 'one-moves', BINDING, 'violated', {
          change: withoutSending(['ha-'], 'BAck'),
          shows: registered,
        }),
        search(
          'not down: home agents are right whatever SIP does',
          'mip-sip/parallel',
          'both-move',
          REGISTRATIONS,
          'holds',
          {
            change: withoutSending(['a', 'b'], 're-INVITE'),
          },
        ),
        search('two interfaces at once', 'mip-sip/parallel', 'one-moves', REACH, 'holds', {
          but: { movement: 'make-before-break', overlap: 'long' },
          shows: seen('a host has two addresses, and its peer is told of the new one', (view) =>
            view.held('a').length > 1 && view.state<MobileNode>('b').contact === view.held('a').at(-1)
              ? true
              : 'never two addresses',
          ),
        }),
      ],
    },
    expected: 'holds',
    why: 'As §3 describes it: the network layer tells the application, never the other way round.',
  },
  {
    id: '001-21',
    where: '§3',
    claim: 'It is useful even beside MIPv6 with route optimization.',
    decide: {
      cases: [
        search('one host moves', 'mip-sip/parallel', 'one-moves', REACH, 'holds'),
        search('both move', 'mip-sip/parallel', 'both-move', REACH, 'holds'),
        search('both move, MIPv6 as RFC 6275 has it', 'mipv6/ro-rfc', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Its media have the weakness that route optimization by RFC 6275 does not have.',
  },
  {
    id: '001-22',
    where: '§4',
    claim: 'UDP-in-IP encapsulation passes NATs.',
    decide: {
      cases: [
        passes('UDP-in-IP, and the host keeps the mapping alive', 'UDP-in-IP', true),
        passes('UDP-in-IP, and a host that has nothing to send is silent', 'UDP-in-IP', false),
      ],
    },
    expected: 'conditional',
    why: 'As long as something keeps the mapping of the NAT alive (RFC 3519 §4.9, from memory). IP-in-IP never does: it has no port.',
    otherwise: {
      verdict: 'holds',
      because: 'a host that sends nothing loses its mapping, and the paper mentions no keepalive',
    },
  },
]
