import { BINDING, QUIET_DATA, REACH, REGISTRATIONS, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, QUIET_DATA)

/** Nothing is sent again, so one loss is enough; where the register tells the correspondent too, one host is still followed. */
const oneLoss = { 'both-move-one-loss': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS) }
const revised: Expectations = {
  ...oneLoss,
  'one-moves-one-loss': violated(REGISTRATIONS),
  // A window that closes before the correspondent has registered revises nothing.
  'both-move-short-window': lost,
}
const overtaken = violated(BINDING, REACH, QUIET_DATA, STALE, REGISTRATIONS)

export const expectations: Readonly<Record<string, Expectations>> = {
  // 000 Fig. 3: both direct updates go to dead addresses, and nothing makes either host ask.
  direct: {
    ...oneLoss,
    'both-move': lost,
    'both-move-twice': lost,
    'one-moves-one-loss': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS),
    'both-move-reordered': lost,
    'both-move-atomic': lost,
    'both-move-short-window': lost,
  },
  // Fig. 8 shows the lucky order. Asked before the correspondent has registered, one side is never told.
  'hlr-initiated': {
    ...revised,
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
  'revised-answers': revised,
  // Updates from two addresses of one host overtake each other even on links that keep order.
  'revised-answers-unnumbered': {
    ...revised,
    'one-moves-twice': overtaken,
    'one-moves-twice-reordered': overtaken,
    'both-move-twice': overtaken,
    'one-returns': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS),
  },
  replicated: revised,
  // The replica that was asked does not say that its answer has changed; the register that could does not know who asked.
  'replicated-forgetful': {
    ...revised,
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
}
