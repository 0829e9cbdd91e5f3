import { type Address, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type Design, described, type Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  EAST,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  overlaps,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { type Host, mptcpHost } from './host.ts'
import { describeMptcp } from './messages.ts'

/** Fair loss needs SYNs that are sent for ever. */
const base = roaming({}, { timers: { 'user timeout': 'never' }, options: { retransmissions: 'unlimited' } })

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('server-moves', 'The server alone moves.', { moves: { b: [EAST[0]] } }),
]

const overlapping: readonly Scenario[] = [...makeBeforeBreak(scenarios), ...overlaps()]

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Host>((host) => host.peerAt),
  sessions: sessionsOfEnds<Host>((host) => host.closed),
  carriesData: true,
}

const MOST_TRIES = 6

interface MptcpDesign extends Design {
  readonly serverJoins?: boolean
  readonly stable?: End
  /** Whose MP_CAPABLE has the C flag. */
  readonly denies?: End
  /** Whether a new address is told by ADD_ADDR where none may be joined. */
  readonly announces?: boolean
}

const designs: readonly MptcpDesign[] = [
  {
    name: 'client-joins',
    title: 'only a, the client, opens subflows',
    source: 'RFC 8684 §3.2',
    survivesBy: [],
    scenarios,
  },
  {
    name: 'either-joins',
    title: 'either end opens subflows',
    source: 'RFC 8684 §3.2',
    survivesBy: [],
    serverJoins: true,
    scenarios,
  },
  {
    name: 'stable-address',
    title: 'b has announced a second address, which stays',
    source: 'RFC 8684 §3.4.1 (ADD_ADDR)',
    survivesBy: ['overlap'],
    serverJoins: true,
    stable: 'b',
    scenarios,
  },
  {
    name: 'join-denied',
    title: 'b, behind a load balancer, has set the C flag: no subflow may be opened to its first address',
    source: 'RFC 8684 §3.1 (C flag)',
    survivesBy: [],
    denies: 'b',
    scenarios,
  },
  {
    name: 'client-join-denied',
    title: 'either end opens subflows; a, behind a NAT, has set the C flag: none may be opened to its first address',
    source: 'RFC 8684 §3.1 (C flag), §3.2',
    survivesBy: [],
    serverJoins: true,
    denies: 'a',
    scenarios,
  },
  {
    name: 'join-denied-stable-address',
    title: 'b has set the C flag, and has announced a second address, which stays',
    source: 'RFC 8684 §3.1 (C flag), §3.4.1 (ADD_ADDR)',
    survivesBy: ['overlap'],
    serverJoins: true,
    stable: 'b',
    denies: 'b',
    scenarios,
  },
  {
    name: 'overlap',
    title: 'make before break: the old subflow is kept until the new one is there',
    source: 'RFC 8684 §3.2, §3.4.2',
    survivesBy: ['overlap'],
    serverJoins: true,
    scenarios: overlapping,
  },
  {
    name: 'join-denied-overlap',
    title:
      'make before break; b has set the C flag, so that a tells its new address on the old subflow, and b opens the new one',
    source: 'RFC 8684 §3.1 (C flag), §3.2, §3.4.1 (ADD_ADDR)',
    survivesBy: ['overlap'],
    serverJoins: true,
    denies: 'b',
    announces: true,
    scenarios: overlapping,
  },
]

function variant(design: MptcpDesign): Variant {
  const also = (end: End): readonly Address[] => (design.stable === end ? [`second-${end}/${end}`] : [])
  return {
    ...described(design),
    subject,
    expect: expectations[design.name] ?? {},
    nodes: (scenario) =>
      ENDS.map((end) =>
        node(
          end,
          mptcpHost({
            start: startOf(end),
            peer: startOf(other(end)),
            peerAlso: also(other(end)),
            peerDenies: design.denies === other(end),
            joins: end === 'a' || design.serverJoins === true,
            announces: design.announces === true,
            tries: triesIn(scenario, MOST_TRIES),
          }),
          { from: START[end], keeps: also(end) },
        ),
      ),
  }
}

/** Multipath TCP whose hosts move. */
export const mptcp: Protocol = {
  name: 'mptcp',
  title: 'Multipath TCP: a new subflow from each new address',
  source: 'RFC 8684 §3',
  describe: describeMptcp,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: designs.map(variant),
}
