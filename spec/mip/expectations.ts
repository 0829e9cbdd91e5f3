import { BINDING, DEADLOCK, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

/** No double jump harms it: home agents stay. What does: a loss that nothing mends, and a home agent that forgets. */
const either: Expectations = {
  'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  'home-agent-crashes': violated(BINDING, REACH, QUIET_DATA),
  // It has forgotten the last Identification as well, so an older request that comes late is new to it.
  'home-agent-crashes-lifetimes': violated(STALE, QUIET_DATA),
}

export const expectations: Readonly<Record<string, Expectations>> = { 'co-located': either, 'foreign-agent': either }
