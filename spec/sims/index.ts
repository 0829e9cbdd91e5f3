import {
  addressIn,
  type Means,
  type Node,
  networkOf,
  node,
  probe,
  probeWith,
  type Scenario,
  type Subject,
  send,
  type Variant,
  type View,
} from '../index.ts'
import type { Protocol } from '../protocol.ts'
import { bothOnce, EAST, ENDS, type End, other, roaming, START, startOf, WEST } from '../roaming.ts'
import { type Agent, type AgentSettings, mobilityAgent } from './agent.ts'
import { expectations } from './expectations.ts'
import { agentAt, simsHost } from './host.ts'
import { intruder, type Knowledge } from './intruder.ts'
import { describeSims } from './messages.ts'

const base = roaming({
  timers: { 'attach lifetime': 'never', 'forged request': 'at will', 'replayed request': 'at will' },
})
const EVE = 'south-1/eve'
/** The option 'intruder': there is none. */
const NOBODY = 'nobody'

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('one-moves-twice-reordered', 'One host moves twice; packets overtake each other.', {
    moves: { a: WEST },
    links: 'bag',
  }),
  base.make('agent-crashes', 'One host moves; the agent of its old address may crash and come back.', {
    moves: { a: [WEST[0]] },
    crashes: { 'ma west-1': 1 },
  }),
  base.make('agent-crashes-lifetimes', 'The same; hosts attach again from time to time.', {
    moves: { a: [WEST[0]] },
    crashes: { 'ma west-1': 1 },
    timers: { 'attach lifetime': 'patient' },
  }),
  base.make('address-given-away', 'One host moves, and another is given the address that it has left.', {
    moves: { a: [WEST[0]], d: [{ network: START.a, address: startOf('a') }] },
  }),
  // Where a host is again, or another has its address, both it and an agent that still relays lay claim to what is for it.
  base.make('one-returns-agent-first', 'One host moves and may return; agents take packets first that they relay.', {
    moves: base.oneReturns.moves,
    takesFirst: 'agent',
  }),
  base.make(
    'address-given-away-agent-first',
    'One host moves, and another is given its address; agents take packets first that they relay.',
    {
      moves: { a: [WEST[0]], d: [{ network: START.a, address: startOf('a') }] },
      takesFirst: 'agent',
    },
  ),
  base.make('both-move-attacker', 'Both hosts move; an outsider asks for the sessions of one.', {
    moves: bothOnce,
    options: { intruder: 'nothing' },
  }),
  base.make(
    'both-move-attacker-was-visited',
    'The same; the intruder sees what the agent of a visited network is shown.',
    {
      moves: bothOnce,
      options: { intruder: 'what a visited agent is shown' },
    },
  ),
  base.make(
    'one-moves-on-attacker-was-visited',
    'One host moves twice; the intruder saw what the first agent was shown.',
    {
      moves: { a: WEST },
      options: { intruder: 'what a visited agent is shown' },
    },
  ),
  base.make('one-moves-twice-one-loss', 'One host moves twice; the network loses at most one packet.', {
    moves: { a: WEST },
    losses: 1,
  }),
]

/** As the agent of an address sees it: where its host is. */
const belief = (end: End) => ({
  holder: `ma ${START[end]}`,
  about: end,
  believes: (view: View) => {
    const relay = view.state<Agent>(`ma ${START[end]}`).out[startOf(end)]?.relay
    return relay === undefined ? startOf(end) : addressIn(networkOf(relay), relay === EVE ? 'eve' : end)
  },
})

/** 002 §IV  A session that begins now has the address of now: nothing of it is tunnelled on the way out. */
function newSessionsAreDirect(view: View): true | string {
  for (const end of ENDS) {
    const journey = probeWith(
      view,
      end,
      other(end),
      send({ kind: 'data' }, view.held(other(end))[0] ?? startOf(other(end))),
    )
    if ('via' in journey && journey.via.length > 0 && view.held(other(end)).length > 0) {
      return `a new session of ${end} goes by ${journey.via.join(', ')}`
    }
  }
  return true
}

/** 002 §IV-B  At each end that has moved an old session goes by two agents, the one of its address and the one here: a star, not a chain. */
function oneRelayEach(view: View): true | string {
  for (const end of ENDS) {
    const journey = probe(view, end, other(end))
    const most = 2 * ENDS.filter((one) => view.hasMoved(one)).length
    if ('via' in journey && journey.via.length > most) return `the session goes by ${journey.via.join(', ')}`
  }
  return true
}

