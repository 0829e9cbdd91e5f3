import type { Message, Timer } from '../index.ts'
import type { NameMessage } from '../name-server.ts'

/**
 * WireGuard's packets, all authenticated (whitepaper §5.4). `counter` stands for the nonce of transport data and for the timestamp of an
 * initiation: here it counts the sender's moves, since packets sent from one place are alike.
 */
export type WireGuardMessage =
  | ({ readonly kind: 'handshake initiation'; readonly counter: number } & OnTheWire)
  | ({ readonly kind: 'handshake response'; readonly counter: number } & OnTheWire)
  /** Transport data that want an answer: user data, which the data probe sends as well. */
  | ({ readonly kind: 'data'; readonly counter: number } & OnTheWire)
  /** Transport data of length zero. */
  | ({ readonly kind: 'keepalive'; readonly counter: number } & OnTheWire)
  /** The first transport data of a session, from its initiator, with or without data: only where users act. */
  | ({ readonly kind: 'key confirmation'; readonly counter: number } & OnTheWire)
  | NameMessage

/** What every packet says of its session, and a log is held against; only where users act. */
interface OnTheWire {
  /** Its index is one that whoever it is for has chosen (§5.4.2, §5.4.3, §5.4.6). */
  readonly receiver?: 'chosen by the receiver'
  /** Its nonce, or an initiation's index, is none that was there before. */
  readonly number?: 'new'
}

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
/** Who has received data and sent nothing since sends an empty packet. */
export const keepaliveTimeout: Timer = {
  milliseconds: 10_000,
  source: 'whitepaper §6.1, §6.5: KEEPALIVE_TIMEOUT',
}
