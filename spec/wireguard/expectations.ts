import { BINDING, GOES_STALE, GOOD_END, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, type Expected, violated } from '../protocol.ts'

/** An overtaken packet takes the endpoint back: for a while, or, where nothing more is sent, for good. */
const goesBack = violated(QUIET_DATA, STALE)
const staysBack = violated(BINDING, REACH, QUIET_DATA, STALE)
/** The double jump. */
const lost = violated(BINDING, REACH)
const neverWrong = violated(GOES_STALE)
const lostWhenQuiet = violated(BINDING, REACH, QUIET_DATA)

/** Who has nothing to send is silent, and nobody learns where it has gone: there is no run that ends well. */
const neverFound = violated(BINDING, REACH, QUIET_DATA, GOOD_END)
const neverFoundGoesBack = violated(BINDING, REACH, QUIET_DATA, STALE, GOOD_END)
const nothingSent: Readonly<Record<string, Expected>> = { ...neverFound, [STALE]: 'vacuous' }
const silent: Expectations = {
  'one-moves-silent': nothingSent,
  'both-move-one-silent': neverFound,
  'both-move-both-silent': nothingSent,
}
/** With a persistent keepalive some timer always runs, so that an overlap until none does never ends. */
const keptForGood = violated(GOES_STALE, GOOD_END)

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
    ...silent,
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
    ...silent,
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
    'both-move-brief-overlap': staysBack,
    'both-move-long-overlap': { ...keptForGood, ...violated(STALE) },
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
    'both-move-brief-overlap': neverWrong,
    'both-move-long-overlap': keptForGood,
  },
  // b is silent: when it moves, alone or with a, it is lost.
  'one-keepalive': {
    'one-moves': goesBack,
    'both-move': neverFoundGoesBack,
    'one-moves-twice': goesBack,
    'both-move-twice': neverFoundGoesBack,
    'one-returns': goesBack,
    'one-moves-one-loss': goesBack,
    'both-move-one-loss': neverFoundGoesBack,
    'both-move-fair-loss': neverFoundGoesBack,
    'both-move-reordered': neverFoundGoesBack,
    'both-move-atomic': neverFoundGoesBack,
    'both-move-one-returns': neverFoundGoesBack,
    'other-moves': nothingSent,
  },
  // a notices that b is silent, and finds it.
  're-resolve-keepalive-at-asker': {
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
    'other-moves': violated(QUIET_DATA),
  },
  // a is silent and asks for nobody.
  're-resolve-keepalive-at-named': {
    'one-moves': nothingSent,
    'both-move': neverFoundGoesBack,
    'one-moves-twice': nothingSent,
    'both-move-twice': neverFoundGoesBack,
    'one-returns': lostWhenQuiet,
    'one-moves-one-loss': nothingSent,
    'both-move-one-loss': neverFoundGoesBack,
    'both-move-fair-loss': neverFoundGoesBack,
    'both-move-reordered': neverFoundGoesBack,
    'both-move-atomic': neverFoundGoesBack,
    'both-move-one-returns': staysBack,
    'other-moves': goesBack,
  },
}
