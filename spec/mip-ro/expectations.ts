import { BINDING, GOOD_END, LOOP, QUIET_DATA, REACH, REGISTRATIONS } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

/** All is quiet until the next packet of data shows that the binding is stale. */
const untilTold = violated(QUIET_DATA)
const lost = violated(BINDING, REACH, QUIET_DATA, GOOD_END)
/** Data arrive by the forwarder; nobody tells the correspondent. */
const neverTold = violated(BINDING, GOOD_END)
const someEntryAlwaysRunsOut = violated(BINDING)
/** Entries of two foreign agents point to each other. */
const loops = violated(LOOP)

/** A home agent that has forgotten where its mobile node is tells nobody, until that registers again. */
const forgotten = violated(BINDING, REGISTRATIONS)

export const expectations: Readonly<Record<string, Expectations>> = {
  plain: {
    'one-moves': lost,
    'both-move': lost,
    'one-moves-twice': lost,
    'both-move-twice': lost,
    'one-returns': violated(BINDING, REACH, QUIET_DATA),
    'one-moves-one-loss': lost,
    'both-move-one-loss': lost,
    'both-move-fair-loss': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-lifetimes-expire': violated(BINDING, QUIET_DATA),
    'one-returns-and-leaves': lost,
    'home-agent-crashes': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS, GOOD_END),
    'home-agent-crashes-lifetimes': lost,
  },
  'forwarding-only': {
    'one-moves': neverTold,
    'both-move': neverTold,
    'one-moves-twice': neverTold,
    'both-move-twice': neverTold,
    'one-returns': someEntryAlwaysRunsOut,
    'one-moves-one-loss': neverTold,
    'both-move-one-loss': neverTold,
    'both-move-fair-loss': neverTold,
    'both-move-reordered': neverTold,
    'both-move-atomic': neverTold,
    'both-move-lifetimes-expire': someEntryAlwaysRunsOut,
    'one-returns-and-leaves': violated(BINDING, LOOP, GOOD_END),
    'home-agent-crashes': violated(BINDING, REGISTRATIONS, GOOD_END),
    'home-agent-crashes-lifetimes': neverTold,
    // What it was notified of is gone, and nobody notifies it again.
    'previous-agent-crashes': lost,
  },
  'warning-only': {
    'one-moves': untilTold,
    'both-move': untilTold,
    'one-moves-twice': untilTold,
    'both-move-twice': untilTold,
    'one-returns': untilTold,
    'one-moves-one-loss': untilTold,
    'both-move-one-loss': untilTold,
    'both-move-fair-loss': untilTold,
    'both-move-reordered': untilTold,
    'both-move-atomic': untilTold,
    'both-move-lifetimes-expire': violated(BINDING, QUIET_DATA),
    'one-returns-and-leaves': untilTold,
    'home-agent-crashes': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS),
    'home-agent-crashes-lifetimes': untilTold,
    'previous-agent-crashes': untilTold,
  },
  'forwarding-and-warning': {
    'both-move-lifetimes-expire': someEntryAlwaysRunsOut,
    'one-returns-and-leaves': loops,
    'home-agent-crashes': forgotten,
    // Not forwarded any more; the next packet is a warning.
    'previous-agent-crashes': untilTold,
  },
  'special-tunnel': {
    'one-moves-twice': loops,
    'one-returns': loops,
    'both-move-lifetimes-expire': someEntryAlwaysRunsOut,
    'one-returns-and-leaves': loops,
    'home-agent-crashes': forgotten,
  },
}
