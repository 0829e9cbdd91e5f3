import { type Means, type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type NameServer, nameServer } from '../name-server.ts'
import type { Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  bothOnce,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  overlaps,
  roaming,
  START,
  startOf,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { peerInUse } from './in-use.ts'
import { describeWireGuard } from './messages.ts'
import { type Peer, type PeerSettings, peer } from './peer.ts'

/** Who has data to send when it has moved: the option 'data' of a scenario. */
type Senders = End | 'both' | 'neither'
const data = (senders: Senders) => ({ options: { data: senders } })
const hasData = ({ options }: Scenario, end: End): boolean => [end, 'both', undefined].includes(options.data as Senders)

const base = roaming(data('both'))
const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('both-move-one-returns', 'Both hosts move, and one returns.', {
    moves: { a: ['west-2', 'west-1'], b: ['east-2'] },
  }),
]

/** Where nobody has a persistent keepalive, who has nothing to send says nothing. */
const silent: readonly Scenario[] = [
  base.make('one-moves-other-silent', 'One host moves, and the other has nothing to send.', {
    moves: { a: bothOnce.a },
    ...data('a'),
  }),
  base.make('one-moves-silent', 'One host moves and has nothing to send.', { moves: { a: bothOnce.a }, ...data('b') }),
  base.make('both-move-one-silent', 'Both hosts move, and one of them has nothing to send.', {
    moves: bothOnce,
    ...data('a'),
  }),
  base.make('both-move-both-silent', 'Both hosts move, and neither has anything to send.', {
    moves: bothOnce,
    ...data('neither'),
  }),
]

/** Either of two hosts that have no data may have the only persistent keepalive, and either may move. */
const withoutData: readonly Scenario[] = [
  ...scenarios,
  base.make('other-moves', 'The other host moves once.', { moves: { b: bothOnce.b } }),
].map((s) => ({ ...s, ...data('neither') }))

/** Long enough for a round trip. */
const overlapping = [
  ...makeBeforeBreak(scenarios).map((s): Scenario => ({ ...s, overlap: 'round-trip' })),
  ...overlaps(data('both')),
]

interface Design extends Partial<Pick<PeerSettings, 'follows'>> {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly repairs: boolean
  readonly survivesBy: readonly Means[]
  /** Ends that have a persistent keepalive. */
  readonly keepalives?: readonly End[]
  /** Ends that have a name, which the other looks up again. */
  readonly named?: readonly End[]
  readonly scenarios: readonly Scenario[]
}

