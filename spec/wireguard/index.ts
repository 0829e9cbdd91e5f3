import { type Means, type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type NameServer, nameServer } from '../name-server.ts'
import type { Protocol } from '../protocol.ts'
import { beliefsOfEnds, ENDS, type End, makeBeforeBreak, other, roaming, START, startOf } from '../roaming.ts'
import { expectations } from './expectations.ts'
import { describeWireGuard } from './messages.ts'
import { type Peer, type PeerSettings, peer } from './peer.ts'

const base = roaming()
const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('both-move-one-returns', 'Both hosts move, and one returns.', {
    moves: { a: ['west-2', 'west-1'], b: ['east-2'] },
  }),
]

/** Long enough for a round trip. */
const overlapping = makeBeforeBreak(scenarios).map((s): Scenario => ({ ...s, overlap: 'round-trip' }))

interface Design extends Partial<Pick<PeerSettings, 'follows' | 'persistentKeepalive'>> {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly repairs: boolean
  readonly survivesBy: readonly Means[]
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
    scenarios,
  },
  {
    name: 'persistent-keepalive',
    title: 'the same, with a persistent keepalive',
    source: 'whitepaper §2.1; wg(8)',
    repairs: false,
    survivesBy: [],
    persistentKeepalive: true,
    scenarios,
  },
  {
    name: 'newest-packet',
    title: 'only a packet that no newer one has overtaken moves the endpoint',
    source: 'the rule of RFC 9000 §9.3, put into WireGuard',
    repairs: true,
    survivesBy: [],
    follows: 'the newest packet',
    scenarios,
  },
  {
    name: 're-resolve-one',
    title: "persistent keepalives; b's name is looked up again while it does not answer",
    source: 'wireguard-tools, contrib/reresolve-dns',
    repairs: true,
    survivesBy: ['rendezvous'],
    persistentKeepalive: true,
    named: ['b'],
    scenarios,
  },
  {
    name: 're-resolve-both',
    title: 'so is that of either end',
    source: 'wireguard-tools, contrib/reresolve-dns',
    repairs: true,
    survivesBy: ['rendezvous'],
    persistentKeepalive: true,
    named: ENDS,
    scenarios,
  },
  {
    name: 'overlap',
    title: 'persistent keepalives; the old address is kept until the other end has answered',
    source: 'whitepaper §2.1',
    repairs: true,
    survivesBy: ['overlap'],
    persistentKeepalive: true,
    scenarios: overlapping,
  },
  {
    name: 'overlap-newest-packet',
    title: 'the same, where only a packet that no newer one has overtaken moves the endpoint',
    source: 'whitepaper §2.1, with the rule of RFC 9000 §9.3',
    repairs: true,
    survivesBy: ['overlap'],
    persistentKeepalive: true,
    follows: 'the newest packet',
    scenarios: overlapping,
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

function nodesOf({ named = [], follows, persistentKeepalive }: Design): Node[] {
  const name = (end: End) => (named.includes(end) ? nameServerOf(end) : null)
  const host = (end: End): Node =>
    node(
      end,
      peer({
        start: startOf(end),
        peer: startOf(other(end)),
        follows: follows ?? 'any authentic packet',
        persistentKeepalive: persistentKeepalive ?? false,
        names: { mine: name(end), peers: name(other(end)) },
      }),
      { from: START[end] },
    )
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
    nodes: () => nodesOf(design),
  }
}

/** WireGuard between two ends that roam. */
export const wireguard: Protocol = {
  name: 'wireguard',
  title: 'WireGuard: the endpoint of a peer is wherever its last authentic packet came from',
  source: 'WireGuard whitepaper §2.1, §5, §6; wg(8)',
  describe: describeWireGuard,
  variants: designs.map(variant),
}
