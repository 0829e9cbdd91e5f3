import { BINDING, DEADLOCK, GOOD_END, QUIET_DATA, REACH, SESSION, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'
import { neverStale } from '../roaming.ts'

const lost = violated(BINDING, REACH, SESSION)
const lostForGood = violated(BINDING, REACH, QUIET_DATA, SESSION)
/** The server cannot say where it has gone. */
const cutOff = { ...lostForGood, ...violated(GOOD_END) }
/** Nobody hears of a move, so that nothing older can overwrite what is newer. */
const unheard = { ...cutOff, [STALE]: 'vacuous' } as const
/** The other end goes back to the last valid address (§9.3.2). */
const fallsBack = { ...lostForGood, ...violated(STALE) }
/** The same in each scenario in which the other end moves once. */
const inDoubleJumps = (verdict: Expectations[string], withFairLoss: Expectations[string]): Expectations => ({
  'both-move': verdict,
  'both-move-twice': verdict,
  'both-move-one-loss': verdict,
  'both-move-fair-loss': withFairLoss,
  'both-move-reordered': verdict,
  'both-move-atomic': verdict,
})

const clientMigration: Expectations = {
  ...inDoubleJumps(cutOff, violated(BINDING, REACH, GOOD_END)),
  'server-moves': unheard,
}

export const expectations: Readonly<Record<string, Expectations>> = {
  'client-migration': clientMigration,
  'client-migration-two-ids': {
    ...clientMigration,
    'one-moves-twice': fallsBack,
    // The server is right by falling back, but the client has closed.
    'one-returns': violated(REACH, SESSION),
  },
  'client-migration-ids-run-out': {
    ...clientMigration,
    'one-moves-twice': { ...fallsBack, ...cutOff },
    'one-returns': lostForGood,
    'both-move-fair-loss': violated(BINDING, REACH, GOOD_END, DEADLOCK),
  },
  'migration-disabled': {
    ...inDoubleJumps(unheard, { ...violated(BINDING, REACH, GOOD_END), [STALE]: 'vacuous' }),
    'one-moves': unheard,
    'one-moves-twice': unheard,
    'one-moves-one-loss': unheard,
    'server-moves': unheard,
    // Back in time it may send again; but it may also stay away.
    'one-returns': violated(BINDING, REACH, QUIET_DATA, SESSION),
  },
  'preferred-address-on-move': {
    ...inDoubleJumps(lostForGood, violated(BINDING, REACH)),
    'server-moves': unheard,
  },
  'preferred-address-two-ids': {
    ...inDoubleJumps(lostForGood, violated(BINDING, REACH, DEADLOCK)),
    'one-moves': lostForGood,
    'one-moves-twice': fallsBack,
    'one-returns': lostForGood,
    'one-moves-one-loss': lostForGood,
    // Handoffs that do not overlap begin when it has turned to the preferred address, and has another ID.
    'both-move-twice': {},
  },
  'preferred-address-three-ids': { 'one-moves-twice': fallsBack, 'one-returns': lostForGood },
  'peer-to-peer': inDoubleJumps(lost, violated(BINDING, REACH)),
  'peer-to-peer-overlap': neverStale('server-moves', 'both-move-brief-overlap', 'both-move-long-overlap'),
}
