import { type Means, type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import {
  agentOf,
  beliefsOfEnds,
  beliefsOfServers,
  bothOnce,
  ENDS,
  type End,
  homeOf,
  networksLeft,
  other,
  roaming,
  START,
  startOf,
} from '../roaming.ts'
import { type ForeignAgentSettings, foreignAgent, type HomeAgent, homeAgent } from './agents.ts'
import { expectations } from './expectations.ts'
import { describeMipRo } from './messages.ts'
import { type MobileNode, mobileNode } from './mobile-node.ts'

/** Unless a scenario says otherwise, no binding and no registration runs out. */
const base = roaming({ timers: { 'binding lifetime': 'never', 'registration lifetime': 'never' } })

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('both-move-lifetimes-expire', 'Both hosts move; bindings run out, again and again.', {
    moves: bothOnce,
    timers: { 'binding lifetime': 'eager' },
  }),
  { ...base.oneReturnsAndLeaves, pace: 'settled' },
  base.make('home-agent-crashes', 'Both hosts move; a home agent may crash.', {
    moves: bothOnce,
    crashes: { 'ha-a': 1 },
  }),
  base.make('home-agent-crashes-lifetimes', 'The same; hosts register again before their lifetime ends.', {
    moves: bothOnce,
    crashes: { 'ha-a': 1 },
    timers: { 'registration lifetime': 'patient' },
  }),
]

/** The agent of the network that is left: it may crash before it was notified, or after. */
const previousAgentCrashes = base.make(
  'previous-agent-crashes',
  "Both hosts move; one's previous foreign agent may crash.",
  { moves: bothOnce, crashes: { [`fa ${START.a}`]: 1 } },
)

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<MobileNode>((mn) => mn.cache?.careOf ?? null),
  registrations: beliefsOfServers<HomeAgent>('ha', (ha) => ha.careOf),
  carriesData: true,
  forwards: true,
}

interface Design extends ForeignAgentSettings {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly survivesBy: readonly Means[]
}

const designs: readonly Design[] = [
  {
    name: 'plain',
    title: 'bindings in caches; foreign agents do nothing for those who have left',
    source: 'draft-ietf-mobileip-optim §2; 000 §III.A',
    survivesBy: [],
    forwards: false,
    warns: false,
    tunnelsHome: false,
  },
  {
    name: 'forwarding-only',
    title: 'the previous foreign agent is notified and forwards',
    source: 'draft-ietf-mobileip-optim §2.3; 000 §IV.B',
    survivesBy: ['forwarder'],
    forwards: true,
    warns: false,
    tunnelsHome: false,
  },
  {
    name: 'warning-only',
    title: 'the previous foreign agent warns the home agent, which tells the correspondent',
    source: 'draft-ietf-mobileip-optim §2.2; 000 §IV.B',
    survivesBy: ['anchor'],
    forwards: false,
    warns: true,
    tunnelsHome: false,
  },
  {
    name: 'forwarding-and-warning',
    title: 'both',
    source: '000 §IV.B',
    survivesBy: ['forwarder', 'anchor'],
    forwards: true,
    warns: true,
    tunnelsHome: false,
  },
  {
    name: 'special-tunnel',
    title: 'both; what cannot be forwarded goes to the home agent in a special tunnel',
    source: 'draft-ietf-mobileip-optim §2.4',
    survivesBy: ['forwarder', 'anchor'],
    forwards: true,
    warns: true,
    tunnelsHome: true,
  },
]

/** Whether foreign agents do anything for those who have left. */
const looksAfter = (design: Design): boolean => design.forwards || design.warns || design.tunnelsHome

function nodesOf(design: Design, scenario: Scenario): Node[] {
  const host = (end: End): Node =>
    node(
      end,
      mobileNode({
        start: startOf(end),
        home: homeOf(end),
        homeAgent: agentOf(end),
        peerHome: homeOf(other(end)),
        peerStart: startOf(other(end)),
        notifies: design.forwards,
      }),
      { from: START[end] },
    )
  const agents = ENDS.map((end) =>
    node(`ha-${end}`, homeAgent(homeOf(end), startOf(end)), { at: [agentOf(end)], agentOf: [`home-${end}`] }),
  )
  const foreign = (looksAfter(design) ? networksLeft(scenario) : []).map((network) =>
    node(`fa ${network}`, foreignAgent(design), { at: [`${network}/fa`], agentOf: [network] }),
  )
  return [host('a'), ...agents, host('b'), ...foreign]
}

/** Mobile IP with route optimization between two mobile nodes. */
export const mipRo: Protocol = {
  name: 'mip-ro',
  title: 'Mobile IP with route optimization: binding caches, warnings, previous foreign agents',
  source: 'draft-ietf-mobileip-optim; 000 §III.A, §IV.B',
  describe: describeMipRo,
  variants: designs.map(
    (design): Variant => ({
      name: design.name,
      title: design.title,
      source: design.source,
      repairs: design.survivesBy.length > 0,
      survivesBy: design.survivesBy,
      scenarios: looksAfter(design) ? [...scenarios, previousAgentCrashes] : scenarios,
      subject,
      expect: expectations[design.name] ?? {},
      nodes: (scenario) => nodesOf(design, scenario),
    }),
  ),
}