const designs: readonly Design[] = [
  {
    name: 'roaming',
    title: 'the endpoint follows the outer source of whatever authenticates',
    source: 'whitepaper §2.1, §6',
    repairs: false,
    survivesBy: [],
    scenarios: [...scenarios, ...silent],
  },
  {
    name: 'persistent-keepalive',
    title: 'the same, with a persistent keepalive',
    source: 'whitepaper §2.1; wg(8)',
    repairs: false,
    survivesBy: [],
    keepalives: ENDS,
    scenarios,
  },
  {
    name: 'newest-packet',
    title: 'only a packet that no newer one has overtaken moves the endpoint',
    source: 'the rule of RFC 9000 §9.3, put into WireGuard',
    repairs: true,
    survivesBy: [],
    follows: 'the newest packet',
    scenarios: [...scenarios, ...silent],
  },
  {
    name: 're-resolve-one',
    title: "persistent keepalives; b's name is looked up again while it does not answer",
    source: 'wireguard-tools, contrib/reresolve-dns',
    repairs: true,
    survivesBy: ['rendezvous'],
    keepalives: ENDS,
    named: ['b'],
    scenarios,
  },
  {
    name: 're-resolve-both',
    title: 'so is that of either end',
    source: 'wireguard-tools, contrib/reresolve-dns',
    repairs: true,
    survivesBy: ['rendezvous'],
    keepalives: ENDS,
    named: ENDS,
    scenarios,
  },
  {
    name: 'overlap',
    title: 'persistent keepalives; the old address is kept until the other end has answered',
    source: 'whitepaper §2.1',
    repairs: true,
    survivesBy: ['overlap'],
    keepalives: ENDS,
    scenarios: overlapping,
  },
  {
    name: 'overlap-newest-packet',
    title: 'the same, where only a packet that no newer one has overtaken moves the endpoint',
    source: 'whitepaper §2.1, with the rule of RFC 9000 §9.3',
    repairs: true,
    survivesBy: ['overlap'],
    keepalives: ENDS,
    follows: 'the newest packet',
    scenarios: overlapping,
  },
  {
    name: 'one-keepalive',
    title: 'a alone has a persistent keepalive, and neither has data',
    source: 'whitepaper §2.1, §6.5; wg(8)',
    repairs: false,
    survivesBy: [],
    keepalives: ['a'],
    scenarios: withoutData,
  },
  {
    name: 're-resolve-keepalive-at-asker',
    title: "the same; b's name is looked up again by a while it does not answer",
    source: 'wireguard-tools, contrib/reresolve-dns; whitepaper §6.5',
    repairs: true,
    survivesBy: ['rendezvous'],
    keepalives: ['a'],
    named: ['b'],
    scenarios: withoutData,
  },
  {
    name: 're-resolve-keepalive-at-named',
    title: 'the same, but b alone has the persistent keepalive',
    source: 'wireguard-tools, contrib/reresolve-dns; whitepaper §6.5',
    repairs: true,
    // There is a rendezvous, and nobody who asks it: a has nothing to send.
    survivesBy: [],
    keepalives: ['b'],
    named: ['b'],
    scenarios: withoutData,
  },
]

const nameServerOf = (end: End) => `dns-${end}/server`

function subjectOf({ named = [] }: Design): Subject {
  return {
    ends: ['a', 'b'],
    beliefs: beliefsOfEnds<Peer>((peer) => peer.endpoint),
    ...(named.length === 0
      ? {}
      : {
          registrations: named.map((end) => ({
            holder: `dns-${end}`,
            about: end,
            believes: (view) => view.state<NameServer>(`dns-${end}`).address,
          })),
        }),
    carriesData: true,
  }
}

function nodesOf({ named = [], follows, keepalives = [] }: Design, scenario: Scenario): Node[] {
  const name = (end: End) => (named.includes(end) ? nameServerOf(end) : null)
  const host = (end: End): Node => {
    const settings = {
      start: startOf(end),
      peer: startOf(other(end)),
      follows: follows ?? 'any authentic packet',
      persistentKeepalive: keepalives.includes(end),
      names: { mine: name(end), peers: name(other(end)) },
    } as const
    return scenario.users === 'act'
      ? node(end, peerInUse(settings), { from: START[end] })
      : node(end, peer({ ...settings, hasData: hasData(scenario, end) }), { from: START[end] })
  }
  const servers = named.map((end) => node(`dns-${end}`, nameServer(startOf(end)), { at: [nameServerOf(end)] }))
  return [host('a'), ...servers, host('b')]
}

function variant(design: Design): Variant {
  const { name, title, source, repairs, survivesBy } = design
  return {
    name,
    title,
    source,
    repairs,
    survivesBy,
    scenarios: design.scenarios,
    subject: subjectOf(design),
    expect: expectations[name] ?? {},
    nodes: (scenario) => nodesOf(design, scenario),
  }
}

/** WireGuard between two ends that roam. */
export const wireguard: Protocol = {
  name: 'wireguard',
  title: 'WireGuard: the endpoint of a peer is wherever its last authentic packet came from',
  source: 'WireGuard whitepaper §2.1, §5, §6; wg(8)',
  describe: describeWireGuard,
  options: {
    data: {
      means: 'who has data to send when it has moved:',
      default: 'both',
      values: [
        { value: 'neither', means: 'neither end' },
        { value: 'a', means: 'a alone' },
        { value: 'b', means: 'b alone' },
        { value: 'both', means: 'both ends' },
      ],
    },
  },
  variants: designs.map(variant),
}
