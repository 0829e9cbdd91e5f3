import { BINDING, QUIET_DATA, REACH, REGISTRATIONS, STALE } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const lost = violated(BINDING, REACH, QUIET_DATA)

const lostAndUnregistered = violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS)

/** Nothing is sent again, so what comes while the register is down is gone, whatever it has kept. */
const crashes: Expectations = {
  'register-crashes': lostAndUnregistered,
  'register-crashes-and-keeps': lostAndUnregistered,
}
/** The same of replicas: a query or a copy that comes while one is down is gone, though the registers themselves are right. */
const replicaCrashes: Expectations = { 'replica-crashes': lost, 'replica-crashes-and-keeps': lost }
/** One loss is enough; where the register tells the correspondent too, one host is still followed. */
const oneLoss: Expectations = { 'both-move-one-loss': lostAndUnregistered, ...crashes }
const revised: Expectations = {
  ...oneLoss,
  'one-moves-one-loss': violated(REGISTRATIONS),
  // A window that closes before the correspondent has registered revises nothing.
  'both-move-short-window': lost,
}
/** No window is needed: of two registers one is asked in time, and the host that it tells answers by its own update. */
const answersNewsByNews: Expectations = { ...oneLoss, 'one-moves-one-loss': violated(REGISTRATIONS) }
/** What was acknowledged is not sent again, so a register that keeps nothing never hears of its host any more. */
const crashesForgetful: Expectations = {
  'register-crashes': violated(BINDING, REACH, REGISTRATIONS),
}
const direct: Expectations = {
  ...oneLoss,
  'both-move': lost,
  'both-move-twice': lost,
  'one-moves-one-loss': lostAndUnregistered,
  'both-move-reordered': lost,
  'both-move-atomic': lost,
  'both-move-short-window': lost,
}
const neverHeard = violated(BINDING, REACH)
const overtaken = violated(BINDING, REACH, QUIET_DATA, STALE, REGISTRATIONS)

export const expectations: Readonly<Record<string, Expectations>> = {
  // 000 Fig. 3: both direct updates go to dead addresses, and nothing makes either host ask.
  direct,
  // Who is not told that its peer has moved has no news to answer.
  'direct-resends': direct,
  // Sent for ever to the address that was left.
  'direct-retransmitted': {
    ...Object.fromEntries(
      [
        'both-move',
        'both-move-twice',
        'both-move-one-loss',
        'both-move-fair-loss',
        'both-move-reordered',
        'both-move-atomic',
        'both-move-short-window',
        'register-crashes-and-keeps',
      ].map((name) => [name, neverHeard]),
    ),
    ...crashesForgetful,
  },
  // Fig. 8 shows the lucky order. Asked before the correspondent has registered, one side is never told.
  'hlr-initiated': {
    ...revised,
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
  'hlr-initiated-resends': answersNewsByNews,
  // Asked and acknowledged, but not yet told on: what a register owes is lost as well, and the other one was asked too early.
  'hlr-initiated-retransmitted': { ...crashesForgetful, 'register-crashes-and-keeps': neverHeard },
  'revised-answers': revised,
  // With one update the less, one loss is enough where one host moves as well.
  'revised-answers-by-registers': { ...revised, 'one-moves-one-loss': lostAndUnregistered },
  'revised-answers-resends': answersNewsByNews,
  'revised-answers-retransmitted': crashesForgetful,
  // Updates from two addresses of one host overtake each other even on links that keep order.
  'revised-answers-unnumbered': {
    ...revised,
    'one-moves-twice': overtaken,
    'one-moves-twice-reordered': overtaken,
    'both-move-twice': overtaken,
    'one-returns': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS),
  },
  replicated: { ...revised, ...replicaCrashes },
  // The replica that was asked does not say that its answer has changed; the register that could does not know who asked.
  'replicated-forgetful': {
    ...revised,
    ...replicaCrashes,
    'both-move': lost,
    'both-move-twice': lost,
    'both-move-reordered': lost,
    'both-move-atomic': lost,
  },
}
