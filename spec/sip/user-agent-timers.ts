import {
  backOffLast,
  backOffOther,
  backOffOwner,
  noAck,
  tellsAgain,
  timerA,
  timerB,
  timerE,
  timerF,
  timerG,
  timerH,
} from './timers.ts'
import type { Server, TimerName, UserAgent } from './user-agent-state.ts'

export const isUnacknowledged2xx = ({ response, acknowledged }: Server): boolean =>
  response === '200 OK' && !acknowledged
export const isRepeated = ({ acknowledged, retransmissions }: Server): boolean => !acknowledged && retransmissions > 0

/** §14.1 (2)  It has answered 491, and that INVITE server transaction waits for its ACK. (After a 2xx there is none any more: §17.2.1.) */
export const isRefusing = ({ server }: UserAgent): boolean =>
  server !== null && server.response === '491 Request Pending' && !server.acknowledged

export const userAgentTimers = {
  'Timer A': timerA,
  'Timer B': timerB,
  'Timer E': timerE,
  'Timer E (BYE)': timerE,
  'Timer F': timerF,
  'Timer G': timerG,
  'Timer H': timerH,
  'no ACK': noAck,
  'tells again': tellsAgain,
  'back-off (Call-ID owner)': backOffOwner,
  'back-off (other side)': backOffOther,
  'back-off (last)': backOffLast,
}

/** @param backOff which of them, where it backs off */
export function runningTimers(ua: UserAgent, backOff: TimerName): TimerName[] {
  const running: TimerName[] = []
  // Timers A and B run in Calling only: a provisional response stops both (§17.1.1.2).
  if (ua.client?.state === 'calling') {
    running.push('Timer B')
    if (ua.client.retransmissions > 0) running.push('Timer A')
  }
  if (!ua.registered) running.push('Timer E')
  if (ua.untold.length > 0) running.push('tells again')
  const answered = ua.server === null ? ua.earlier : [...ua.earlier, ua.server]
  if (answered.some(isUnacknowledged2xx)) running.push('no ACK')
  if (answered.some(isRepeated)) running.push('Timer G')
  if (isRefusing(ua)) running.push('Timer H')
  if (ua.backingOff) running.push(backOff)
  if (ua.bye !== null) {
    running.push('Timer F')
    if (ua.bye.retransmissions > 0) running.push('Timer E (BYE)')
  }
  return running
}

/** What is left to do, in words; null where nothing is. */
export function waitsFor(ua: UserAgent): string | null {
  if (!ua.registered) return 'waits for an answer of its registrar'
  if (ua.ended !== null) return ua.bye === null ? null : 'waits for an answer to its BYE'
  if (ua.client !== null) return `waits for an answer to its re-INVITE (CSeq ${ua.cseq})`
  if (ua.backingOff) return `backs off after ${ua.glares} answers 491`
  return ua.unannounced ? 'has not yet said where it is' : null
}
