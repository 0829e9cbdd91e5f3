import { type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type NameServer, nameServer } from '../name-server.ts'
import type { Protocol, VariantDesign } from '../protocol.ts'
import {
  beliefsOfEnds,
  beliefsOfServers,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  overlaps,
  retransmissions,
  roaming,
  START,
  startOf,
  triesIn,
  WEST,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { type Host, type HostSettings, ilnpHost } from './host.ts'
import { describeIlnp } from './messages.ts'

const base = roaming({}, { options: { retransmissions: 'unlimited' } })
const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make(
    'one-moves-twice-one-loss',
    'One host moves twice in quick succession; the network loses at most one packet.',
    {
      moves: { a: WEST },
      losses: 1,
    },
  ),
]
/** With two interfaces, a second move in quick succession comes during the first overlap. */
const hurried = (s: Scenario): Scenario => (s.name.startsWith('one-moves-twice') ? { ...s, pace: 'hurried' } : s)
const softHandoff: readonly Scenario[] = [...makeBeforeBreak(scenarios).map(hurried), ...overlaps()]

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Host>((host) => host.peerAt),
  registrations: beliefsOfServers<NameServer>('dns', (server) => server.address),
  carriesData: true,
}

/** Sent again so many times, then no more. */
const MOST_TRIES = 6
const nameServerOf = (end: End) => `dns-${end}/server`

interface IlnpDesign extends VariantDesign, Partial<Pick<HostSettings, 'asks' | 'prefersUpdates' | 'numbered'>> {}

/** As the RFCs have them. */
const plain: readonly IlnpDesign[] = [
  {
    name: 'locator-update',
    title: 'Locator Updates only',
    source: 'RFC 6740 §6.1, RFC 6743',
    repairs: false,
    survivesBy: [],
    scenarios,
  },
  {
    name: 'dns-each-time',
    title: 'the DNS is asked each time an update is sent again (TTL near 0)',
    source: 'RFC 6740 §6.2',
    repairs: true,
    survivesBy: ['rendezvous'],
    asks: 'each time',
    scenarios,
  },
  {
    name: 'dns-overtaken-answers-dropped',
    title: "the same; an answer that the peer's own update has overtaken is dropped",
    source: 'not in RFC 6740',
    repairs: true,
    survivesBy: ['rendezvous'],
    asks: 'each time',
    prefersUpdates: true,
    scenarios,
  },
  {
    name: 'dns-once',
    title: 'the DNS is asked once, and its answer is kept for its TTL',
    source: 'RFC 6740 §6.2, with a TTL that is too long',
    repairs: true,
    survivesBy: ['rendezvous'],
    asks: 'once',
    scenarios,
  },
  {
    name: 'soft-handoff',
    title: 'make before break: the old locator is kept for a while',
    source: 'RFC 6740 §6',
    repairs: true,
    survivesBy: ['overlap'],
    scenarios: softHandoff,
  },
]

/** RFC 6743 has no sequence number: with one, an update that is late is told from one that is new. */
const numbered = plain.map(
  (design): IlnpDesign => ({
    ...design,
    name: design.name === 'locator-update' ? 'numbered' : `numbered-${design.name}`,
    title: `${design.title}; updates are numbered`,
    source: `${design.source}, and numbers, which are not in RFC 6743`,
    repairs: true,
    numbered: true,
  }),
)

function variant(design: IlnpDesign): Variant {
  const { name, title, source, repairs, survivesBy, asks = 'never', prefersUpdates = false } = design
  const host = (end: End, scenario: Scenario): Node =>
    node(
      end,
      ilnpHost({
        start: startOf(end),
        peer: startOf(other(end)),
        names: { mine: nameServerOf(end), peers: nameServerOf(other(end)) },
        asks,
        prefersUpdates,
        numbered: design.numbered ?? false,
        tries: triesIn(scenario, MOST_TRIES),
      }),
      { from: START[end] },
    )
  return {
    name,
    title,
    source,
    repairs,
    survivesBy,
    scenarios: design.scenarios,
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => [
      host('a', scenario),
      ...ENDS.map((end) => node(`dns-${end}`, nameServer(startOf(end)), { at: [nameServerOf(end)] })),
      host('b', scenario),
    ],
  }
}

/** The Identifier-Locator Network Protocol. */
export const ilnp: Protocol = {
  name: 'ilnp',
  title: 'ILNP: Locator Updates to correspondents, and the DNS as the fallback',
  source: 'RFC 6740 §6, RFC 6741, RFC 6743',
  describe: describeIlnp,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: [...plain, ...numbered].map(variant),
}
