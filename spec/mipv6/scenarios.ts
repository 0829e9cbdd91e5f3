import { type Scenario, scenario } from '../index.ts'
import { bothOnce, EAST, roaming, START, WEST } from '../roaming.ts'
import { POSITIONS } from './attacker.ts'

/** Unless a scenario says otherwise, no binding and no nonce runs out: what is looked at is shorter than 240 s. */
const base = roaming({
  timers: {
    'nonce lifetime': 'never',
    'binding refresh': 'never',
    'binding lifetime': 'never',
    'home binding refresh': 'never',
  },
})

const NO_RETRANSMISSION = {
  'home BU retransmission': 'never',
  'RR retransmission': 'never',
  'BU retransmission': 'never',
} as const

/** What a repair does by itself: nothing is sent a second time but by the repair. */
const bothMoveNoRetransmission = base.make(
  'both-move-no-retransmission',
  'Both hosts move; mobile nodes send nothing a second time.',
  { moves: bothOnce, timers: NO_RETRANSMISSION },
)
/** How long a repair has to wait for what is sent again. */
export const homeUpdateLost = base.make(
  'both-move-home-update-lost',
  'Both hosts move; one home Binding Update is lost, and sent again; mobile nodes send nothing else a second time.',
  {
    moves: bothOnce,
    losses: 1,
    losable: ['BU (home)'],
    timers: { 'RR retransmission': 'never', 'BU retransmission': 'never' },
  },
)
export const bothMoveReorderedNoRetransmission = base.make(
  'both-move-reordered-no-retransmission',
  'Both hosts move; packets overtake each other; mobile nodes send nothing a second time.',
  { moves: bothOnce, links: 'bag', timers: NO_RETRANSMISSION },
)
export const bothMoveOneReturns = base.make(
  'both-move-one-returns-no-retransmission',
  'Both hosts move, one of them back at once; mobile nodes send nothing a second time.',
  { moves: { a: [WEST[0], START.a], b: [EAST[0]] }, movement: 'atomic', timers: NO_RETRANSMISSION },
)
/** The other one of the two: a's peer, whose agent does not re-forward where one does. */
export const bothMovePeerReturns = base.make(
  'both-move-peer-returns-no-retransmission',
  'Both hosts move, b back at once; mobile nodes send nothing a second time.',
  { moves: { a: [WEST[0]], b: [EAST[0], START.b] }, movement: 'atomic', timers: NO_RETRANSMISSION },
)
export const shortTimers = base.make(
  'both-move-short-proxy-timers',
  'Both hosts move; nothing is sent a second time, and the agents may forget what they keep at any moment.',
  { moves: bothOnce, timers: { ...NO_RETRANSMISSION, T_b: 'eager', T_h: 'eager', T_p: 'eager', T_f: 'eager' } },
)
export const lifetimesExpire = scenario(
  'both-move-lifetimes-expire',
  'Both hosts move; then bindings run out after 420 s.',
  // A host that never moves sends no update, and has its binding run out: every move is made.
  {
    moves: bothOnce,
    everyMove: 'owed',
    timers: { 'nonce lifetime': 'never', 'home binding refresh': 'never' },
    options: { retransmissions: 2 },
  },
)
export const nonceExpires = base.make('one-moves-nonce-expires', 'One host moves; the home nonce may have expired.', {
  moves: { a: [WEST[0]] },
  timers: { 'nonce lifetime': 'eager' },
})
export const returnsAndLeaves: Scenario = { ...base.oneReturnsAndLeaves, pace: 'settled' }

/** One host moves, and somebody wants what is sent to it, from each of these places (`attacker.ts`). */
export const attacked: readonly Scenario[] = Object.keys(POSITIONS).map((position) =>
  base.make(
    `attacker-${position === 'off path' ? position : position === 'near correspondent' ? position : `on ${position}`}`.replaceAll(
      ' ',
      '-',
    ),
    `One host moves; an attacker sits ${position === 'home path' || position === 'care-of path' ? `on the ${position}` : position}.`,
    {
      moves: { a: [WEST[0]] },
      timers: { 'forged HoTI': 'at will', 'own CoTI': 'at will', 'forged BU': 'at will' },
      options: { attacker: position },
    },
  ),
)

/** Option: the attacker cannot forge a source address, so that it sends by the victim's home agent. */
export const FILTER = 'ingress filter'
export const attackerBehindFilter = base.make(
  'attacker-behind-ingress-filter',
  "One host moves; an attacker behind an ingress filter tunnels what it forges to the other one's home agent.",
  {
    moves: { b: [EAST[0]] },
    timers: { 'forged HoTI': 'at will', 'own CoTI': 'never', 'forged BU': 'never' },
    options: { attacker: 'off path', [FILTER]: true },
  },
)

/** Option: what a home agent that crashes has kept, 'lost' (nothing) or 'kept' (its binding). */
export const STORAGE = 'stable storage'
const crash = { moves: bothOnce, crashes: { 'ha-a': 1 } }
export const crashes: readonly Scenario[] = [
  base.make('home-agent-crashes', 'Both hosts move; a home agent may crash and lose its binding.', {
    ...crash,
    options: { [STORAGE]: 'lost' },
  }),
  base.make('home-agent-crashes-refresh', 'The same; hosts renew their home registration before it ends.', {
    ...crash,
    timers: { 'home binding refresh': 'patient' },
    // A timer of seconds that never stops would hold back one of half an hour: tries are few, and there are new ones later.
    options: { [STORAGE]: 'lost', retransmissions: 2 },
  }),
  base.make('home-agent-crashes-and-keeps', 'Both hosts move; a home agent may crash, and has kept its binding.', {
    ...crash,
    options: { [STORAGE]: 'kept' },
  }),
]

export const common: readonly Scenario[] = [...base.standard, bothMoveNoRetransmission]

/** What tells a move that is told by its registration from one that is told by its address. */
export const quickReturn: readonly Scenario[] = [
  base.bothMove,
  base.oneReturns,
  bothMoveNoRetransmission,
  bothMoveOneReturns,
]

/** The same of the peer, for what a mobile node does when it learns that. */
export const peerReturns: readonly Scenario[] = [
  base.bothMove,
  base.oneReturns,
  bothMoveNoRetransmission,
  bothMovePeerReturns,
]

/** The common scenarios without some that are out of reach for a variant (tens of millions of states). */
export const commonWithout = (...names: readonly string[]): Scenario[] =>
  [...common, base.bothMoveOneTwice].filter((s) => !names.includes(s.name))
