import { type Means, node, type Scenario, type Subject, type Variant, type View } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import {
  beliefsOfServers,
  bothOnce,
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
import { type Host, type HostSettings, PORT, tmspHost } from './host.ts'
import { describeTmsp } from './messages.ts'
import { type RedirectServer, type RedirectServerSettings, redirectServer } from './redirect-server.ts'
import { incoming, outgoing } from './tables.ts'

/** Fair loss needs requests that are sent for ever. */
const base = roaming({}, { timers: { 'INVITE time-out': 'never' }, options: { retransmissions: 'unlimited' } })

const scenarios: readonly Scenario[] = [
  ...base.standard.filter((s) => s.name !== 'both-move-fair-loss'),
  base.make('both-move-long-gaps', 'Both hosts move; a gap may outlast every time-out.', {
    moves: bothOnce,
    gaps: 'any',
  }),
]

const serverOf = (end: End) => `rs-${end}/server`

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: ENDS.map((end) => ({
    holder: end,
    about: other(end),
    believes: (view) => view.state<Host>(end).tables.careOf[other(end)] ?? null,
  })),
  registrations: beliefsOfServers<RedirectServer>('rs', (server) => server.coa),
  always: {
    'addresses-are-transparent': {
      means: 'Whoever gets a datagram sees the addresses that the connection began with, whatever the wire had.',
      holds: areTransparent,
    },
  },
  carriesData: true,
}

/** 003 §III-D: whoever gets a datagram sees the addresses that the connection began with, whatever the wire had. */
function areTransparent(view: View): true | string {
  for (const end of ENDS) {
    const from = view.state<Host>(end)
    const sent = { source: startOf(end), destination: startOf(other(end)), port: PORT }
    const wire = outgoing(from.tables, from.here, sent)
    if (view.holder(wire.destination) !== other(end)) continue
    const seen = incoming(view.state<Host>(other(end)).tables, wire)
    if (seen.source !== sent.source || seen.destination !== sent.destination) {
      return `${end} sends from ${sent.source} to ${sent.destination}, ${other(end)} sees ${seen.source} to ${seen.destination}`
    }
  }
  return true
}

interface Design
  extends Partial<Pick<HostSettings, 'asks' | 'repeats' | 'verifies' | 'registersFirst' | 'answersOverwrite'>> {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly survivesBy: readonly Means[]
  readonly tells?: RedirectServerSettings['tells']
  /** Steps after the last move within which a double jump is mended. */
  readonly within?: number
}

const designs: readonly Design[] = [
  { name: 'direct', title: "re-INVITE to the correspondent's last CoA", source: '003 §III-C, §III-E', survivesBy: [] },
  {
    name: 'lookup-at-time-out',
    title: "at the time-out the correspondent's redirect server is asked, once",
    source: '003 §III-E',
    survivesBy: ['rendezvous'],
    asks: 'at the time-out',
    within: 22,
  },
  {
    name: 'lookup-at-time-out-repeated',
    title: 'the same, at each time-out',
    source: '003 §III-E, with the lookup repeated',
    survivesBy: ['rendezvous'],
    asks: 'at the time-out',
    repeats: true,
  },
  {
    name: 'lookup-at-time-out-answers-overwrite',
    title: "asked at the time-out; the Contact of a 200 counts, also after a newer re-INVITE of the peer's",
    source: '003 §III-E; RFC 3261 §12.2.1.2 without §14.2 (no 491)',
    survivesBy: [],
    asks: 'at the time-out',
    answersOverwrite: true,
  },
  {
    name: 'lookup-at-fraction',
    title: 'the server is asked at a fraction of the time-out, once',
    source: '003 §III-E',
    survivesBy: ['rendezvous'],
    asks: 'at the first retry',
    within: 11,
  },
  {
    name: 'lookup-at-fraction-repeated',
    title: 'the same, at each retry and each time-out',
    source: '003 §III-E, with the lookup repeated',
    survivesBy: ['rendezvous'],
    asks: 'at the first retry',
    repeats: true,
  },
  {
    name: 'movement-verification',
    title: 'who receives a re-INVITE verifies it with the redirect server of its sender',
    source: '003 §V, Fig. 1c',
    survivesBy: [],
    verifies: true,
  },
  {
    name: 'movement-verification-registered-first',
    title: 'the same; a re-INVITE waits for the 200 to the REGISTER',
    source: '003 §V, with the race taken out',
    survivesBy: [],
    verifies: true,
    registersFirst: true,
  },
  {
    name: 'server-tells',
    title: 'the redirect server tells the correspondent, at its last CoA',
    source: '003 §III-E',
    survivesBy: [],
    tells: 'at its last address',
  },
  {
    name: 'server-tells-by-lookup',
    title: "the same, where the correspondent's server says, asked at each retry",
    source: '003 §III-E, with a lookup between servers',
    survivesBy: ['rendezvous'],
    tells: 'where its server says',
  },
]

const MOST_TRIES = 6

function variant(design: Design): Variant {
  const tells = design.tells ?? 'no'
  const host = (end: End, scenario: Scenario) =>
    node(
      end,
      tmspHost({
        name: end,
        start: startOf(end),
        peer: { name: other(end), start: startOf(other(end)) },
        server: serverOf(end),
        peersServer: serverOf(other(end)),
        asks: design.asks ?? 'never',
        repeats: design.repeats ?? false,
        verifies: design.verifies ?? false,
        registersFirst: design.registersFirst ?? false,
        answersOverwrite: design.answersOverwrite ?? false,
        serverTells: tells !== 'no',
        tries: triesIn(scenario, MOST_TRIES),
      }),
      { from: START[end] },
    )
  const server = (end: End, scenario: Scenario) =>
    node(
      `rs-${end}`,
      redirectServer({
        start: startOf(end),
        correspondent: startOf(other(end)),
        peersServer: serverOf(other(end)),
        tells,
        tries: triesIn(scenario, MOST_TRIES),
      }),
      { at: [serverOf(end)] },
    )
  return {
    name: design.name,
    title: design.title,
    source: design.source,
    repairs: design.name !== 'direct',
    survivesBy: design.survivesBy,
    scenarios,
    subject: design.within === undefined ? subject : { ...subject, within: { 'both-move': design.within } },
    expect: expectations[design.name] ?? {},
    nodes: (scenario) => [host('a', scenario), ...ENDS.map((end) => server(end, scenario)), host('b', scenario)],
  }
}

/** Terminal mobility by SIP and address mapping. */
export const tmsp: Protocol = {
  name: 'tmsp',
  title: 'TMSP: re-INVITE and address mapping in the hosts, redirect servers as the fallback',
  source: '003 §III, §V; RFC 3261 §8.3',
  describe: describeTmsp,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: designs.map(variant),
}
