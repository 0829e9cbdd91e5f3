import { BINDING, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'
import { neverStale } from '../roaming.ts'

/** RFC 4555 §1.2: no rendezvous, so that both ends may move, but not at the same time. */
const lost = violated(BINDING, REACH, SESSION)

export const expectations: Readonly<Record<string, Expectations>> = {
  'single-homed': {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
  overlap: neverStale('responder-moves'),
}
