import type { Armed } from '../index.ts'
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
export const isRepeated = ({ response, acknowledged, retransmissions }: Server): boolean =>
  response !== '100 Trying' && !acknowledged && retransmissions > 0

/**
 * §14.1 (2)  It has answered 491 (or 487), and that INVITE server transaction waits for its ACK; or for its user. (After a 2xx there is none any more:
 * §17.2.1.)
 */
export const isRefusing = ({ server }: UserAgent): boolean =>
  server !== null && server.response !== '200 OK' && !server.acknowledged

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

/**
 * Each transaction has timers of its own.
 *
 * @param backOff which of them, where it backs off
 */
export function runningTimers(ua: UserAgent, backOff: TimerName): Armed<TimerName>[] {
  const running: Armed<TimerName>[] = []
  const again = (timer: TimerName, key: string | number, left: number): void => {
    if (left > 0) running.push({ timer, key })
  }
  // Timers A and B run in Calling only: a provisional response stops both (§17.1.1.2).
  if (ua.client?.state === 'calling') {
    running.push({ timer: 'Timer B', key: ua.cseq })
    again('Timer A', ua.cseq, ua.client.retransmissions)
  }
  if (!ua.registered) running.push({ timer: 'Timer E', key: ua.registrations })
  if (ua.untold.length > 0) running.push('tells again')
  const answered = ua.server === null ? ua.earlier : [...ua.earlier, ua.server]
  // Of several the oldest is due first.
  const oldest = answered.find(isUnacknowledged2xx)
  if (oldest !== undefined) running.push({ timer: 'no ACK', key: oldest.cseq })
  const repeated = answered.find(isRepeated)
  if (repeated !== undefined) again('Timer G', repeated.cseq, repeated.retransmissions)
  if (isRefusing(ua) && ua.server?.response !== '100 Trying') running.push({ timer: 'Timer H', key: ua.remoteCseq })
  if (ua.backingOff) running.push({ timer: backOff, key: ua.glares })
  if (ua.bye !== null) {
    running.push('Timer F')
    again('Timer E (BYE)', '', ua.bye.retransmissions)
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
