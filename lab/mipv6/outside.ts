import type { Ipv6Packet } from '../../wire/ipv6.ts'

/** What a node can do: the operating system, a simulation, or a test. */
export interface Outside {
  send(packet: Ipv6Packet): void
  /** Starts a timer, or starts it again. */
  start(timer: string, milliseconds: number): void
  stop(timer: string): void
  random(octets: number): Buffer
}

export const HOP_LIMIT = 64

/** RFC 6275 §9.5.1: a number is newer if it is at most 2^15 ahead, modulo 2^16. */
export const isNewerNumber = (one: number, other: number): boolean => {
  const ahead = (one - other + 0x10000) % 0x10000
  return ahead >= 1 && ahead <= 0x8000
}
