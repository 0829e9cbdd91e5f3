import { BINDING, DEADLOCK, GOOD_END, QUIET_DATA, REACH, SESSION, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'
import { neverStale } from '../roaming.ts'

const lost = violated(BINDING, REACH, SESSION)
/** The server cannot say where it has gone. */
const cutOff = violated(BINDING, REACH, QUIET_DATA, SESSION)
/** Nobody hears of a move, so that nothing older can overwrite what is newer. */
const unheard = { ...cutOff, ...violated(GOOD_END), [STALE]: 'vacuous' } as const
/** The same in each scenario in which the other end moves once. */
const inDoubleJumps = (verdict: Expectations[string], withFairLoss: Expectations[string]): Expectations => ({
  'both-move': verdict,
  'both-move-twice': verdict,
  'both-move-one-loss': verdict,
  'both-move-fair-loss': withFairLoss,
  'both-move-reordered': verdict,
  'both-move-atomic': verdict,
})

/** The old address is kept until the new subflow is there: nobody is ever wrong. */
const kept = neverStale('server-moves', 'both-move-brief-overlap', 'both-move-long-overlap')

export const expectations: Readonly<Record<string, Expectations>> = {
  'client-joins': {
    ...inDoubleJumps(cutOff, violated(BINDING, REACH, DEADLOCK)),
    'both-move-twice': { ...cutOff, ...violated(GOOD_END) },
    'server-moves': unheard,
  },
  'either-joins': inDoubleJumps(lost, violated(BINDING, REACH)),
  'join-denied': {
    ...inDoubleJumps(unheard, { ...violated(BINDING, REACH, DEADLOCK, GOOD_END), [STALE]: 'vacuous' }),
    'one-moves': unheard,
    'one-moves-twice': unheard,
    'one-moves-one-loss': unheard,
    'server-moves': unheard,
    'one-returns': violated(BINDING, REACH, QUIET_DATA, SESSION),
  },
  'client-join-denied': { ...inDoubleJumps(cutOff, violated(BINDING, REACH)), 'server-moves': unheard },
  overlap: kept,
  'join-denied-overlap': kept,
}
