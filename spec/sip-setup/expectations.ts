import { BINDING, DEADLOCK, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const notSetUp = violated(BINDING, REACH, 'the-call-is-set-up')
const dies = violated(BINDING, REACH, SESSION, DEADLOCK, 'the-call-is-set-up')

/** Nothing is repaired, and a 200 to where the caller was is lost for good. */
const answeredWhereTheFirstCopyCameFrom: Expectations = {
  'one-moves': notSetUp,
  'both-move': notSetUp,
  'one-moves-twice': notSetUp,
  'one-returns': notSetUp,
  'one-moves-one-loss': notSetUp,
  'both-move-one-loss': notSetUp,
  'both-move-fair-loss': notSetUp,
  'both-move-reordered': notSetUp,
  'both-move-atomic': notSetUp,
  'callee-moves': notSetUp,
}

export const expectations: Readonly<Record<string, Expectations>> = {
  'paper-plain': {
    'both-move': notSetUp,
    'one-moves-one-loss': violated(REACH, 'the-call-is-set-up'),
    'both-move-one-loss': notSetUp,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': notSetUp,
    'both-move-atomic': notSetUp,
    'callee-moves': notSetUp,
  },
  'paper-plain-first-copy': answeredWhereTheFirstCopyCameFrom,
  'paper-relookup-first-copy': answeredWhereTheFirstCopyCameFrom,
  'paper-interceptor-first-copy': {
    'one-moves-one-loss': notSetUp,
    'both-move-one-loss': notSetUp,
    'both-move-fair-loss': notSetUp,
  },
  'paper-relookup': {
    'both-move': notSetUp,
    'one-moves-one-loss': violated(REACH, 'the-call-is-set-up'),
    'both-move-one-loss': notSetUp,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': notSetUp,
    'both-move-atomic': notSetUp,
    'callee-moves': notSetUp,
  },
  'paper-interceptor': {
    'both-move-one-loss': notSetUp,
    'both-move-fair-loss': notSetUp,
  },
  plain: {
    'one-moves': dies,
    'both-move': dies,
    'one-moves-twice': dies,
    'one-returns': dies,
    'one-moves-one-loss': dies,
    'both-move-one-loss': dies,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': dies,
    'both-move-atomic': dies,
    'callee-moves': violated(BINDING, REACH, SESSION, 'the-call-is-set-up'),
  },
  // A callee that moves alone is found: its re-INVITE, before the ACK (§14.1), says where the ACK is to go.
  relookup: {
    'one-moves': dies,
    'both-move': dies,
    'one-moves-twice': dies,
    'one-returns': dies,
    'one-moves-one-loss': dies,
    'both-move-one-loss': dies,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': dies,
    'both-move-atomic': dies,
  },
  interceptor: {
    'one-moves-one-loss': dies,
    'both-move-one-loss': dies,
    'both-move-fair-loss': notSetUp,
  },
}
