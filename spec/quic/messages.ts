import { doubledUpTo, type Message, type Timer } from '../index.ts'

/**
 * QUIC packets of an established connection, by the frames that migration turns on (RFC 9000 §8.2, §9, §19.17, §19.18). `number`
 * stands for the packet number: how often its sender has migrated.
 */
export type QuicMessage =
  /** Non-probing, from a new address: data with a PATH_CHALLENGE. */
  | { readonly kind: 'data, PATH_CHALLENGE'; readonly number: number }
  /** Acknowledges it, answers the challenge, and challenges the address that it came from. */
  | { readonly kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE'; readonly number: number }
  | { readonly kind: 'PATH_RESPONSE'; readonly number: number }
  /** Probing: is the server's preferred address reachable from here (§9.6.1)? */
  | { readonly kind: 'PATH_CHALLENGE'; readonly number: number }
  /** Probing as well, from the preferred address: all that may come from there while the client has not turned to it (§9.6.2). */
  | { readonly kind: 'PATH_RESPONSE, PATH_CHALLENGE'; readonly number: number }
  /** Non-probing: the client turns to the preferred address. */
  | { readonly kind: 'data, PATH_RESPONSE'; readonly number: number }
  | { readonly kind: 'ACK'; readonly number: number }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

/**
 * A frame of a packet that a log shows, or all its frames that are neither of these nor probing (RFC 9000 §9.1). How they are numbered, and what they
 * carry, is held against a log by its mapping.
 */
export type FrameMessage =
  | (InPacket & { readonly kind: 'data' | 'CONNECTION_CLOSE' })
  | (InPacket & { readonly kind: 'PATH_CHALLENGE'; readonly challenge: 'new'; readonly turn: Turn })
  | (InPacket & { readonly kind: 'PATH_RESPONSE'; readonly echoes: 'a challenge'; readonly turn: Turn })

/** Two challenges in a row are two. */
export type Turn = 0 | 1

interface InPacket {
  /** How often its sender has migrated: no log shows it. */
  readonly order: number
  readonly by: 'client' | 'server'
  readonly number: 'new'
  readonly cid: 'supplied by its receiver'
}

export function describeQuic(message: Message): { name: string; detail: string } {
  const { number } = message as { number?: unknown }
  return { name: message.kind, detail: typeof number === 'number' ? `number ${number}` : '' }
}

export const probeTimeout: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 9002 §6.2: probe timeout, doubled each time',
}
/** A challenge answers what came first, so it is due first. */
export const challengeTimeout: Timer = {
  milliseconds: 1000,
  rankedAs: 999,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 9000 §8.2.1: a challenge is sent again, as any loss is repaired',
}
/** As soon as the handshake is confirmed, which is before anything that is looked at here. */
export const preferredTimeout: Timer = {
  milliseconds: 1000,
  rankedAs: 998,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 9000 §9.6.1: the path to the preferred address is validated once the handshake is confirmed; §8.2.1',
}
export const validationTimeout: Timer = {
  milliseconds: 3000,
  source: 'RFC 9000 §8.2.4: path validation is abandoned after three probe timeouts',
}
export const idleTimeout: Timer = {
  milliseconds: 30_000,
  source: 'RFC 9000 §10.1: the connection is closed in silence',
}
