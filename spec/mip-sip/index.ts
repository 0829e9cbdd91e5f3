import { node, probeWith, type Scenario, type Subject, send, type Variant, type View } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import {
  agentOf,
  beliefsOfEnds,
  beliefsOfServers,
  ENDS,
  type End,
  homeOf,
  other,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
  WEST,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { describeMipSip } from './messages.ts'
import { type MobileNode, mobileNode } from './mobile-node.ts'
import { type HomeAgent, homeAgent, type Registrar, registrar } from './servers.ts'

/** RFC 3261 §17.1.1.2: before Timer B fires, Timer A has sent an INVITE again six times. */
const MOST_TRIES = 6

/** Fair loss needs requests that are sent for ever. */
const base = roaming({}, { timers: { 'INVITE time-out': 'never' }, options: { retransmissions: 'unlimited' } })

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('one-moves-twice-reordered', 'One host moves twice; packets overtake each other.', {
    moves: { a: WEST },
    links: 'bag',
  }),
  base.make('one-moves-twice-one-loss', 'One host moves twice; the network loses at most one packet.', {
    moves: { a: WEST },
    losses: 1,
  }),
]

const registrarOf = (end: End) => `home-${end}/registrar`

/** What a TCP segment would meet: sent to the home address, from the home address. */
function tcpFlows(view: View): true | string {
  for (const end of ENDS) {
    const segment = send({ kind: 'TCP segment' }, homeOf(other(end)), homeOf(end))
    const journey = probeWith(view, end, other(end), segment)
    if (journey.end !== 'arrives') return `TCP from ${end} to ${other(end)} is lost`
  }
  return true
}

/** 001 §3  The registrar, the home agent and the other end all have the same address for a host. */
function allAgree(view: View): true | string {
  for (const end of ENDS) {
    const contact = view.state<Registrar>(`registrar-${end}`).contact
    const { careOf } = view.state<HomeAgent>(`ha-${end}`)
    const media = view.state<MobileNode>(other(end)).contact
    if (contact !== careOf || contact !== media) {
      return `for ${end} the registrar has ${contact}, the home agent ${careOf}, the other end ${media}`
    }
  }
  return true
}

function splitState(view: View): true | string {
  if (tcpFlows(view) !== true) return 'TCP does not flow'
  if (!ENDS.every((end) => view.hasMoved(end))) return 'not both have moved'
  if (!view.isQuiet()) return 'something is in flight'
  const wrong = ENDS.filter((end) => !view.held(other(end)).includes(view.state<MobileNode>(end).contact))
  return wrong.length === 2 ? true : 'media flow'
}

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<MobileNode>((mn) => mn.contact),
  registrations: [
    ...beliefsOfServers<HomeAgent>('ha', (ha) => ha.careOf),
    ...beliefsOfServers<Registrar>('registrar', (me) => me.contact),
  ],
  sessions: sessionsOfEnds<MobileNode>((mn) => mn.ended),
  finally: {
    'tcp-flows-both-ways': {
      means: 'From some moment on TCP segments between the home addresses arrive, whoever sends them.',
      holds: tcpFlows,
    },
    'registrar-home-agent-and-peer-agree': {
      means: 'From some moment on the registrar, the home agent and the other end have the same address for a host.',
      holds: allAgree,
    },
  },
  sightings: {
    'media-are-lost-while-tcp-lives': {
      in: ['both-move'],
      means: 'It can come about that TCP goes on by way of the home agents while media go to addresses that were left.',
      sees: splitState,
    },
  },
  carriesData: true,
}

interface Rules {
  readonly afterBinding: boolean
  readonly refuses: boolean
  readonly numbered: boolean
}

function variant(name: string, title: string, source: string, rules: Rules): Variant {
  const host = (end: End, scenario: Scenario) =>
    node(
      end,
      mobileNode({
        start: startOf(end),
        home: homeOf(end),
        homeAgent: agentOf(end),
        peerHome: homeOf(other(end)),
        peerStart: startOf(other(end)),
        afterBinding: rules.afterBinding,
        tries: triesIn(scenario, MOST_TRIES),
      }),
      { from: START[end] },
    )
  const servers = (end: End) => [
    node(
      `ha-${end}`,
      homeAgent({
        home: homeOf(end),
        start: startOf(end),
        registrar: registrarOf(end),
        refuses: rules.refuses && end === 'a',
      }),
      { at: [agentOf(end)], agentOf: [`home-${end}`] },
    ),
    node(`registrar-${end}`, registrar(startOf(end), rules.numbered), { at: [registrarOf(end)] }),
  ]
  return {
    name,
    title,
    source,
    repairs: false,
    // For connections there is an anchor; the media, which are asked about here, have none.
    survivesBy: [],
    scenarios,
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => [host('a', scenario), ...ENDS.flatMap(servers), host('b', scenario)],
  }
}

/** Mobile IP and SIP worked together. */
export const mipSip: Protocol = {
  name: 'mip-sip',
  title: 'MIP-SIP interworking: connections by the home agent, media by re-INVITE',
  source: '001 §3, Fig. 2; RFC 5944, RFC 3261',
  describe: describeMipSip,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: [
    variant('parallel', 'BU and re-INVITE at once', '001 §3, Fig. 2', {
      afterBinding: false,
      refuses: false,
      numbered: true,
    }),
    variant('sequential', 're-INVITE when the binding is accepted', '001 §3, with the steps in order', {
      afterBinding: true,
      refuses: false,
      numbered: true,
    }),
    variant(
      'parallel-refused',
      "a's home agent refuses the binding; the re-INVITE goes out all the same",
      '001 Fig. 2',
      {
        afterBinding: false,
        refuses: true,
        numbered: true,
      },
    ),
    variant('sequential-refused', "a's home agent refuses the binding, so that no re-INVITE goes out", '001 Fig. 2', {
      afterBinding: true,
      refuses: true,
      numbered: true,
    }),
    variant(
      'unnumbered-registrations',
      'each REGISTER of the home agent has a Call-ID of its own',
      '001 §3; RFC 3261 §10.3',
      {
        afterBinding: false,
        refuses: false,
        numbered: false,
      },
    ),
  ],
}
