import { timerA, timerB } from '../../spec/sip/timers.ts'

/** When Timer A sends an INVITE, in seconds: at once, then doubling, until Timer B (RFC 3261 §17.1.1.2). */
export function inviteInstants(): number[] {
  const instants = [0]
  for (let wait = timerA.milliseconds, at = wait; at < timerB.milliseconds; wait *= 2, at += wait)
    instants.push(at / 1000)
  return instants
}

export const timeout = (): number => timerB.milliseconds / 1000

/** The longest that a new registration has to wait for the next one. */
export function longestWait(): number {
  const instants = inviteInstants()
  return Math.max(...instants.slice(1).map((at, i) => at - instants[i]!))
}
