import { BINDING, DEADLOCK, QUIET_DATA, REACH, REGISTRATIONS, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, SESSION)
const lostButOpen = violated(BINDING, REACH)
const lostWhenQuiet = violated(BINDING, REACH, QUIET_DATA, SESSION)

export const expectations: Readonly<Record<string, Expectations>> = {
  unanchored: {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': lostButOpen,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
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
