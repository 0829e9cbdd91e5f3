import { BINDING, DEADLOCK, QUIET_DATA, REACH, SESSION } from '../property-ids.ts'
import { type Expectations, violated } from '../protocol.ts'

const notSetUp = violated(BINDING, REACH, 'the-call-is-set-up')
const dies = violated(BINDING, REACH, SESSION, DEADLOCK, 'the-call-is-set-up')
const diesOrHangs = violated(BINDING, REACH, QUIET_DATA, SESSION, DEADLOCK, 'the-call-is-set-up')

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
    'both-move': diesOrHangs,
    'one-moves-twice': dies,
    'one-returns': dies,
    'one-moves-one-loss': dies,
    'both-move-one-loss': diesOrHangs,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': diesOrHangs,
    'both-move-atomic': diesOrHangs,
    'callee-moves': violated(BINDING, REACH, QUIET_DATA, SESSION, 'the-call-is-set-up'),
  },
  relookup: {
    'one-moves': dies,
    'both-move': diesOrHangs,
    'one-moves-twice': dies,
    'one-returns': dies,
    'one-moves-one-loss': dies,
    'both-move-one-loss': diesOrHangs,
    'both-move-fair-loss': notSetUp,
    'both-move-reordered': diesOrHangs,
    'both-move-atomic': diesOrHangs,
    'callee-moves': violated(BINDING, REACH, QUIET_DATA, SESSION, 'the-call-is-set-up'),
  },
  interceptor: {
    'one-moves-one-loss': dies,
    'both-move-one-loss': diesOrHangs,
    'both-move-fair-loss': notSetUp,
  },
}