/** Only the agent of the network that a host is in relays for it. */
function noRelayLeftBehind(view: View): true | string {
  for (const { name, agentOf } of view.layout.topology.nodes) {
    if (!name.startsWith('ma ')) continue
    for (const end of ENDS) {
      const relays = view.state<Agent>(name).in[startOf(end)] !== undefined
      const isThere = view.held(end).some((address) => agentOf.includes(networkOf(address)))
      if (relays && !isThere) return `${name} still relays for ${end}, which is not there`
    }
  }
  return true
}

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: ENDS.map(belief),
  always: {
    'new-sessions-are-direct': {
      means: 'Data of a session that begins after a move take no detour by an agent.',
      holds: newSessionsAreDirect,
    },
    'an-old-session-has-one-relay': {
      means:
        'Data of a session that is older than the moves go by two agents for each end that has moved, and not by a chain of them.',
      holds: oneRelayEach,
    },
  },
  finally: {
    'no-relay-is-left-behind': {
      means: 'In the end no agent relays for a host that is not in its network.',
      holds: noRelayLeftBehind,
    },
  },
  strangers: ['d', 'eve'],
  carriesData: true,
  forwards: true,
}

type Rules = Pick<AgentSettings, 'numbered' | 'credentials'>

function nodesOf(rules: Rules, scenario: Scenario): Node[] {
  const networks = ENDS.flatMap((end) => [
    START[end],
    ...(scenario.moves[end] ?? []).map((stop) => (typeof stop === 'string' ? stop : stop.network)),
  ])
  const host = (end: End) =>
    node(
      end,
      simsHost({
        start: startOf(end),
        peer: startOf(other(end)),
        boundCredentials: rules.credentials === 'of the request',
      }),
      { from: START[end] },
    )
  const agents = [...new Set([...networks, START.b, EAST[0]])].map((network) =>
    node(`ma ${network}`, mobilityAgent({ network, ...rules }), {
      at: [agentAt(addressIn(network, 'any'))],
      agentOf: [network],
    }),
  )
  const knows = scenario.options.intruder ?? NOBODY
  const eve =
    knows === NOBODY
      ? []
      : [
          node('eve', intruder(startOf('a'), EVE, knows as Knowledge), {
            at: [EVE],
            hears: knows === 'nothing' ? [] : [WEST[0]],
          }),
        ]
  const stranger = { start: null, step: (state: null) => [state, []] as const }
  const taker = scenario.moves.d === undefined ? [] : [node('d', stranger, { from: 'south-2' })]
  return [host('a'), ...agents, host('b'), ...eve, ...taker]
}

function variant(name: string, title: string, source: string, rules: Rules): Variant {
  const survivesBy: readonly Means[] = ['anchor']
  return {
    name,
    title,
    source,
    repairs: false,
    survivesBy,
    scenarios,
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => nodesOf(rules, scenario),
  }
}

/** Seamless Internet Mobility System: agents relay the sessions of old addresses. */
export const sims: Protocol = {
  name: 'sims',
  title: 'SIMS: sessions keep their address, and agents relay those of old ones',
  source: '002 §IV, §V',
  describe: describeSims,
  options: {
    intruder: {
      means: 'who asks for the sessions of a host is',
      default: NOBODY,
      values: [
        {
          value: 'what a visited agent is shown',
          means: 'an intruder who sees what the agent of a visited network is shown',
        },
        { value: 'nothing', means: 'an outsider who has seen nothing' },
        { value: NOBODY, means: 'that host alone' },
      ],
    },
  },
  variants: [
    variant('no-credentials', 'relay requests are numbered and believed', '002 §IV, without §V', {
      numbered: true,
      credentials: 'none',
    }),
    variant('credentials', 'a request shows the credential of the address', '002 §V', {
      numbered: true,
      credentials: 'of the address',
    }),
    variant('credentials-unnumbered', 'the same, without numbers, as the paper has it', '002 §V', {
      numbered: false,
      credentials: 'of the address',
    }),
    variant('bound-credentials', 'a credential is good for one relay and number only', 'not in 002: what §V lacks', {
      numbered: true,
      credentials: 'of the request',
    }),
  ],
}
