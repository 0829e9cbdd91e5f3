import { innermost, type Node, networkOf, type View } from '../../spec/index.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
import { BINDING, LOOP } from '../../spec/property-ids.ts'
import { agentOf, ENDS, type End, homeOf } from '../../spec/roaming.ts'
import { inEveryState } from '../changes.ts'
import { type Claim, search } from '../claim.ts'
import { both, seen, underWay } from '../evidence.ts'
import { ALONE, LATE, PROXIES, SHORT } from './places.ts'

/** T_p longer than T_h, where the paper wants T_h > T_p. */
const exchanged = (nodes: readonly Node[]): readonly Node[] =>
  nodes.map((n) => {
    if (!n.name.startsWith('ha-')) return n
    const timers = n.role.timers as unknown as Record<string, object>
    return { ...n, role: { ...n.role, timers: { ...timers, T_h: timers.T_p, T_p: timers.T_h } as never } }
  })

/** A token for a node is under way by the network of its home agent. */
const throughHomeOf = (view: View, end: End, kind: 'HoT' | 'CoT'): boolean =>
  view.inFlight().some((packet) => {
    const message = innermost(packet).message as Mipv6Message
    if (message.kind !== kind || networkOf(packet.destination) !== networkOf(agentOf(end))) return false
    return 'coa' in message.token ? message.token.coa.endsWith(`/${end}`) : message.token.home === homeOf(end)
  })

/** Paper 004, §IV.A and §IV.B: forwarders and stationary proxies. */
export const proxies: readonly Claim[] = [
  {
    id: '004-13',
    where: '§IV.A, Fig. 4',
    claim: 'Forwarders in the networks that were left repair it.',
    decide: {
      cases: [
        search('nothing is lost', 'mipv6/forwarding', 'both-move', BINDING, 'holds'),
        search('fair loss', 'mipv6/forwarding', 'both-move-fair-loss', BINDING, 'holds'),
        search('without loops', 'mipv6/forwarding-expedited', 'one-returns-and-leaves', LOOP, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the entry is made, which nothing acknowledges; and entries of a host that returns make loops.',
  },
  {
    id: '004-14',
    where: '§IV.B, Fig. 5',
    claim: 'Stationary proxies repair it.',
    decide: {
      cases: [
        search('they remember long enough', PROXIES, ALONE, BINDING, 'holds'),
        search('they may forget at any moment', PROXIES, SHORT, BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If both remember for long enough.',
  },
  {
    id: '004-15',
    where: '§IV.B',
    claim: 'T_h has to be longer than T_p.',
    decide: {
      cases: [
        search('T_h shorter than T_p; who asks hears it at once, and again', PROXIES, ALONE, BINDING, 'violated', {
          change: exchanged,
        }),
        search('T_h shorter than T_p; who asks hears it at the end of T_p', LATE, ALONE, BINDING, 'violated', {
          change: exchanged,
        }),
      ],
    },
    expected: 'conditional',
    why: 'If the answer is given once, at the end of T_p: then longer by a round trip between the agents. If it is given at once and again, their order says nothing: each has to outlast the move of the other node.',
  },
  {
    id: '004-16',
    where: '§IV.B',
    claim: 'A reasonable T_p is enough.',
    decide: {
      cases: [
        search('T_p outlasts the move, T_h as well', PROXIES, ALONE, BINDING, 'holds'),
        search('T_p may end at any moment', PROXIES, ALONE, BINDING, 'holds', { but: { timers: { T_p: 'eager' } } }),
        search('T_h may end at any moment', PROXIES, ALONE, BINDING, 'holds', { but: { timers: { T_h: 'eager' } } }),
      ],
    },
    expected: 'conditional',
    why: 'If it outlasts the move of the other node; and T_h has to as well.',
  },
  {
    id: '004-17',
    where: '§IV.B',
    claim: 'A home agent cannot make the Binding Update itself.',
    decide: {
      all: [
        search(
          'no care-of token passes the home agent of the node that it is for',
          'mipv6/ro-rfc',
          'both-move',
          'no care-of token',
          'holds',
          {
            shows: both(
              underWay('CoT'),
              seen('a home token passes a home agent', (view) =>
                ENDS.some((end) => throughHomeOf(view, end, 'HoT')) ? true : 'none does',
              ),
            ),
            own: inEveryState('no care-of token', (view) => {
              const end = ENDS.find((one) => throughHomeOf(view, one, 'CoT'))
              return end === undefined ? true : `the care-of token of ${end} passes its home agent`
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'It takes both tokens: the home token passes it, the care-of token never does. (Where it keeps messages to send them again, it has what they carry.)',
  },
]
