import type { Node } from '../spec/index.ts'
import type { HomeAgent } from '../spec/mipv6/home-agent.ts'
import { BINDING, DEADLOCK, GOOD_END, LOOP, REACH, STALE } from '../spec/property-ids.ts'
import { inEveryState } from './changes.ts'
import { type Claim, search, statement } from './claim.ts'
import type { Runner } from './run.ts'

const ALONE = 'both-move-no-retransmission'
const SHORT = 'both-move-short-proxy-timers'
const PROXIES = 'mipv6/stationary-proxies-expedited'

/** T_p longer than T_h, where the paper wants T_h > T_p. */
const exchanged = (nodes: readonly Node[]): readonly Node[] =>
  nodes.map((n) => {
    if (!n.name.startsWith('ha-')) return n
    const timers = n.role.timers as unknown as Record<string, object>
    return { ...n, role: { ...n.role, timers: { ...timers, T_h: timers.T_p, T_p: timers.T_h } as never } }
  })

const REPAIRS = ['forwarding-expedited', 'stationary-proxies-expedited', 'home-address-expedited'] as const

/** The shortest way to a good end: how many messages, and of which kinds. */
function goodEnd(run: Runner, variant: string): { readonly messages: number; readonly kinds: ReadonlySet<string> } {
  const { verdict } = run.search(search('', `mipv6/${variant}`, 'both-move', GOOD_END, 'holds'))
  const sent = 'trace' in verdict ? (verdict.trace?.steps.flatMap((step) => step.sent ?? []) ?? []) : []
  return { messages: sent.length, kinds: new Set(sent.map(({ name }) => name)) }
}

