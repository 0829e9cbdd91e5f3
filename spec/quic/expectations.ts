import { BINDING, GOES_STALE, GOOD_END, QUIET_DATA, REACH, SESSION, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const neverWrong = violated(GOES_STALE)
const lost = violated(BINDING, REACH, SESSION)
/** The server cannot say where it has gone. */
const cutOff = violated(BINDING, REACH, QUIET_DATA, STALE, SESSION, GOOD_END)

export const expectations: Readonly<Record<string, Expectations>> = {
  'client-migration': {
    'both-move': cutOff,
    'both-move-twice': violated(BINDING, REACH, QUIET_DATA, SESSION, GOOD_END),
    'both-move-one-loss': cutOff,
    'both-move-fair-loss': violated(BINDING, REACH, GOOD_END),
    'both-move-reordered': cutOff,
    'both-move-atomic': cutOff,
    'server-moves': { ...violated(BINDING, REACH, QUIET_DATA, SESSION, GOOD_END), [STALE]: 'vacuous' },
  },
  'peer-to-peer': {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
  'peer-to-peer-overlap': {
    'one-moves': neverWrong,
    'both-move': neverWrong,
    'one-moves-twice': neverWrong,
    'both-move-twice': neverWrong,
    'one-returns': neverWrong,
    'one-moves-one-loss': neverWrong,
    'both-move-one-loss': neverWrong,
    'both-move-fair-loss': neverWrong,
    'both-move-reordered': neverWrong,
    'server-moves': neverWrong,
  },
}
