import { type Means, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  ENDS,
  other,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { type Agent, type Glare, iceAgent } from './agent.ts'
import { expectations } from './expectations.ts'
import { describeIce } from './messages.ts'
import { relayedVariants } from './relayed.ts'
import { type Signalling, signallingServer } from './signalling.ts'

/** Fair loss needs offers that are sent for ever. */
const base = roaming({}, { timers: { 'session failure': 'never' }, options: { retransmissions: 'unlimited' } })

/** Signalling that says nothing twice. */
const once = (s: Scenario): Scenario => ({ ...s, timers: { ...s.timers, 'offer retry': 'never' } })

interface Design {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly survivesBy: readonly Means[]
  readonly anchored: boolean
  readonly glare: readonly [Glare, Glare]
  readonly scenarios: readonly Scenario[]
}

const designs: readonly Design[] = [
  {
    name: 'unanchored',
    title: "offers go straight to the other's candidate",
    source: 'RFC 8445 §9, with signalling on the path of the media',
    survivesBy: [],
    anchored: false,
    glare: ['both reject', 'both reject'],
    scenarios: base.standard,
  },
  {
    name: 'anchored-once',
    title: 'offers go by a stationary server, and are sent once',
    source: 'RFC 8445 §9, RFC 8839 §4.4',
    survivesBy: [],
    anchored: true,
    glare: ['both reject', 'both reject'],
    scenarios: base.standard.map(once),
  },
  {
    name: 'anchored-rejection',
    title: 'offers go by a stationary server; on glare both reject and back off',
    source: 'RFC 8839 §4.4, RFC 3264 §4, RFC 3261 §14.1',
    survivesBy: ['rendezvous'],
    anchored: true,
    glare: ['both reject', 'both reject'],
    scenarios: base.standard,
  },
  {
    name: 'anchored-rollback',
    title: 'the same; on glare b gives way and a ignores',
    source: 'RFC 9429 §4.1.10.2 (rollback): perfect negotiation',
    survivesBy: ['rendezvous'],
    anchored: true,
    glare: ['ignore', 'give way'],
    scenarios: base.standard,
  },
  {
    name: 'anchored-both-ignore',
    title: 'the same; on glare both ignore',
    source: 'RFC 9429, with two impolite ends',
    survivesBy: [],
    anchored: true,
    glare: ['ignore', 'ignore'],
    scenarios: base.standard,
  },
]

const SERVER = 'signalling/server'
const MOST_TRIES = 6

function variant(design: Design): Variant {
  const subject: Subject = {
    ends: ['a', 'b'],
    beliefs: beliefsOfEnds<Agent>((agent) => agent.remote),
    ...(design.anchored
      ? {
          registrations: ENDS.map((end) => ({
            holder: 'signalling',
            about: end,
            believes: (view) => view.state<Signalling>('signalling').at[end]!.address,
          })),
        }
      : {}),
    sessions: sessionsOfEnds<Agent>((agent) => agent.closed),
    carriesData: true,
  }
  const at = Object.fromEntries(ENDS.map((end) => [end, { address: startOf(end), number: 0 }]))
  return {
    name: design.name,
    title: design.title,
    source: design.source,
    repairs: design.anchored,
    survivesBy: design.survivesBy,
    scenarios: design.scenarios,
    subject,
    expect: expectations[design.name] ?? {},
    nodes: (scenario) => {
      const [a, b] = ENDS.map((end, i) =>
        node(
          end,
          iceAgent({
            name: end,
            start: startOf(end),
            peer: startOf(other(end)),
            server: design.anchored ? SERVER : null,
            glare: design.glare[i]!,
            longBackOff: end === 'a',
            tries: triesIn(scenario, MOST_TRIES),
          }),
          { from: START[end] },
        ),
      )
      return [a!, ...(design.anchored ? [node('signalling', signallingServer(at), { at: [SERVER] })] : []), b!]
    },
  }
}

/** ICE restart after a move. */
export const ice: Protocol = {
  name: 'ice',
  title: 'ICE restart, over signalling with and without an anchor, and with relays',
  source: 'RFC 8445 §9, RFC 8839 §4.4, RFC 9429; RFC 8656, RFC 8016',
  describe: describeIce,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: [...designs.map(variant), ...relayedVariants],
}