/** Paper 004, §IV–§V: repairs. */
export const mipv6Repairs: readonly Claim[] = [
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
      all: [
        search('T_h shorter than T_p, both longer than a move and a round trip', PROXIES, ALONE, BINDING, 'violated', {
          change: exchanged,
        }),
      ],
    },
    expected: 'fails',
    why: 'Not their order: each has to outlast the move of the other node and a round trip. (The exact bounds need time.)',
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
        search('it never has a token', 'mipv6/ro-rfc', 'both-move', 'no token', 'holds', {
          own: inEveryState('no token', (view) =>
            ['ha-a', 'ha-b'].some((name) => JSON.stringify(view.state<HomeAgent>(name)).includes('Token'))
              ? 'a home agent has a token'
              : true,
          ),
        }),
      ],
    },
    expected: 'holds',
    why: 'It takes both tokens, which only the mobile node gets. (Where it keeps messages to send them again, it has what they carry.)',
  },
  {
    id: '004-18',
    where: '§IV.C, Fig. 6',
    claim: 'Smart re-forwarding removes the problem.',
    decide: {
      cases: [
        search('nothing else is sent again', 'mipv6/home-address-expedited', ALONE, BINDING, 'holds'),
        search('with full return routability', 'mipv6/home-address', ALONE, BINDING, 'holds'),
        search('the agents may forget at any moment', 'mipv6/home-address-expedited', SHORT, BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If T_b is long enough (and packets keep their order: docs/findings.md).',
  },
  {
    id: '004-19',
    where: '§IV.C',
    claim: 'T_b has to be at least a two-way latency and the time of a move.',
    decide: { needsTime: 'T_b against latencies and the length of a move' },
    expected: 'needs time',
    why: 'Untimed, it is only known that a T_b that may end at any moment is too short (004-18).',
  },
  {
    id: '004-20',
    where: '§IV.C',
    claim: "A's home agent need not take part.",
    decide: {
      all: [
        search(
          "one agent re-forwards, the other's node resends",
          'mipv6/home-address-one-agent',
          ALONE,
          BINDING,
          'holds',
        ),
      ],
    },
    expected: 'holds',
    why: 'It only passes on HoTI, as it always does.',
  },
  {
    id: '004-21',
    where: '§IV.C',
    claim: 'The additional latency is slight.',
    decide: {
      all: [
        statement('against RFC 6275, in steps until every binding is right, one host moving', (run) => {
          const [rfc, smart] = ['ro-rfc', 'home-address'].map((v) => run.leastSteps(`mipv6/${v}`, 'one-moves'))
          return { so: smart! <= rfc!, text: `at most ${smart} steps, ${rfc} without re-forwarding` }
        }),
      ],
    },
    expected: 'holds',
    why: 'None against the RFC, which goes by the home agent already; a leg against the paper’s own baseline.',
  },
  {
    id: '004-22',
    where: '§IV.C',
    claim: 'One upgraded home agent is enough.',
    decide: {
      cases: [
        search('full return routability', 'mipv6/home-address-one-agent', ALONE, BINDING, 'holds'),
        search('expedited', 'mipv6/home-address-one-agent-expedited', ALONE, BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'With full return routability, and if a node begins again towards the care-of address that it has just learned; expedited it is not.',
  },
  {
    id: '004-23',
    where: '§IV.C',
    claim: 'Duplicates do no harm.',
    decide: {
      all: [BINDING, STALE, DEADLOCK].map((property) =>
        search(
          `${property}, the network delivers a packet twice`,
          'mipv6/home-address-expedited',
          'both-move',
          property,
          'holds',
          {
            but: { duplicates: 1 },
          },
        ),
      ),
    },
    expected: 'holds',
    why: 'Updates are numbered, and tests may be answered twice.',
  },
  {
    id: '004-24',
    where: '§V',
    claim: 'The third solution is the best.',
    decide: {
      cases: [
        statement('the fewest messages on the shortest way to a good end', (run) => {
          const count = REPAIRS.map((variant) => goodEnd(run, variant).messages)
          return {
            so: count[2] === Math.min(...count),
            text: `forwarding ${count[0]}, proxies ${count[1]}, home address ${count[2]}`,
          }
        }),
        statement('no new element', (run) => {
          const names = (variant: string) => run.nodes(`mipv6/${variant}`, 'both-move').map((n) => n.name)
          const before = names('ro-rfc-expedited')
          const added = REPAIRS.map((variant) => names(variant).filter((name) => !before.includes(name)).length)
          return { so: added[2] === 0, text: `forwarding ${added[0]}, proxies ${added[1]}, home address ${added[2]}` }
        }),
        statement('no new message', (run) => {
          const before = goodEnd(run, 'ro-rfc-expedited').kinds
          const added = REPAIRS.map((variant) => [...goodEnd(run, variant).kinds].filter((kind) => !before.has(kind)))
          return {
            so: added[2]!.length === 0,
            text: `forwarding ${added[0]!.join(', ')}; proxies ${added[1]!.join(', ')}; home address none`,
          }
        }),
      ],
    },
    expected: 'conditional',
    why: 'It needs no new element and no new message; forwarding takes fewer messages, since nothing goes by the home agents.',
  },
  {
    id: 'X-01',
    where: '000 and 004',
    claim: 'One framework of stationary proxies fits SIP, MIP-LR and MIPv6.',
    decide: {
      cases: [
        search('SIP', 'sip/resend-replace-branch', 'both-move', BINDING, 'holds'),
        search('MIP-LR', 'mip-lr/revised-answers', 'both-move', BINDING, 'holds'),
        search('MIPv6: relayed by the proxy', PROXIES, 'both-move', BINDING, 'holds'),
        search(
          'MIPv6: made by the proxy, as a register of MIP-LR does',
          'mipv6/ro-rfc',
          'both-move',
          'a home agent could',
          'holds',
          {
            own: inEveryState('a home agent could', (view) =>
              view.isQuiet() || JSON.stringify(view.state<HomeAgent>('ha-a')).includes('Token')
                ? true
                : 'a home agent has no token to authorise an update with',
            ),
          },
        ),
        search('reach, where that is enough', PROXIES, 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'For MIPv6 the proxy can only relay: an update is authorised by tokens that it does not have.',
  },
]
