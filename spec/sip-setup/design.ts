import type { Design as Described } from '../protocol.ts'

/** What makes a variant of session initiation: whose rules, and what the network does for it. */
export interface Design extends Omit<Described, 'scenarios'> {
  readonly rules: 'rfc' | 'paper'
  readonly looksUpAgain?: boolean
  readonly interceptors?: boolean
  /** At the detail of the paper, which copy of a request is answered; the last one if it does not say. RFC 3261 says the first (§18.2.2). */
  readonly answered?: 'first copy'
}
