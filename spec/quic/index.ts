import { type Address, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type Design, described, type Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  EAST,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  overlaps,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { type Endpoint, type EndpointSettings, endpoint } from './endpoint.ts'
import { expectations } from './expectations.ts'
import { endpointInUse } from './in-use.ts'
import { describeQuic } from './messages.ts'

/** Fair loss needs packets that are sent for ever. */
const base = roaming(
  {},
  {
    timers: { 'idle timeout': 'never', 'path validation timeout': 'never' },
    options: { retransmissions: 'unlimited' },
  },
)

const scenarios: readonly Scenario[] = [
  ...base.standard,
  base.make('server-moves', 'The server alone moves.', { moves: { b: [EAST[0]] } }),
]

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: beliefsOfEnds<Endpoint>((end) => end.peerAt),
  sessions: sessionsOfEnds<Endpoint>((end) => end.closed),
  carriesData: true,
}

const MOST_TRIES = 6

interface QuicDesign extends Design {
  readonly peerToPeer?: boolean
  /** When the client turns to the server's preferred address, where there is one. */
  readonly preferredAddress?: EndpointSettings['turnsToPreferred']
  /** Whether the server has sent disable_active_migration. */
  readonly disabled?: boolean
  readonly connectionIds?: EndpointSettings['connectionIds']
}

/** active_connection_id_limit has to be two at least, which is the default (§18.2): one in use, one for the next path. */
const TWO_IDS = { limit: 2, replaced: true }

const clientMigration: readonly QuicDesign[] = [
  {
    name: 'client-migration',
    title: 'a, the client, may migrate; what comes from a new address of the server is discarded',
    source: 'RFC 9000 §9, §9.1–§9.3',
    survivesBy: [],
    scenarios,
  },
  {
    name: 'client-migration-two-ids',
    title: 'the same; each end holds two connection IDs of the other, and gets a new one for each that it retires',
    source: 'RFC 9000 §5.1.1, §9.5, §18.2',
    survivesBy: [],
    connectionIds: TWO_IDS,
    scenarios,
  },
  {
    name: 'client-migration-ids-run-out',
    title: 'the same; no connection IDs are supplied after the first two',
    source: 'RFC 9000 §5.1.1 (an end may limit how many it issues), §9.5',
    survivesBy: [],
    connectionIds: { limit: 2, replaced: false },
    scenarios,
  },
  {
    name: 'migration-disabled',
    title: 'the server has sent disable_active_migration: the client may not send from a new address',
    source: 'RFC 9000 §9, §18.2',
    survivesBy: [],
    disabled: true,
    scenarios,
  },
]

const preferredAddress: readonly QuicDesign[] = [
  {
    name: 'preferred-address',
    title:
      'the server has a preferred address, which stays; the client turns to it as soon as the handshake is confirmed',
    source: 'RFC 9000 §9.6.1–§9.6.3',
    survivesBy: ['overlap'],
    preferredAddress: 'at once',
    scenarios,
  },
  {
    name: 'preferred-address-on-move',
    title: 'the same; the client does not turn to it before it moves',
    source: 'RFC 9000 §9.6.2, §9.6.3',
    // The address is there, but the server may not be the first to send from it.
    survivesBy: [],
    preferredAddress: 'when it moves',
    scenarios,
  },
  {
    name: 'preferred-address-two-ids',
    title: 'turning to it at once, with two connection IDs: a new path is one to the preferred address first',
    source: 'RFC 9000 §9.5, §9.6.1–§9.6.3, §18.2',
    survivesBy: ['overlap'],
    preferredAddress: 'at once',
    connectionIds: TWO_IDS,
    scenarios,
  },
  {
    name: 'preferred-address-three-ids',
    title: 'the same, with three connection IDs',
    source: 'RFC 9000 §5.1.1, §9.5, §9.6.1–§9.6.3, §18.2',
    survivesBy: ['overlap'],
    preferredAddress: 'at once',
    connectionIds: { limit: 3, replaced: true },
    scenarios,
  },
  {
    name: 'preferred-address-migration-disabled',
    title:
      'turning to it at once; the server has sent disable_active_migration, which does not hold for the preferred address',
    source: 'RFC 9000 §5.2.3, §9, §9.6.1–§9.6.3, §18.2',
    survivesBy: ['overlap'],
    preferredAddress: 'at once',
    disabled: true,
    scenarios,
  },
]

const peerToPeer: readonly QuicDesign[] = [
  {
    name: 'peer-to-peer',
    title: 'either end may migrate',
    source: 'not in RFC 9000: §9 with both ends as clients',
    survivesBy: [],
    peerToPeer: true,
    scenarios,
  },
  {
    name: 'peer-to-peer-overlap',
    title: 'either end may migrate, and keeps its old address until the new path is valid',
    source: 'not in RFC 9000: §9 with both ends as clients',
    survivesBy: ['overlap'],
    peerToPeer: true,
    scenarios: [...makeBeforeBreak(scenarios), ...overlaps()],
  },
]

const PREFERRED = 'preferred/b'

function variant(design: QuicDesign): Variant {
  const preferred = design.preferredAddress === undefined ? null : PREFERRED
  const keeps = (end: End): readonly Address[] => (end === 'b' && preferred !== null ? [preferred] : [])
  return {
    ...described(design),
    subject,
    expect: expectations[design.name] ?? {},
    nodes: (scenario) =>
      ENDS.map((end) => {
        const settings: EndpointSettings = {
          start: startOf(end),
          peer: startOf(other(end)),
          peerMayMigrate: design.peerToPeer === true || end === 'b',
          mayMigrate: design.peerToPeer === true || end === 'a',
          preferred: end === 'a' ? preferred : null,
          turnsToPreferred: design.preferredAddress ?? 'when it moves',
          mine: end === 'b' ? preferred : null,
          migrationDisabled: end === 'a' && design.disabled === true,
          connectionIds: design.connectionIds ?? null,
          tries: triesIn(scenario, MOST_TRIES),
        }
        const place = { from: START[end], keeps: keeps(end) }
        if (scenario.users !== 'act') return node(end, endpoint(settings), place)
        const keepsAddresses = scenario.movement === 'make-before-break'
        const is = end === 'a' ? 'client' : 'server'
        return node(end, endpointInUse({ ...settings, is, keepsAddresses }), place)
      }),
  }
}

/** QUIC connection migration. */
export const quic: Protocol = {
  name: 'quic',
  title: 'QUIC connection migration, of a client and between peers',
  source: 'RFC 9000 §8.2, §9',
  describe: describeQuic,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: [...clientMigration, ...preferredAddress, ...peerToPeer].map(variant),
}
