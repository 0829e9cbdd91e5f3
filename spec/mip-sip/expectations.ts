import { BINDING, GOOD_END, QUIET_DATA, REACH, REGISTRATIONS, SESSION, STALE } from '../property-ids.ts'
import { type Expectations, type Expected, violated } from '../protocol.ts'

/** The double jump: the call dies, TCP goes on. */
const mediaLost = violated(BINDING, REACH, SESSION, 'registrar-home-agent-and-peer-agree')
/** The binding is refused, the re-INVITE is not. */
const apart = violated(REGISTRATIONS, 'tcp-flows-both-ways', 'registrar-home-agent-and-peer-agree')
const mediaLostAndApart = violated(
  BINDING,
  REACH,
  SESSION,
  REGISTRATIONS,
  'tcp-flows-both-ways',
  'registrar-home-agent-and-peer-agree',
)
const nothingFlows: Readonly<Record<string, Expected>> = {
  ...violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS, GOOD_END, 'tcp-flows-both-ways'),
  [STALE]: 'vacuous',
}
const nothingLives = violated(
  BINDING,
  REACH,
  QUIET_DATA,
  SESSION,
  REGISTRATIONS,
  GOOD_END,
  'tcp-flows-both-ways',
  'registrar-home-agent-and-peer-agree',
)
const olderWins = violated(STALE, REGISTRATIONS, 'registrar-home-agent-and-peer-agree')
const mediaLostForEver = violated(BINDING, REACH, 'registrar-home-agent-and-peer-agree')

export const expectations: Readonly<Record<string, Expectations>> = {
  parallel: {
    'both-move': mediaLost,
    'both-move-twice': mediaLost,
    'both-move-one-loss': mediaLost,
    'both-move-fair-loss': mediaLostForEver,
    'both-move-reordered': mediaLost,
    'both-move-atomic': mediaLost,
  },
  sequential: {
    'both-move': mediaLost,
    'both-move-twice': mediaLost,
    'both-move-one-loss': mediaLost,
    'both-move-fair-loss': mediaLostForEver,
    'both-move-reordered': mediaLost,
    'both-move-atomic': mediaLost,
  },
  'parallel-refused': {
    'one-moves': apart,
    'both-move': violated(
      BINDING,
      REACH,
      SESSION,
      REGISTRATIONS,
      'tcp-flows-both-ways',
      'registrar-home-agent-and-peer-agree',
      'media-are-lost-while-tcp-lives',
    ),
    'one-moves-twice': apart,
    // The run in which it does not return.
    'one-returns': apart,
    'both-move-twice': mediaLostAndApart,
    'one-moves-one-loss': apart,
    'both-move-one-loss': mediaLostAndApart,
    'both-move-fair-loss': violated(
      BINDING,
      REACH,
      REGISTRATIONS,
      'tcp-flows-both-ways',
      'registrar-home-agent-and-peer-agree',
    ),
    'both-move-reordered': mediaLostAndApart,
    'both-move-atomic': mediaLostAndApart,
    'one-moves-twice-reordered': apart,
    'one-moves-twice-one-loss': apart,
  },
  'sequential-refused': {
    'one-moves': nothingFlows,
    'both-move': violated(
      BINDING,
      REACH,
      QUIET_DATA,
      SESSION,
      REGISTRATIONS,
      GOOD_END,
      'tcp-flows-both-ways',
      'registrar-home-agent-and-peer-agree',
      'media-are-lost-while-tcp-lives',
    ),
    'one-moves-twice': nothingFlows,
    'both-move-twice': nothingLives,
    'one-returns': violated(BINDING, REACH, QUIET_DATA, REGISTRATIONS, 'tcp-flows-both-ways'),
    'one-moves-one-loss': nothingFlows,
    'both-move-one-loss': nothingLives,
    'both-move-fair-loss': violated(
      BINDING,
      REACH,
      QUIET_DATA,
      REGISTRATIONS,
      GOOD_END,
      'tcp-flows-both-ways',
      'registrar-home-agent-and-peer-agree',
    ),
    'both-move-reordered': nothingLives,
    'both-move-atomic': nothingLives,
    'one-moves-twice-reordered': nothingFlows,
    'one-moves-twice-one-loss': nothingFlows,
  },
  'unnumbered-registrations': {
    'both-move': mediaLost,
    'both-move-twice': mediaLost,
    'both-move-one-loss': mediaLost,
    'both-move-fair-loss': mediaLostForEver,
    'both-move-reordered': mediaLost,
    'both-move-atomic': mediaLost,
    'one-moves-twice-reordered': olderWins,
    // An older REGISTER that was lost is sent again, after the newer one.
    'one-moves-twice-one-loss': olderWins,
  },
}
