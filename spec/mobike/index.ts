import { type Address, type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type NameServer, nameServer } from '../name-server.ts'
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
import { type Host, type HostSettings, mobikeHost } from './host.ts'
import { hostInUse } from './in-use.ts'
import { describeMobike, MOST_PROBES } from './messages.ts'
import { type Named, namedHost } from './re-establishing.ts'

/** Fair loss needs requests that are sent for ever. */
const base = roaming({}, { timers: { 'IKE SA time-out': 'never' }, options: { retransmissions: 'unlimited' } })

/** Where a dead SA is made anew, fair loss needs one that dies. */
const mortal = roaming()

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('responder-moves', 'The responder alone moves.', { moves: { b: [EAST[0]] } }),
  base.make('responder-moves-twice', 'The responder alone moves, twice in quick succession.', { moves: { b: EAST } }),
  base.make('both-move-one-returns', 'Both hosts move, and the initiator returns.', {
    moves: { a: ['west-2', 'west-1'], b: [EAST[0]] },
  }),
]

/** More than a few tries only repeat the last state. */
const MOST_RETRIES = 12

interface MobikeDesign extends Design {
  /** Who has a second interface, which stays where it is. */
  readonly multihomed?: End
  readonly decides?: HostSettings['decides']
  /** Whether the responder has a name, by which the initiator calls it again when the SA is dead. */
  readonly named?: true
}

const designs: readonly MobikeDesign[] = [
  {
    name: 'single-homed',
    title: 'each end has one address at a time',
    source: 'RFC 4555 §1.2, §3.5, §3.6',
    survivesBy: [],
    scenarios,
  },
  {
    name: 'responder-multihomed',
    title: 'the responder announced an additional address that stays',
    source: 'RFC 4555 §3.4, §3.10',
    survivesBy: ['overlap'],
    multihomed: 'b',
    scenarios,
  },
  {
    name: 'initiator-multihomed',
    title: 'the initiator announced an additional address that stays',
    source: 'RFC 4555 §3.4, §3.6',
    survivesBy: ['overlap'],
    multihomed: 'a',
    scenarios,
  },
  {
    name: 'overlap',
    title: 'single-homed; the old address is kept until the update is through',
    source: 'RFC 4555 §1.1, §3.5',
    survivesBy: ['overlap'],
    scenarios: [...makeBeforeBreak(scenarios), ...overlaps()],
  },
  {
    name: 'silent-initiator',
    title: 'single-homed; the initiator uses the address that the responder has moved to, and says nothing of it',
    source: 'strongSwan 5.9.8, not RFC 4555 §3.5',
    survivesBy: [],
    decides: 'silently',
    scenarios,
  },
  {
    name: 're-established-by-name',
    title: 'single-homed; when the IKE SA is dead, the initiator looks the responder up and makes a new one',
    source: 'RFC 7296 §1.2, §2.4; dynamic DNS (RFC 2136)',
    survivesBy: [],
    named: true,
    scenarios: scenarios.map((s) => (s.name === mortal.bothMoveFairLoss.name ? mortal.bothMoveFairLoss : s)),
  },
]

const NAMES = 'dns-b/server'

function subjectOf({ named }: MobikeDesign): Subject {
  const read = (state: unknown): Host =>
    named && 'host' in (state as object) ? (state as Named).host : (state as Host)
  return {
    ends: ['a', 'b'],
    beliefs: beliefsOfEnds((state) => read(state).peerAt),
    ...(named
      ? {
          registrations: [
            { holder: 'dns-b', about: 'b', believes: (view) => view.state<NameServer>('dns-b').address },
          ] satisfies Subject['registrations'],
        }
      : {}),
    // Of the IKE SA: a new one is no survival of the old one.
    sessions: sessionsOfEnds((state) => read(state).closed),
    carriesData: true,
  }
}

function nodesOf({ multihomed, decides, named }: MobikeDesign, scenario: Scenario): Node[] {
  const also = (end: End): readonly Address[] => (multihomed === end ? [`second-${end}/${end}`] : [])
  const [a, b] = ENDS.map((end) => {
    const settings = {
      role: end === 'a' ? 'initiator' : 'responder',
      start: startOf(end),
      peer: startOf(other(end)),
      also: also(end),
      peerAlso: also(other(end)),
      decides: decides ?? 'by an update',
    } as const
    const place = { from: START[end], keeps: also(end) }
    // Whom one calls by name makes no difference as long as there is one SA, which is all that is asked of users.
    if (scenario.users === 'act') return node(end, hostInUse(settings), place)
    const host = mobikeHost({
      ...settings,
      retries: triesIn(scenario, decides === 'silently' ? MOST_PROBES : MOST_RETRIES),
    })
    const names = end === 'a' ? { mine: null, peers: NAMES } : { mine: NAMES, peers: null }
    return named ? node(end, namedHost({ host, names }), place) : node(end, host, place)
  }) as [Node, Node]
  return named ? [a, node('dns-b', nameServer(startOf('b')), { at: [NAMES] }), b] : [a, b]
}

const variant = (design: MobikeDesign): Variant => ({
  ...described(design),
  ...(design.named ? { repairs: true } : {}),
  subject: subjectOf(design),
  expect: expectations[design.name] ?? {},
  nodes: (scenario) => nodesOf(design, scenario),
})

/** MOBIKE: an IKE SA whose ends move. */
export const mobike: Protocol = {
  name: 'mobike',
  title: 'MOBIKE: the addresses of an IKE SA are updated by its initiator',
  source: 'RFC 4555, RFC 7296',
  describe: describeMobike,
  options: { retransmissions: retransmissions(MOST_RETRIES) },
  variants: designs.map(variant),
}
