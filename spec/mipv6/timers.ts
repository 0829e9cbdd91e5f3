import { doubledUpTo, type Timer } from '../index.ts'

/** The home registration is begun first (004 §II): of the timers of 1 s, its own is due first. */
const AFTER_HOME = { rankedAs: 1001 }

const MAX_BINDACK_TIMEOUT = 32_000

export const homeRetransmission: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(MAX_BINDACK_TIMEOUT),
  source: 'RFC 6275 §11.8, §12: INITIAL_BINDACK_TIMEOUT 1 s (1.5 s for the first registration), doubled up to 32 s',
}
export const testRetransmission: Timer = {
  milliseconds: 1000,
  ...AFTER_HOME,
  backsOff: doubledUpTo(MAX_BINDACK_TIMEOUT),
  source: 'RFC 6275 §11.8, §12: INITIAL_BINDACK_TIMEOUT 1 s, doubled up to 32 s, then for ever at that rate',
}
export const updateRetransmission: Timer = {
  milliseconds: 1000,
  ...AFTER_HOME,
  backsOff: doubledUpTo(MAX_BINDACK_TIMEOUT),
  source: 'RFC 6275 §11.8, §12: INITIAL_BINDACK_TIMEOUT 1 s, doubled up to 32 s',
}
export const homeRefresh: Timer = {
  milliseconds: 1_800_000,
  source: 'RFC 6275 §11.7.1: a home registration is renewed before its lifetime ends; 1800 s is common',
}
export const nonceLifetime: Timer = { milliseconds: 240_000, source: 'RFC 6275 §12: MAX_NONCE_LIFETIME 240 s' }
export const bindingRefresh: Timer = {
  milliseconds: 400_000,
  source: 'RFC 6275 §11.7.2: a binding is refreshed before its lifetime ends',
}
export const bindingLifetime: Timer = {
  milliseconds: 420_000,
  source: 'RFC 6275 §12: MAX_RR_BINDING_LIFETIME 420 s',
}
/** 004 gives no numbers: only that T_h > T_p, and that each is longer than a round trip with a move in it. */
export const holdTime: Timer = { milliseconds: 5000, source: '004 §IV.B: T_h' }
export const answerTime: Timer = { milliseconds: 4000, source: '004 §IV.B: T_p' }
/** Where an answer is given at its end: without a clock, what mobile nodes send again for ever would hold it back for ever. */
export const lateAnswerTime: Timer = { ...answerTime, rankedAs: 999 }
export const bufferTime: Timer = { milliseconds: 4000, source: '004 §IV.C: T_b' }
/** Longer than a move, which RFC 5568 does not measure either. */
export const forwarderTime: Timer = { milliseconds: 4000, source: 'RFC 5568 §6.2.3 leaves it open: T_f' }
