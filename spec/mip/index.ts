import { type Node, networkOf, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import { bothOnce, EAST, ENDS, type End, other, roaming, START, startOf, WEST } from '../roaming.ts'
import { foreignAgent, type HomeAgent, homeAgent } from './agents.ts'
import { expectations } from './expectations.ts'
import { describeMip } from './messages.ts'
import { mobileNode } from './mobile-node.ts'

/** Unless a scenario says otherwise, no registration runs out: what is looked at is shorter than 1800 s. */
const base = roaming({ timers: { 'registration lifetime': 'never' } })

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('both-move-no-retransmission', 'Both hosts move, one packet may be lost, and nothing is sent again.', {
    moves: bothOnce,
    losses: 1,
    timers: { 'registration retransmission': 'never' },
  }),
  base.make('one-returns-home', 'One host returns to its home network, and leaves it again.', {
    moves: { a: ['home-a', WEST[0]], b: [EAST[0]] },
  }),
  base.make('home-agent-crashes', 'One host moves; a home agent may crash and come back.', {
    moves: { a: [WEST[0]] },
    crashes: { 'ha-a': 1 },
  }),
  base.make('home-agent-crashes-lifetimes', 'The same; hosts register again before their lifetime ends.', {
    moves: { a: [WEST[0]] },
    crashes: { 'ha-a': 1 },
    timers: { 'registration lifetime': 'patient' },
  }),
]

const homeOf = (end: End) => `home-${end}/${end}`
const agentOf = (end: End) => `home-${end}/ha`

/** A home agent that knows of no care-of address takes its host to be at home; a foreign agent's address means its network. */
const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: ENDS.map((end) => ({
    holder: `ha-${end}`,
    about: end,
    believes: (view) => {
      const { careOf } = view.state<HomeAgent>(`ha-${end}`)
      if (careOf === null) return homeOf(end)
      return careOf.endsWith('/fa') ? `${networkOf(careOf)}/${end}` : careOf
    },
  })),
  carriesData: true,
  forwards: true,
}

function nodesOf(byForeignAgent: boolean, scenario: Scenario): Node[] {
  const hosts = (end: End): Node =>
    node(
      end,
      mobileNode({
        start: startOf(end),
        home: homeOf(end),
        homeAgent: agentOf(end),
        peerHome: homeOf(other(end)),
        byForeignAgent,
      }),
      { from: START[end] },
    )
  const agents = ENDS.map((end) =>
    node(`ha-${end}`, homeAgent(homeOf(end), byForeignAgent ? `${START[end]}/fa` : startOf(end)), {
      at: [agentOf(end)],
      agentOf: [`home-${end}`],
    }),
  )
  const visited = ENDS.flatMap((end) =>
    [START[end], ...(scenario.moves[end] ?? [])].map((stop) => ({
      network: typeof stop === 'string' ? stop : stop.network,
      visitors: stop === START[end] ? { [homeOf(end)]: startOf(end) } : {},
    })),
  ).filter(({ network }, i, all) => !network.startsWith('home-') && all.findIndex((v) => v.network === network) === i)
  const foreign = byForeignAgent
    ? visited.map(({ network, visitors }) =>
        node(`fa ${network}`, foreignAgent(`${network}/fa`, visitors), { at: [`${network}/fa`] }),
      )
    : []
  return [hosts('a'), ...agents, hosts('b'), ...foreign]
}

function variant(name: string, title: string, source: string, byForeignAgent: boolean): Variant {
  return {
    name,
    title,
    source,
    repairs: false,
    survivesBy: ['anchor'],
    scenarios,
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => nodesOf(byForeignAgent, scenario),
  }
}

/** Mobile IPv4 between two hosts that both roam: each knows the other's home address only. */
export const mip: Protocol = {
  name: 'mip',
  title: 'Mobile IPv4 between two mobile nodes, by their home agents',
  source: 'RFC 5944; 000 §II, §III.A',
  describe: describeMip,
  variants: [
    variant('co-located', 'with a co-located care-of address', 'RFC 5944 §1.7, §3.6', false),
    variant('foreign-agent', "with a foreign agent's care-of address", 'RFC 5944 §1.7, §3.7', true),
  ],
}
