import { doubledUpTo, type Timer } from '../index.ts'

/** T1 is 500 ms (RFC 3261 §17.1.1.1). */
const T1 = 500

/** Up to which all but an INVITE is backed off (RFC 3261 §17.1.2.2, §17.2.1). */
const T2 = 4000

/** The REGISTER of a move is sent before its re-INVITE: of the timers that start at T1, that of the REGISTER is due first. */
const AFTER_REGISTER = { rankedAs: T1 + 1 }

/** Of a proxy, where one stands for those of all branches: how late it may fire is not said. */
export const proxyTimerA: Timer = {
  milliseconds: T1,
  ...AFTER_REGISTER,
  backsOff: doubledUpTo(64 * T1),
  source: 'RFC 3261 §17.1.1.2: retransmission of an INVITE over UDP',
}
/** Against §17.1.1.2, Kamailio sends an INVITE again no later than after T2. */
export const proxyTimerAUpToT2: Timer = { ...proxyTimerA, backsOff: doubledUpTo(T2) }
export const timerA: Timer = { ...proxyTimerA, latest: T1 }
export const tellsAgain: Timer = {
  milliseconds: T1,
  backsOff: doubledUpTo(T2),
  source: 'no RFC: an Interceptor is told again until it says that it has the entry; T1, as for a REGISTER',
}
export const timerB: Timer = {
  milliseconds: 64 * T1,
  latest: 64 * T1,
  source: 'RFC 3261 §17.1.1.2: an INVITE without any answer',
}
export const timerE: Timer = {
  milliseconds: T1,
  backsOff: doubledUpTo(T2),
  source: 'RFC 3261 §17.1.2.2: retransmission of a REGISTER over UDP',
}
export const timerF: Timer = { milliseconds: 64 * T1, source: 'RFC 3261 §17.1.2.2: a BYE without any answer' }
export const cancelledInvite: Timer = {
  milliseconds: 64 * T1,
  source: 'RFC 3261 §9.1: a cancelled request without a final answer is taken for over',
}
export const timerJ: Timer = {
  milliseconds: 64 * T1,
  earliest: 5000,
  source: 'RFC 3261 §17.2.2: a request that is over is known for 64*T1; Kamailio knows it for 5 s',
}
export const timerG: Timer = {
  milliseconds: T1,
  ...AFTER_REGISTER,
  backsOff: doubledUpTo(T2),
  source: 'RFC 3261 §17.2.1 (errors), §13.3.1.4 (2xx): a final response is sent again until its ACK',
}
export const timerH: Timer = { milliseconds: 64 * T1, source: 'RFC 3261 §17.2.1: an error that is never acknowledged' }
export const noAck: Timer = {
  milliseconds: 64 * T1,
  latest: 64 * T1,
  source: 'RFC 3261 §13.3.1.4: a 2xx that is never acknowledged',
}
export const backOffOwner: Timer = {
  milliseconds: 2100,
  latest: 4000,
  lasts: [2100, 4000],
  source: 'RFC 3261 §14.1: 2.1 to 4 s after a 491, for the owner of the Call-ID',
}
export const backOffOther: Timer = {
  milliseconds: 1000,
  earliest: 0,
  latest: 2000,
  lasts: [0, 2000],
  source: 'RFC 3261 §14.1: 0 to 2 s after a 491, for the other side',
}
/** Later than every time-out of the other side and of a proxy: stands for the many back-offs that fit in before them. */
export const backOffLast: Timer = {
  milliseconds: 65 * T1,
  source: 'RFC 3261 §14.1: a back-off that ends when whatever the other side waited for has been given up',
}
export const branchTimeout: Timer = {
  milliseconds: 30_000,
  source: 'a proxy gives up on a branch: RFC 3261 §16.8 with §17.1.1.2; 30 s as Kamailio ships it',
}
