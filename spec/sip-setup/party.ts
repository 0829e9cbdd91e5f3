import type { Address } from '../index.ts'

/** What is asked of caller and callee, whichever rules they follow. */
export interface Party {
  /** 'answered': a 2xx is sent, and its ACK has not come. */
  readonly call: 'idle' | 'calling' | 'ringing' | 'answered' | 'set up'
  /** The other's Contact; null while none is known. */
  readonly remote: Address | null
  /** Why the call has ended; null while it lives. */
  readonly ended: string | null
}
