import { BINDING, QUIET_DATA, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'
import { neverStale } from '../roaming.ts'

/** RFC 4555 §1.2: no rendezvous, so that both ends may move, but not at the same time. */
const lost = violated(BINDING, REACH, SESSION)
/** A new SA is as good, and not the old one. */
const another = violated(SESSION)

const withoutRendezvous: Expectations = {
  'both-move': lost,
  'both-move-twice': lost,
  'both-move-one-loss': lost,
  'both-move-fair-loss': violated(BINDING, REACH),
  'both-move-reordered': lost,
  'both-move-atomic': lost,
  // An SA may die before its end has returned.
  'both-move-one-returns': lost,
}

export const expectations: Readonly<Record<string, Expectations>> = {
  'single-homed': withoutRendezvous,
  'silent-initiator': withoutRendezvous,
  're-established-by-name': {
    'both-move': another,
    'both-move-twice': another,
    'both-move-one-loss': another,
    // The responder gives up and its DELETE is lost: the initiator, which has nothing to send, never notices.
    'both-move-fair-loss': violated(BINDING, REACH, QUIET_DATA, SESSION),
    'both-move-reordered': another,
    'both-move-atomic': another,
    'both-move-one-returns': another,
  },
  overlap: neverStale(
    'responder-moves',
    'responder-moves-twice',
    'both-move-one-returns',
    'both-move-brief-overlap',
    'both-move-long-overlap',
  ),
}
