import { innermost } from '../../spec/index.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
import type { MobileNode } from '../../spec/mipv6/mobile-node.ts'
import { BINDING, DEADLOCK, STALE } from '../../spec/property-ids.ts'
import { ENDS, homeOf, other } from '../../spec/roaming.ts'
import { type Claim, fewer, search, statement } from '../claim.ts'
import { seen } from '../evidence.ts'
import { ALONE, SHORT } from './places.ts'

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
        statement('against RFC 6275, in steps until every binding is right, one host moving', (searches) => {
          const [rfc, smart] = ['ro-rfc', 'home-address'].map((v) => searches.leastSteps(`mipv6/${v}`, 'one-moves'))
          return fewer(
            smart ?? null,
            rfc ?? null,
            (one, other) => `at most ${one} steps, ${other} without re-forwarding`,
            (one, other) => one <= other,
          )
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
