import { BINDING, DEADLOCK, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, DEADLOCK)
/** An answer of the DNS that has been overtaken. */
const takenBack = violated(BINDING, REACH, QUIET_DATA, STALE)

export const expectations: Readonly<Record<string, Expectations>> = {
  'locator-update': {
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': violated(BINDING, REACH),
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
  'dns-each-time': {
    'both-move-twice': takenBack,
    'both-move-one-loss': takenBack,
    'both-move-fair-loss': takenBack,
  },
  'dns-once': {
    'both-move-twice': violated(BINDING, REACH, QUIET_DATA, STALE, DEADLOCK),
    'both-move-one-loss': violated(BINDING, REACH, QUIET_DATA, STALE, DEADLOCK),
    'both-move-fair-loss': takenBack,
  },
}
