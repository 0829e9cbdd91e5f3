import { type Given, timingWith } from '../../analysis/timing/parameters.ts'
import { innermost } from '../../spec/index.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
import type { MobileNode } from '../../spec/mipv6/mobile-node-state.ts'
import { BINDING, DEADLOCK, GOOD_END, STALE } from '../../spec/property-ids.ts'
import { ENDS, homeOf, other } from '../../spec/roaming.ts'
import { dataAreDirect } from '../changes.ts'
import { type Claim, fewer, search, statement } from '../claim.ts'
import { seen } from '../evidence.ts'
import { latencyOf, type Way } from '../latency.ts'
import { ALONE, SHORT } from './places.ts'

const SEED = 'mipv6/ro-seed'

/** Milliseconds between the two nodes; and between a node and a home agent. */
const DIRECT = 20
const NEAR: Way = (...ends) => (AT_HOME.some((pair) => pair.every((end) => ends.includes(end))) ? DIRECT / 4 : DIRECT)
const FAR: Way = (...ends) => (ends.some((end) => end.startsWith('home')) ? 5 * DIRECT : DIRECT)
/** Where each node is, and its home. */
const AT_HOME = [
  ['west-2', 'home-a'],
  ['east-1', 'home-b'],
]

/** Whether a registration with a correspondent that stays takes at most so much longer (less, if it is anything) than in another variant. */
const adds = (given: string, beside: string, way: Way, most: number) =>
  statement(given, (searches) => {
    const runs = [beside, 'mipv6/home-address'].map((target) =>
      searches.search(search('', target, 'one-moves', GOOD_END, 'holds')),
    )
    const [before, after] = runs.map((found) => latencyOf(found, way))
    return {
      ...fewer(
        after!,
        before!,
        (one, other) => `${one} ms until the correspondent is right, ${other} ms before`,
        (one, other) => (most === 0 ? one === other : one - other < most),
      ),
      found: runs[1]!,
    }
  })

/** Re-forwarding with both agents keeping copies for so many milliseconds. */
const keptFor = (words: string, tb: number, given: Given, is: 'holds' | 'violated') =>
  search(`${words}, T_b of ${tb} ms`, 'mipv6/home-address-expedited', ALONE, BINDING, is, {
    but: { time: timingWith({ ...given, T_b: [tb, tb] }) },
  })

/** Where T_b turns the verdict round, to the millisecond: a host's way there and back, and its move; the greater of the two hosts. */
const turnsAt = (words: string, sum: number, given: Given) => [
  keptFor(words, sum - 1, given, 'violated'),
  keptFor(words, sum + 1, given, 'holds'),
]

/** Paper 004, §IV.C: smart re-forwarding by home agents. */
export const reForwarding: readonly Claim[] = [
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
    decide: {
      all: [
        ...turnsAt('25 ms one way, moves of 100 and 200 ms', 25 + 25 + 200, {
          d: [25, 25],
          'blackout(a)': [100, 100],
          'blackout(b)': [200, 200],
        }),
        ...turnsAt('60 ms from the agent to b, 40 ms back, moves of 50 and 300 ms', 60 + 40 + 300, {
          d: [25, 25],
          'd(home-b,east-1)': [60, 60],
          'd(east-2,home-b)': [40, 40],
          'blackout(a)': [50, 50],
          'blackout(b)': [300, 300],
        }),
      ],
    },
    expected: 'holds',
    why: 'To the millisecond, and longer is enough: of the two hosts, the one for which the way from its agent and back and its move take longer decides. At equality it may go either way.',
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
    claim: 'What it adds is a minor latency, in control signalling only.',
    decide: {
      cases: [
        search('data go as before', 'mipv6/home-address', 'one-moves', 'data are direct', 'holds', {
          own: dataAreDirect(['a', 'b'], ['b', 'a']),
        }),
        adds('beside RFC 6275, home agents far away: nothing', 'mipv6/ro-rfc', FAR, 0),
        adds("beside the paper's own baseline, home agents near their nodes: less than one way", SEED, NEAR, DIRECT),
        adds('the same, home agents far away: less than one way', SEED, FAR, DIRECT),
      ],
    },
    expected: 'conditional',
    why: "None beside the RFC, which signals to the home address already. Beside the paper's own baseline each message makes the detour by the home agent: how long that is depends on where that is.",
    otherwise: {
      verdict: 'holds',
      because:
        'beside RFC 6275 there is nothing to add; beside what the paper itself compares with, home agents may be anywhere',
    },
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
      all: (['both-move', 'one-moves-twice'] as const).flatMap((scenario) =>
        [BINDING, STALE, DEADLOCK].map((property) =>
          search(
            `${property}, ${scenario}, the network delivers a packet twice`,
            'mipv6/home-address-expedited',
            scenario,
            property,
            'holds',
            {
              but: { duplicates: 1 },
              shows: seen('an update that has been believed is under way again', (view) =>
                ENDS.some((end) => {
                  const { cache } = view.state<MobileNode>(end)
                  return view.inFlight().some((packet) => {
                    const message = innermost(packet).message as Mipv6Message
                    return (
                      message.kind === 'BU' &&
                      message.home === homeOf(other(end)) &&
                      cache?.renewed === true &&
                      message.seq <= cache.seq
                    )
                  })
                })
                  ? true
                  : 'no update comes twice',
              ),
            },
          ),
        ),
      ),
    },
    expected: 'holds',
    why: 'Updates are numbered, and tests may be answered twice.',
  },
]
