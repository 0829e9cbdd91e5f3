import { orderKey, type Packet } from './packet.ts'
import type { Scenario } from './scenario.ts'

/**
 * The packets in flight to one network, in an order that says nothing for a bag, and the order of sending within each pair
 * of source and destination for FIFO links.
 */
export type Flight = readonly Packet[]

const channel = (packet: Packet): string => `${packet.source}>${packet.destination}`

/** A packet enters. One more than `copies` identical ones changes nothing. */
export function enter(flight: Flight, packet: Packet, scenario: Scenario): Flight {
  const key = orderKey(packet)
  if (flight.filter((other) => orderKey(other) === key).length >= scenario.copies) return flight
  if (scenario.links === 'bag') return [...flight, packet].sort(by(orderKey))
  // A stable sort keeps the order within a channel.
  return [...flight, packet].sort(by(channel))
}

/** The packets that may arrive next, as positions: for FIFO, the first of each channel; for a bag, one of each kind. */
export function arrivable(flight: Flight, scenario: Scenario): number[] {
  const same = scenario.links === 'bag' ? orderKey : channel
  return flight.flatMap((packet, i) => (i > 0 && same(flight[i - 1]!) === same(packet) ? [] : [i]))
}

export function without(flight: Flight, position: number): Flight {
  return flight.filter((_, i) => i !== position)
}

function by(key: (packet: Packet) => string): (a: Packet, b: Packet) => number {
  return (a, b) => {
    const left = key(a)
    const right = key(b)
    return left < right ? -1 : left > right ? 1 : 0
  }
}
