import { type Node, node, redirector, type Scenario, type Subject, type Variant, type View } from '../index.ts'
import { agentOf, ENDS, type End, homeOf, networksLeft, other, START } from '../roaming.ts'
import { attacker, POSITIONS, type Position } from './attacker.ts'
import type { Design } from './design.ts'
import { bufferingForwarder } from './forwarder.ts'
import { type HomeAgent, type HomeAgentSettings, homeAgent } from './home-agent.ts'
import { mobileNode } from './mobile-node.ts'
import type { MobileNode, MobileNodeSettings } from './mobile-node-state.ts'
import * as scenarios from './scenarios.ts'

const EVE = 'south/eve'

const bySeed = { signalling: 'care-of' } as const
const byRfc = { signalling: 'home' } as const
const expedited = { expedited: true } as const
const forSmart = [scenarios.bothMoveReorderedNoRetransmission, scenarios.shortTimers]
const smart = [...scenarios.common, ...forSmart]
const smartWithFullTests = [...scenarios.commonWithout('both-move-twice'), ...forSmart]

/** Full return routability, kept messages and these scenarios together make millions of states. */
const LARGE_WITH_FULL_TESTS = [
  'both-move-one-twice',
  'both-move-fair-loss',
  'both-move-reordered',
  'both-move-reordered-no-retransmission',
]

