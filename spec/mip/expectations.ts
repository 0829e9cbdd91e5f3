import { BINDING, DEADLOCK, GOES_STALE, QUIET_DATA, REACH, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

/** No double jump harms it: home agents stay. What does: a loss that nothing mends, and a home agent that forgets. */
const either: Expectations = {
  'both-move-no-retransmission': violated(BINDING, REACH, DEADLOCK),
  'home-agent-crashes': violated(BINDING, REACH, QUIET_DATA),
  // It has forgotten the last Identification as well, so an older request that comes late is new to it.
  'home-agent-crashes-lifetimes': violated(STALE, QUIET_DATA),
}

/** An overlap as long as a round trip: no binding is ever wrong, unless a packet is lost; one that may end at any time loses data. */
const overlapping: Expectations = {
  ...Object.fromEntries(
    ['one-moves', 'both-move', 'one-moves-twice', 'both-move-twice', 'one-returns', 'both-move-reordered'].map(
      (name) => [name, violated(GOES_STALE)],
    ),
  ),
  'both-move-overlap-any': violated('no-data-are-lost-in-a-handoff'),
}

export const expectations: Readonly<Record<string, Expectations>> = {
  'co-located': either,
  // Nothing tells the visitor that it is not known any more, until its lifetime ends, or until its foreign agent advertises itself again.
  'foreign-agent': {
    ...either,
    'foreign-agent-crashes': violated(REACH, QUIET_DATA),
    'foreign-agent-crashes-advertises': violated(QUIET_DATA),
  },
  'simultaneous-bindings': overlapping,
  'simultaneous-bindings-refused': overlapping,
}
