import { BINDING, GOES_STALE, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

/** An overtaken packet takes the endpoint back: for a while, or, where nothing more is sent, for good. */
const goesBack = violated(QUIET_DATA, STALE)
const staysBack = violated(BINDING, REACH, QUIET_DATA, STALE)
/** The double jump. */
const lost = violated(BINDING, REACH)
const neverWrong = violated(GOES_STALE)
const lostWhenQuiet = violated(BINDING, REACH, QUIET_DATA)

export const expectations: Readonly<Record<string, Expectations>> = {
  roaming: {
    'both-move': staysBack,
    'one-moves-twice': staysBack,
    'both-move-twice': staysBack,
    'one-returns': lostWhenQuiet,
    'both-move-one-loss': staysBack,
    'both-move-fair-loss': staysBack,
    'both-move-reordered': staysBack,
    'both-move-atomic': staysBack,
    'both-move-one-returns': staysBack,
  },
  'persistent-keepalive': {
    'one-moves': goesBack,
    'both-move': staysBack,
    'one-moves-twice': goesBack,
    'both-move-twice': staysBack,
    'one-returns': goesBack,
    'one-moves-one-loss': goesBack,
    'both-move-one-loss': staysBack,
    'both-move-fair-loss': staysBack,
    'both-move-reordered': staysBack,
    'both-move-atomic': staysBack,
    'both-move-one-returns': staysBack,
  },
  'newest-packet': {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-one-returns': lost,
  },
  're-resolve-one': {
    'one-moves': goesBack,
    'both-move': goesBack,
    'one-moves-twice': goesBack,
    'both-move-twice': goesBack,
    'one-returns': goesBack,
    'one-moves-one-loss': goesBack,
    'both-move-one-loss': goesBack,
    'both-move-fair-loss': goesBack,
    'both-move-reordered': goesBack,
    'both-move-atomic': goesBack,
    'both-move-one-returns': goesBack,
  },
  're-resolve-both': {
    'one-moves': goesBack,
    'both-move': goesBack,
    'one-moves-twice': goesBack,
    'both-move-twice': goesBack,
    'one-returns': goesBack,
    'one-moves-one-loss': goesBack,
    'both-move-one-loss': goesBack,
    'both-move-fair-loss': goesBack,
    'both-move-reordered': goesBack,
    'both-move-atomic': goesBack,
    'both-move-one-returns': goesBack,
  },
  overlap: {
    'one-moves': goesBack,
    'both-move': staysBack,
    'one-moves-twice': goesBack,
    'both-move-twice': staysBack,
    'one-returns': goesBack,
    'one-moves-one-loss': goesBack,
    'both-move-one-loss': staysBack,
    'both-move-fair-loss': staysBack,
    'both-move-reordered': staysBack,
    'both-move-one-returns': staysBack,
  },
  'overlap-newest-packet': {
    'one-moves': neverWrong,
    'both-move': neverWrong,
    'one-moves-twice': neverWrong,
    'both-move-twice': neverWrong,
    'one-returns': neverWrong,
    'one-moves-one-loss': violated(QUIET_DATA),
    'both-move-one-loss': lostWhenQuiet,
    'both-move-fair-loss': lostWhenQuiet,
    'both-move-reordered': neverWrong,
    'both-move-one-returns': neverWrong,
  },
}