const designs: readonly Design[] = [
  {
    name: 'tunnel',
    title: 'bidirectional tunnelling by the home agents',
    source: 'RFC 6275 §4.1, §11.3.1',
    repairs: false,
    survivesBy: ['anchor'],
    mobileNode: { signalling: 'none' },
    scenarios: [...scenarios.common, ...scenarios.attacked],
  },
  {
    name: 'ro-seed',
    title: "route optimization, signalling to the peer's care-of address",
    source: '004 §III, Figs 1 and 3',
    repairs: false,
    survivesBy: [],
    mobileNode: bySeed,
    scenarios: [...scenarios.common, scenarios.lifetimesExpire],
  },
  {
    name: 'ro-seed-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: '004 §II.B, §III.C',
    repairs: false,
    survivesBy: [],
    direct: true,
    mobileNode: { ...bySeed, ...expedited },
    scenarios: [...scenarios.common, scenarios.nonceExpires],
  },
  {
    name: 'ro-rfc',
    title: "route optimization, signalling to the peer's home address",
    source: 'RFC 6275 §6.1.1, §9, §11.7, §11.8',
    repairs: false,
    survivesBy: ['anchor'],
    mobileNode: byRfc,
    scenarios: [...scenarios.common, ...scenarios.attacked, scenarios.attackerBehindFilter],
  },
  {
    name: 'ro-rfc-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: 'RFC 6275 §11.7.2; 004 §II.B',
    repairs: false,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited },
    scenarios: [...scenarios.common, scenarios.nonceExpires],
  },
  {
    name: 'forwarding',
    title: 'ro-seed, with forwarders in the networks that were left',
    source: '004 §IV.A, Fig. 4',
    repairs: true,
    survivesBy: ['forwarder'],
    mobileNode: bySeed,
    forwarders: 'at once',
    scenarios: scenarios.common,
  },
  {
    name: 'forwarding-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: '004 §IV.A, §II.B',
    repairs: true,
    survivesBy: ['forwarder'],
    mobileNode: { ...bySeed, ...expedited },
    forwarders: 'at once',
    scenarios: [...scenarios.common, scenarios.returnsAndLeaves],
  },
  {
    name: 'forwarding-buffered-expedited',
    title: 'the same; a forwarder keeps what comes before it is told where to send it',
    source: '004 §IV.A; RFC 5568 §6.2.3',
    repairs: true,
    survivesBy: ['forwarder'],
    mobileNode: { ...bySeed, ...expedited },
    forwarders: 'buffering',
    scenarios: [...scenarios.common, scenarios.returnsAndLeaves, scenarios.shortTimers],
  },
  {
    name: 'stationary-proxies',
    title: 'ro-seed, with home agents that keep, ask and send again',
    source: '004 §IV.B, Fig. 5',
    repairs: true,
    survivesBy: ['rendezvous'],
    mobileNode: { ...bySeed, byProxy: true },
    scenarios: scenarios.commonWithout(
      'both-move-twice',
      'both-move-one-twice',
      'both-move-fair-loss',
      'both-move-reordered',
    ),
    large: ['both-move-one-loss', 'both-move-atomic', 'both-move-no-retransmission'],
  },
  {
    name: 'stationary-proxies-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: '004 §IV.B, §II.B',
    repairs: true,
    survivesBy: ['rendezvous'],
    mobileNode: { ...bySeed, ...expedited, byProxy: true },
    scenarios: [...scenarios.commonWithout('both-move-twice'), scenarios.shortTimers],
    large: ['both-move-reordered'],
  },
  {
    name: 'home-address',
    title: 'signalling to the home address, smart re-forwarding at both home agents',
    source: '004 §IV.C, Fig. 6',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: byRfc,
    reForwards: ENDS,
    scenarios: smartWithFullTests,
    large: LARGE_WITH_FULL_TESTS,
  },
  {
    name: 'home-address-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: '004 §IV.C, §II.B',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited },
    reForwards: ENDS,
    scenarios: [...smart, scenarios.bothMoveOneReturns],
    large: ['both-move-twice'],
  },
  {
    name: 'home-address-expedited-by-address',
    title: 'the same; whether the peer has moved is told from its address',
    source: '004 §IV.C, to the letter',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited },
    reForwards: ENDS,
    movedBy: 'address',
    scenarios: scenarios.quickReturn,
  },
  {
    name: 'home-address-one-agent',
    title: "smart re-forwarding at a's home agent alone; a mobile node resends when it learns where the peer is",
    source: '004 §IV.C, last paragraph but one',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, resendsOnPeerUpdate: true },
    reForwards: ['a'],
    scenarios: smartWithFullTests.filter((s) => s.name !== 'both-move-one-twice'),
    large: LARGE_WITH_FULL_TESTS.filter((name) => name !== 'both-move-one-twice'),
  },
  {
    name: 'home-address-one-agent-expedited',
    title: 'the same, with a recent home keygen token used again',
    source: '004 §IV.C, §II.B',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited, resendsOnPeerUpdate: true },
    reForwards: ['a'],
    scenarios: smart,
    large: ['both-move-twice'],
  },
  {
    name: 'home-address-one-agent-expedited-awaits-home',
    title: 'the same; b, whose agent does not re-forward, signals when that has acknowledged where it is',
    source: "004 §IV.C; 'await' is ours (RFC 6275 §11.7.1 lets either)",
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited, resendsOnPeerUpdate: true },
    only: { b: { awaitsHome: true } },
    reForwards: ['a'],
    scenarios: smart,
    large: ['both-move-twice'],
  },
  {
    name: 'home-address-one-agent-expedited-to-care-of',
    title: "the same; a, whose peer's agent does not re-forward, always signals to the peer's care-of address",
    source: '004 §IV.C, last paragraph but one; ours',
    repairs: true,
    survivesBy: ['anchor'],
    mobileNode: { ...byRfc, ...expedited, resendsOnPeerUpdate: true },
    only: { a: bySeed },
    reForwards: ['a'],
    scenarios: smart,
    large: ['both-move-twice'],
  },
]

