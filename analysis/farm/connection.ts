import { setTimeout as sleep } from 'node:timers/promises'
import { errors } from '../errors.ts'
import type { Server } from './server.ts'

/** How a server is come to and left, which may be away, begin just now, or not let one in. */
const CONNECT_MS = 5000
const BEGIN_MS = 200
/** What a server that is away is waited for when one leaves. */
export const LEAVE_MS = 2000

/** @throws InputError where the server is not there within some seconds */
export async function connected<One extends Connecting>(make: () => One, { told }: Server): Promise<One> {
  const tooLate = AbortSignal.timeout(CONNECT_MS)
  for (;;) {
    const one = make()
    let trouble: unknown = Object.assign(new Error('it does not answer'), { code: NO_ANSWER })
    one.on('error', (error) => {
      trouble = error
    })
    const isReady = one.waitUntilReady().then(
      () => true,
      (error: unknown) => {
        trouble = error
        return false
      },
    )
    if (await Promise.race([isReady, over(tooLate)])) return one
    void one.close().catch(() => {})
    if (isNotThere(trouble)) throw errors.noServer(told, messageOf(trouble))
    if (tooLate.aborted || !isBeginning(trouble)) throw errors.refused(told, messageOf(trouble))
    await pause(BEGIN_MS, tooLate)
  }
}

/** What of BullMQ has connections of its own. */
export interface Connecting {
  on(event: 'error', hear: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(): Promise<unknown>
}

/** Comes to false once a signal is given. */
export const over = (signal: AbortSignal): Promise<false> =>
  new Promise((done) => {
    if (signal.aborted) done(false)
    signal.addEventListener('abort', () => done(false), { once: true })
  })

const isNotThere = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isNotThere)
  const { code } = error as { code?: unknown }
  return code === NO_ANSWER || /^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_)/.test(String(code))
}
const NO_ANSWER = 'no answer'

/** A server that was begun just now, perhaps after a crash, and says so. PostgreSQL Appendix A: cannot_connect_now. */
const isBeginning = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '57P03'

/** It is left in order where the server is there to say goodbye to; what it has is there the next time either way. */
export const left = (one: Connecting, most = LEAVE_MS): Promise<void> =>
  Promise.race([one.close().then(nothing, nothing), sleep(most, undefined, { ref: false })])

const nothing = (): void => {}

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {})

export const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
