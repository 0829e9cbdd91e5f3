import { type Address, node, type Scenario, type Subject, type Variant } from '../index.ts'
import { type Design, described, type Protocol } from '../protocol.ts'
import {
  beliefsOfEnds,
  EAST,
  ENDS,
  type End,
  makeBeforeBreak,
  other,
  retransmissions,
  roaming,
  START,
  sessionsOfEnds,
  startOf,
  triesIn,
} from '../roaming.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { expectations } from './expectations.ts'
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
  readonly preferredAddress?: boolean
}

const designs: readonly QuicDesign[] = [
  {
    name: 'client-migration',
    title: 'a, the client, may migrate; what comes from a new address of the server is discarded',
    source: 'RFC 9000 §9, §9.1–§9.3',
    survivesBy: [],
    scenarios,
  },
  {
    name: 'preferred-address',
    title: 'the server has a preferred address, which stays; a client that moves tries it too',
    source: 'RFC 9000 §9.6, §9.6.3',
    survivesBy: ['overlap'],
    preferredAddress: true,
    scenarios,
  },
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
    scenarios: makeBeforeBreak(scenarios),
  },
]

const PREFERRED = 'preferred/b'

function variant(design: QuicDesign): Variant {
  const preferred = design.preferredAddress === true ? PREFERRED : null
  const keeps = (end: End): readonly Address[] => (end === 'b' && preferred !== null ? [preferred] : [])
  return {
    ...described(design),
    subject,
    expect: expectations[design.name] ?? {},
    nodes: (scenario) =>
      ENDS.map((end) =>
        node(
          end,
          endpoint({
            peer: startOf(other(end)),
            peerMayMigrate: design.peerToPeer === true || end === 'b',
            preferred: end === 'a' ? preferred : null,
            mine: end === 'b' ? preferred : null,
            tries: triesIn(scenario, MOST_TRIES),
          }),
          { from: START[end], keeps: keeps(end) },
        ),
      ),
  }
}

/** QUIC connection migration. */
export const quic: Protocol = {
  name: 'quic',
  title: 'QUIC connection migration, of a client and between peers',
  source: 'RFC 9000 §8.2, §9',
  describe: describeQuic,
  options: { retransmissions: retransmissions(MOST_TRIES) },
  variants: designs.map(variant),
}