function nodesOf(design: Design, scenario: Scenario): Node[] {
  const given = scenario.options.retransmissions
  const mobile = (end: End): Node => {
    const settings: MobileNodeSettings = {
      name: end,
      start: `${START[end]}/${end}`,
      home: homeOf(end),
      homeAgent: agentOf(end),
      peer: { name: other(end), start: `${START[other(end)]}/${other(end)}`, home: homeOf(other(end)) },
      expedited: false,
      retransmissions: typeof given === 'number' ? given : 'unlimited',
      ...(design.forwarders === undefined ? {} : { tellsForwarder: true }),
      ...design.mobileNode,
      ...design.only?.[end],
    }
    return node(end, mobileNode(settings), { from: START[end] })
  }
  const agent = (end: End): Node => {
    const settings: HomeAgentSettings = {
      home: homeOf(end),
      start: `${START[end]}/${end}`,
      peerAgent: agentOf(other(end)),
      reForwards: design.reForwards?.includes(end) === true,
      movedBy: design.movedBy ?? 'registration',
    }
    return node(`ha-${end}`, homeAgent(settings), { at: [agentOf(end)], agentOf: [`home-${end}`] })
  }
  const forwarders = (design.forwarders === undefined ? [] : networksLeft(scenario)).map((network) => {
    const at = `${network}/forwarder`
    const place = { at: [at], agentOf: [network] }
    return design.forwarders === 'buffering'
      ? node(`forwarder ${network}`, bufferingForwarder(at), place)
      : node(`forwarder ${network}`, redirector('tunnel'), place)
  })
  const position = scenario.options.attacker as Position | undefined
  const eve =
    position === undefined
      ? []
      : [
          node(
            'eve',
            attacker({
              here: EVE,
              victimHome: homeOf('a'),
              correspondentHome: homeOf('b'),
              filtered: scenario.options[scenarios.FILTER] === true ? agentOf('a') : null,
            }),
            { at: [EVE], hears: POSITIONS[position] },
          ),
        ]
  return [mobile('a'), agent('a'), agent('b'), mobile('b'), ...forwarders, ...eve]
}

function subjectOf(design: Design): Subject {
  const registrations: Subject['beliefs'] = ENDS.map((end) => ({
    holder: `ha-${end}`,
    about: end,
    believes: (view) => view.state<HomeAgent>(`ha-${end}`).binding.coa,
  }))
  // Without route optimization no end knows where the other is: the home agents' bindings are what there is.
  if (design.mobileNode.signalling === 'none') {
    return { ends: ['a', 'b'], beliefs: registrations, carriesData: true, forwards: true, strangers: ['eve'] }
  }
  return {
    ends: ['a', 'b'],
    beliefs: ENDS.map((end) => ({
      holder: end,
      about: other(end),
      believes: (view) => view.state<MobileNode>(end).cache?.coa ?? null,
    })),
    registrations,
    strangers: ['eve'],
    carriesData: true,
    forwards: design.direct !== true,
    always: {
      'no-home-agent-helps-to-forge': {
        in: [scenarios.attackerBehindFilter.name],
        means: 'A home agent sends on in the name of its mobile node only what that has sent.',
        // a stays where it is, so that it tests nothing: whatever comes out of the tunnel is forged.
        holds: (view) =>
          view.inFlight().every(({ source, message }) => message.kind !== 'HoTI' || source !== homeOf('a')) ||
          'a test that a never sent is on its way',
      },
    },
    ...(design.repairs
      ? {}
      : {
          sightings: {
            'both-return-routabilities-hang': {
              in: ['both-move'],
              means: 'It can come about that both return routability tests wait for ever (004 Fig. 1).',
              sees: (view: View) => hangs(view, ['testing', 'testing']),
            },
            'an-update-is-lost-after-return-routability': {
              in: ['both-move'],
              means:
                'It can come about that a binding update is lost though its return routability test was answered (004 Fig. 3).',
              sees: (view: View) => hangs(view, ['updating', 'testing']),
            },
          },
        }),
  }
}

/** Figs 1 and 3 of 004: both have moved, nothing is in flight, and the registrations of the two hang at these stages. */
function hangs(view: View, stages: readonly ['testing' | 'updating', 'testing']): true | string {
  const found = ENDS.map((end) => view.state<MobileNode>(end).registration?.stage)
  const matches = stages.every((stage, i) => found[i] === stage) || stages.every((stage, i) => found[1 - i] === stage)
  if (!matches) return `the registrations are at ${found.map((stage) => stage ?? 'their end').join(' and ')}`
  if (!ENDS.every((end) => view.hasMoved(end))) return 'not both have moved'
  return view.isQuiet() ? true : 'something is in flight'
}

export function variants(expect: Readonly<Record<string, Variant['expect']>>): Variant[] {
  return designs.map((design) => ({
    name: design.name,
    title: design.title,
    source: design.source,
    repairs: design.repairs,
    survivesBy: design.survivesBy,
    nodes: (scenario) => nodesOf(design, scenario),
    subject: subjectOf(design),
    scenarios: design.scenarios,
    large: design.large ?? [],
    expect: expect[design.name] ?? {},
  }))
}
