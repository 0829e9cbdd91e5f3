import { doubledUpTo, type Network, type Timer } from '../index.ts'

/** A client and its TURN server (RFC 8656). `number` stands for the transaction: it counts the client's moves. */
export type TurnMessage =
  /** A new allocation, for the five-tuple that this comes from (§7). */
  | { readonly kind: 'Allocate'; readonly number: number }
  | { readonly kind: 'Allocate success'; readonly number: number }
  /** The allocation that there is, for another five-tuple (RFC 8016 §3.2). */
  | { readonly kind: 'Refresh (MOBILITY-TICKET)'; readonly number: number }
  | { readonly kind: 'Refresh success'; readonly number: number }
  /** A peer's IP address may send by the allocation, and be sent to (§9). A network stands for the IP address in it. */
  | { readonly kind: 'CreatePermission'; readonly ip: Network }
  | { readonly kind: 'CreatePermission success'; readonly ip: Network }

export const turnRetry: Timer = {
  milliseconds: 500,
  backsOff: doubledUpTo(16_000),
  source: 'RFC 8489 §6.2.1: a request over UDP is sent again after 500 ms',
}
