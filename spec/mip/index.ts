import { type Node, networkOf, node, probe, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import {
  agentOf,
  bothOnce,
  EAST,
  ENDS,
  type End,
  homeOf,
  makeBeforeBreak,
  other,
  roaming,
  START,
  startOf,
  WEST,
} from '../roaming.ts'
import { foreignAgent, type HomeAgent, homeAgent } from './agents.ts'
import { expectations } from './expectations.ts'
import { describeMip, sections } from './messages.ts'
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

/** The agent of the network that the host goes to may crash, before it arrives or after. */
const agentCrashes: Partial<Scenario> = { moves: { a: [WEST[0]] }, crashes: { [`fa ${WEST[0]}`]: 1 } }
const byForeignAgentToo: readonly Scenario[] = [
  ...scenarios,
  base.make('foreign-agent-crashes', 'One host moves; its foreign agent may crash, and advertises nothing.', {
    ...agentCrashes,
    timers: { 'agent advertisement': 'never' },
  }),
  base.make('foreign-agent-crashes-advertises', 'The same; once back, it advertises itself.', agentCrashes),
]

/** Long enough for a round trip; or given up at any time. */
const overlapping: readonly Scenario[] = [
  ...makeBeforeBreak(base.standard).map((s): Scenario => ({ ...s, overlap: 'round-trip' })),
  base.make('both-move-overlap-any', 'Both hosts move; the old address may be given up at any time.', {
    moves: bothOnce,
    movement: 'make-before-break',
    overlap: 'any',
  }),
]

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
  always: {
    'no-data-are-lost-in-a-handoff': {
      in: ['both-move-overlap-any'],
      means: 'At no moment of a handoff would data that either end sends be lost.',
      holds: (view) => {
        const lost = [probe(view, 'a', 'b'), probe(view, 'b', 'a')].find(({ end }) => end === 'lost')
        return lost === undefined ? true : 'data would be lost now'
      },
    },
  },
}

interface Rules {
  readonly byForeignAgent: boolean
  /** The S bit: not set, granted by the home agent, or answered by code 1. */
  readonly simultaneous: 'no' | 'granted' | 'refused'
}

const linkOf = (network: string) => ENDS.map((end) => `${network}/${end}`)

function nodesOf({ byForeignAgent, simultaneous }: Rules, scenario: Scenario): Node[] {
  const hosts = (end: End): Node =>
    node(
      end,
      mobileNode({
        start: startOf(end),
        home: homeOf(end),
        homeAgent: agentOf(end),
        peerHome: homeOf(other(end)),
        byForeignAgent,
        simultaneous: simultaneous !== 'no',
      }),
      { from: START[end] },
    )
  const agents = ENDS.map((end) =>
    node(
      `ha-${end}`,
      homeAgent(homeOf(end), byForeignAgent ? `${START[end]}/fa` : startOf(end), simultaneous === 'granted'),
      {
        at: [agentOf(end)],
        agentOf: [`home-${end}`],
      },
    ),
  )
  const visited = ENDS.flatMap((end) =>
    [START[end], ...(scenario.moves[end] ?? [])].map((stop) => ({
      network: typeof stop === 'string' ? stop : stop.network,
      visitors: stop === START[end] ? { [homeOf(end)]: startOf(end) } : {},
    })),
  ).filter(({ network }, i, all) => !network.startsWith('home-') && all.findIndex((v) => v.network === network) === i)
  const foreign = byForeignAgent
    ? visited.map(({ network, visitors }) =>
        node(`fa ${network}`, foreignAgent(`${network}/fa`, visitors, linkOf(network)), { at: [`${network}/fa`] }),
      )
    : []
  return [hosts('a'), ...agents, hosts('b'), ...foreign]
}

/** Within how many steps a double jump is mended; by a foreign agent, registrations take a hop more each way. */
const STEPS: Readonly<Record<string, number>> = { 'co-located': 3, 'foreign-agent': 6 }

function variant(name: string, title: string, source: string, rules: Rules): Variant {
  const steps = STEPS[name]
  const overlaps = rules.simultaneous !== 'no'
  return {
    name,
    title,
    source,
    repairs: false,
    survivesBy: ['anchor'],
    scenarios: overlaps ? overlapping : rules.byForeignAgent ? byForeignAgentToo : scenarios,
    subject: steps === undefined ? subject : { ...subject, within: { 'both-move': steps } },
    expect: expectations[name] ?? {},
    nodes: (scenario) => nodesOf(rules, scenario),
  }
}

/** Mobile IPv4 between two hosts that both roam: each knows the other's home address only. */
export const mip: Protocol = {
  name: 'mip',
  title: 'Mobile IPv4 between two mobile nodes, by their home agents',
  source: 'RFC 5944; 000 §II, §III.A',
  describe: describeMip,
  sections,
  variants: [
    variant('co-located', 'with a co-located care-of address', 'RFC 5944 §1.7, §3.6', {
      byForeignAgent: false,
      simultaneous: 'no',
    }),
    variant('foreign-agent', "with a foreign agent's care-of address", 'RFC 5944 §1.7, §3.7', {
      byForeignAgent: true,
      simultaneous: 'no',
    }),
    variant(
      'simultaneous-bindings',
      'make before break; the home agent tunnels to both addresses',
      'RFC 5944 §3.3 (S bit), §3.8.3.1; 000 §IV.C',
      {
        byForeignAgent: false,
        simultaneous: 'granted',
      },
    ),
    variant(
      'simultaneous-bindings-refused',
      'the same; the home agent answers code 1 and keeps one address',
      'RFC 5944 §3.4 (code 1); 000 §IV.C',
      {
        byForeignAgent: false,
        simultaneous: 'refused',
      },
    ),
  ],
}
