import { BINDING, DEADLOCK, GOOD_END, QUIET_DATA, REACH, REGISTRATIONS, SESSION, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, SESSION)
const lostButOpen = violated(BINDING, REACH)
const lostWhenQuiet = violated(BINDING, REACH, QUIET_DATA, SESSION)
/** A permission is to an IP address: what comes from where the other has gone is dropped, in every run. */
const notLetThrough = violated(BINDING, REACH, QUIET_DATA, SESSION, GOOD_END)

/** Without an anchor a relay helps as little as any address that changes. */
const unanchored: Expectations = {
  'both-move': lost,
  'both-move-twice': lost,
  'both-move-one-loss': lost,
  'both-move-fair-loss': lostButOpen,
  'both-move-reordered': lost,
  'both-move-atomic': lost,
}

export const expectations: Readonly<Record<string, Expectations>> = {
  unanchored,
  'relayed-five-tuple': unanchored,
  'one-relayed-mobility': {
    'other-moves': { ...notLetThrough, [STALE]: 'vacuous' },
    'both-move': notLetThrough,
    'both-move-twice': notLetThrough,
    'both-move-one-loss': notLetThrough,
    'both-move-fair-loss': violated(BINDING, REACH, GOOD_END),
    'both-move-reordered': notLetThrough,
    'both-move-atomic': notLetThrough,
  },
  'anchored-once': {
    'both-move': lostButOpen,
    'both-move-twice': lostButOpen,
    'one-moves-one-loss': lostWhenQuiet,
    'both-move-one-loss': lostWhenQuiet,
    'both-move-fair-loss': violated(BINDING, REACH, DEADLOCK),
    'both-move-reordered': lostWhenQuiet,
    'both-move-atomic': lostButOpen,
  },
  'anchored-both-ignore': {
    'both-move': lost,
    'both-move-twice': violated(BINDING, REACH, SESSION, REGISTRATIONS),
    'both-move-one-loss': lost,
    'both-move-fair-loss': lostButOpen,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
}
