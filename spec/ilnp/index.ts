import { type Means, type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type NameServer, nameServer } from '../name-server.ts'
import type { Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  beliefsOfServers,
  ENDS,
  type End,
  other,
  retransmissions,
  roaming,
  START,
  startOf,
  triesIn,
} from '../roaming.ts'
import { expectations } from './expectations.ts'
import { type Host, type HostSettings, ilnpHost } from './host.ts'
import { describeIlnp } from './messages.ts'

const base = roaming({}, { options: { retransmissions: 'unlimited' } })
const scenarios = base.standard

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Host>((host) => host.peerAt),
  registrations: beliefsOfServers<NameServer>('dns', (server) => server.address),
  carriesData: true,
}

const MOST_TRIES = 6
const nameServerOf = (end: End) => `dns-${end}/server`

function variant(
  name: string,
  title: string,
  source: string,
  rules: Pick<HostSettings, 'asks' | 'prefersUpdates'>,
  survivesBy: readonly Means[],
): Variant {
  const host = (end: End, scenario: Scenario): Node =>
    node(
      end,
      ilnpHost({
        start: startOf(end),
        peer: startOf(other(end)),
        names: { mine: nameServerOf(end), peers: nameServerOf(other(end)) },
        ...rules,
        tries: triesIn(scenario, MOST_TRIES),
      }),
      { from: START[end] },
    )
  return {
    name,
    title,
    source,
    repairs: rules.asks !== 'never',
    survivesBy,
    scenarios,
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
  variants: [
    variant(
      'locator-update',
      'Locator Updates only',
      'RFC 6740 §6.1, RFC 6743',
      { asks: 'never', prefersUpdates: false },
      [],
    ),
    variant(
      'dns-each-time',
      'the DNS is asked each time an update is sent again (TTL near 0)',
      'RFC 6740 §6.2',
      { asks: 'each time', prefersUpdates: false },
      ['rendezvous'],
    ),
    variant(
      'dns-overtaken-answers-dropped',
      "the same; an answer that the peer's own update has overtaken is dropped",
      'not in RFC 6740',
      { asks: 'each time', prefersUpdates: true },
      ['rendezvous'],
    ),
    variant(
      'dns-once',
      'the DNS is asked once, and its answer is kept for its TTL',
      'RFC 6740 §6.2, with a TTL that is too long',
      { asks: 'once', prefersUpdates: false },
      ['rendezvous'],
    ),
  ],
}
