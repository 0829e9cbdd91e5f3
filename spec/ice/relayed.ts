import {
  type Address,
  type Node,
  networkOf,
  node,
  type Scenario,
  type Subject,
  type Variant,
  type View,
} from '../index.ts'
import { type Design, described } from '../protocol.ts'
import { EAST, ENDS, type End, other, roaming, START, sessionsOfEnds, startOf, triesIn } from '../roaming.ts'
import { type Agent, iceAgent } from './agent.ts'
import { expectations } from './expectations.ts'
import { type RelayedAgent, relayedAgent } from './relayed-agent.ts'
import { type Signalling, signallingServer } from './signalling.ts'
import { relayedAddress, relayOf, type TurnServer, turnServer, turnServerOf } from './turn-server.ts'

/** Fair loss needs offers that are sent for ever. */
const base = roaming({}, { timers: { 'session failure': 'never' }, options: { retransmissions: 'unlimited' } })
const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('other-moves', 'The other host moves once.', { moves: { b: [EAST[0]] } }),
]

interface RelayedDesign extends Design {
  /** Ends that have a TURN server; the other's candidate is its own address. */
  readonly relayed: readonly End[]
  /** RFC 8016. */
  readonly mobility: boolean
  readonly anchored: boolean
}

const designs: readonly RelayedDesign[] = [
  {
    name: 'relayed-five-tuple',
    title: 'both candidates are relayed, an allocation belongs to a five-tuple; offers go by the relays',
    source: 'RFC 8656 §2, §9; RFC 8445 §9',
    survivesBy: [],
    relayed: ENDS,
    mobility: false,
    anchored: false,
    scenarios,
  },
  {
    name: 'relayed-five-tuple-anchored',
    title: 'the same; offers go by a stationary server',
    source: 'RFC 8656 §2, §9; RFC 8839 §4.4',
    survivesBy: ['rendezvous'],
    relayed: ENDS,
    mobility: false,
    anchored: true,
    scenarios,
  },
  {
    name: 'relayed-mobility',
    title: 'both candidates are relayed, and allocations move with their clients',
    source: 'RFC 8016',
    survivesBy: ['anchor'],
    relayed: ENDS,
    mobility: true,
    anchored: false,
    scenarios,
  },
  {
    name: 'one-relayed-mobility',
    title: "a's candidate alone is relayed, and its allocation moves with it; offers go by the relay",
    source: 'RFC 8016; RFC 8656 §9',
    survivesBy: [],
    relayed: ['a'],
    mobility: true,
    anchored: false,
    scenarios,
  },
  {
    name: 'one-relayed-mobility-anchored',
    title: 'the same; offers go by a stationary server',
    source: 'RFC 8016; RFC 8656 §9; RFC 8839 §4.4',
    survivesBy: ['rendezvous'],
    relayed: ['a'],
    mobility: true,
    anchored: true,
    scenarios,
  },
]

const SIGNALLING = 'signalling/server'
const MOST_TRIES = 6

function subjectOf({ relayed, anchored }: RelayedDesign): Subject {
  const agentOf = (view: View, end: End): Agent =>
    relayed.includes(end) ? view.state<RelayedAgent>(end).agent : view.state<Agent>(end)
  /** Where what is sent to an address comes out: at the client of the allocation that it is of. */
  const comesOut = (view: View, address: Address): Address => {
    const relay = relayOf(address)
    return relay === null ? address : view.state<TurnServer>(`turn-${relay.end}`)[relay.number]!.client
  }
  return {
    ends: ['a', 'b'],
    beliefs: ENDS.map((end) => ({
      holder: end,
      about: other(end),
      believes: (view) => comesOut(view, agentOf(view, end).remote),
    })),
    ...(anchored
      ? {
          registrations: ENDS.map((end) => ({
            holder: 'signalling',
            about: end,
            believes: (view: View) => view.state<Signalling>('signalling').at[end]!.address,
          })),
        }
      : {}),
    sessions: sessionsOfEnds(
      (state) => (state as Partial<RelayedAgent>).agent?.closed ?? (state as Agent).closed ?? null,
    ),
    carriesData: true,
  }
}

function nodesOf({ relayed, mobility, anchored }: RelayedDesign, scenario: Scenario): Node[] {
  const candidate = (end: End): Address => (relayed.includes(end) ? relayedAddress(end, 0) : startOf(end))
  const signalling = anchored ? SIGNALLING : null
  const host = (end: End): Node => {
    const agent = iceAgent({
      name: end,
      start: candidate(end),
      peer: candidate(other(end)),
      server: signalling,
      glare: 'both reject',
      longBackOff: end === 'a',
      tries: triesIn(scenario, MOST_TRIES),
    })
    const place = { from: START[end] }
    if (!relayed.includes(end)) return node(end, agent, place)
    return node(end, relayedAgent({ end, start: startOf(end), agent, signalling, mobility }), place)
  }
  const server = (end: End): Node => {
    const allocations = mobility ? 1 : 1 + (scenario.moves[end]?.length ?? 0)
    const start = { client: startOf(end), number: 0, permissions: [networkOf(candidate(other(end)))] }
    const relays = Array.from({ length: allocations }, (_, number) => relayedAddress(end, number))
    return node(`turn-${end}`, turnServer({ end, start }), { at: [turnServerOf(end), ...relays] })
  }
  const at = Object.fromEntries(ENDS.map((end) => [end, { address: startOf(end), number: 0 }]))
  const middle = anchored ? [node('signalling', signallingServer(at), { at: [SIGNALLING] })] : []
  return [host('a'), ...relayed.map(server), ...middle, host('b')]
}

/** ICE with TURN relays. */
export const relayedVariants: readonly Variant[] = designs.map((design) => ({
  ...described(design),
  subject: subjectOf(design),
  expect: expectations[design.name] ?? {},
  nodes: (scenario) => nodesOf(design, scenario),
}))
