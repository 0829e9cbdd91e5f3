import { type Address, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type Design, described, type Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  EAST,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { type Host, mobikeHost } from './host.ts'
import { describeMobike } from './messages.ts'

/** Fair loss needs requests that are sent for ever. */
const base = roaming({}, { timers: { 'IKE SA time-out': 'never' }, options: { retransmissions: 'unlimited' } })

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('responder-moves', 'The responder alone moves.', { moves: { b: [EAST[0]] } }),
]

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Host>((host) => host.peerAt),
  sessions: sessionsOfEnds<Host>((host) => host.closed),
  carriesData: true,
}

/** More than a few tries only repeat the last state. */
const MOST_RETRIES = 12

interface MobikeDesign extends Design {
  /** Who has a second interface, which stays where it is. */
  readonly multihomed?: End
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
    scenarios: makeBeforeBreak(scenarios),
  },
]

function variant(design: MobikeDesign): Variant {
  const also = (end: End): readonly Address[] => (design.multihomed === end ? [`second-${end}/${end}`] : [])
  return {
    ...described(design),
    subject,
    expect: expectations[design.name] ?? {},
    nodes: (scenario) =>
      ENDS.map((end) =>
        node(
          end,
          mobikeHost({
            role: end === 'a' ? 'initiator' : 'responder',
            start: startOf(end),
            peer: startOf(other(end)),
            also: also(end),
            peerAlso: also(other(end)),
            retries: triesIn(scenario, MOST_RETRIES),
          }),
          { from: START[end], keeps: also(end) },
        ),
      ),
  }
}

/** MOBIKE: an IKE SA whose ends move. */
export const mobike: Protocol = {
  name: 'mobike',
  title: 'MOBIKE: the addresses of an IKE SA are updated by its initiator',
  source: 'RFC 4555, RFC 7296',
  describe: describeMobike,
  options: { retransmissions: retransmissions(MOST_RETRIES) },
  variants: designs.map(variant),
}
