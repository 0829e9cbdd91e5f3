import { type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import { bothOnce, EAST, ENDS, type End, other, retransmissions, roaming, START, startOf, triesIn } from '../roaming.ts'
import { expectations } from './expectations.ts'
import { type Host, type HostSettings, hipHost, type RendezvousServer, rendezvousServer } from './host.ts'
import { describeHip, sections } from './messages.ts'

/** Fair loss needs UPDATEs that are sent for ever. */
const base = roaming({}, { timers: { 'UPDATE time-out': 'never' }, options: { retransmissions: 'unlimited' } })

const scenarios: readonly Scenario[] = [
  base.oneMoves,
  base.bothMove,
  base.oneMovesTwice,
  base.bothMoveTwice,
  base.oneReturns,
  base.make('both-move-one-returns', 'Both hosts move, and one returns.', {
    moves: { a: ['west-2', 'west-1'], b: [EAST[0]] },
  }),
  base.oneMovesOneLoss,
  base.make(
    'one-moves-tries-spent',
    'One host moves; every UPDATE is sent again once, and the network loses two packets.',
    {
      moves: { a: bothOnce.a },
      losses: 2,
      options: { retransmissions: 1 },
    },
  ),
  base.bothMoveOneLoss,
  base.bothMoveFairLoss,
  base.bothMoveReordered,
  base.bothMoveAtomic,
  base.make('both-move-eager', 'Both hosts move; an UPDATE is sent again once, at any moment.', {
    moves: bothOnce,
    movement: 'atomic',
    timers: { 'UPDATE retry': 'eager' },
    options: { retransmissions: 1 },
  }),
]

const serverOf = (end: End) => `rvs-${end}/server`

/** UPDATE_RETRY_MAX. */
const MOST_RETRIES = 5

function variant(name: string, title: string, source: string, viaServer: HostSettings['viaServer']): Variant {
  const served = viaServer !== 'never'
  const subject: Subject = {
    ends: ['a', 'b'],
    beliefs: ENDS.map((end) => ({
      holder: end,
      about: other(end),
      believes: (view) => view.state<Host>(end).peerLocator,
    })),
    ...(served
      ? {
          registrations: ENDS.map((end) => ({
            holder: `rvs-${end}`,
            about: end,
            believes: (view) => view.state<RendezvousServer>(`rvs-${end}`).locator,
          })),
        }
      : {}),
    sessions: { a: (view) => view.state<Host>('a').closed, b: (view) => view.state<Host>('b').closed },
    ...(served ? { within: { 'both-move': viaServer === 'in parallel' ? 23 : 19 } } : {}),
    carriesData: true,
  }
  const host = (end: End, scenario: Scenario): Node =>
    node(
      end,
      hipHost({
        name: end,
        start: startOf(end),
        peer: startOf(other(end)),
        servers: served ? { mine: serverOf(end), peers: serverOf(other(end)) } : null,
        viaServer,
        retries: triesIn(scenario, MOST_RETRIES),
      }),
      { from: START[end] },
    )
  const server = (end: End): Node => node(`rvs-${end}`, rendezvousServer(startOf(end)), { at: [serverOf(end)] })
  return {
    name,
    title,
    source,
    repairs: served,
    survivesBy: served ? ['rendezvous'] : [],
    scenarios,
    // Every UPDATE twice in flight, for two moves each: millions of states.
    large: viaServer === 'in parallel' ? ['both-move-twice'] : [],
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => [host('a', scenario), ...(served ? ENDS.map(server) : []), host('b', scenario)],
  }
}

/** HIP host mobility, without and with the rendezvous server as a relay of UPDATEs. */
export const hip: Protocol = {
  name: 'hip',
  title: 'HIP host mobility by UPDATE, without and with a rendezvous server that relays it',
  source: 'RFC 8046, RFC 7401, RFC 8004; 002 §V',
  describe: describeHip,
  options: { retransmissions: retransmissions(MOST_RETRIES) },
  sections,
  variants: [
    variant('direct', "UPDATE to the peer's last locator", 'RFC 8046 §3.2.1', 'never'),
    variant(
      'rvs-when-sent-again',
      "an UPDATE that is sent again also goes to the peer's rendezvous server",
      'RFC 8046 §3.2.3',
      'when sent again',
    ),
    variant(
      'rvs-in-parallel',
      "every UPDATE also goes to the peer's rendezvous server",
      'RFC 8046 §3.2.3',
      'in parallel',
    ),
  ],
}
