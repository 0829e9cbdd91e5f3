import type { Message, Timer } from '../index.ts'
import type { NameMessage } from '../name-server.ts'

/**
 * WireGuard's packets, all authenticated (whitepaper §5.4). `counter` stands for the nonce of transport data and for the timestamp of an
 * initiation: here it counts the sender's moves, since packets sent from one place are alike.
 */
export type WireGuardMessage =
  | { readonly kind: 'handshake initiation'; readonly counter: number }
  | { readonly kind: 'handshake response'; readonly counter: number }
  /** Transport data that want an answer: user data, which the data probe sends as well. */
  | { readonly kind: 'data'; readonly counter: number }
  /** Transport data of length zero. */
  | { readonly kind: 'keepalive'; readonly counter: number }
  | NameMessage

export function describeWireGuard(message: Message): { name: string; detail: string } {
  const m = message as WireGuardMessage
  if ('counter' in m) return { name: m.kind, detail: `counter ${m.counter}` }
  return { name: m.kind, detail: 'address' in m ? m.address : '' }
}

export const rekeyTimeout: Timer = {
  milliseconds: 5000,
  source:
    'whitepaper §6.1: REKEY_TIMEOUT; without an answer to data, an initiation every 5 s, as long as there are data',
}
/**
 * 120 s. It has the rank of the shorter one: an initiation that is repeated for ever would hold back a longer timer for ever, which
 * no clock does (docs/decisions/0002).
 */
export const rekeyAfterTime: Timer = {
  milliseconds: 120_000,
  rankedAs: rekeyTimeout.milliseconds,
  earliest: rekeyTimeout.milliseconds,
  source:
    'whitepaper §6.1, §6.2: REKEY_AFTER_TIME, 120 s; with a persistent keepalive there is always something to send',
}
