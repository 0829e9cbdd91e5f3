import { once } from './once.ts'
import { orderKey, type Packet } from './packet.ts'
import type { Scenario } from './scenario.ts'
import { Unusable } from './unusable.ts'

/**
 * The packets in flight to one network, in an order that says nothing for a bag, and the order of sending within each pair
 * of source and destination for FIFO links.
 */
export type Flight = readonly Packet[]

const keyOf = once(orderKey)

const channel = ({ source, destination, origin }: Packet): string =>
  origin === undefined ? `${source}>${destination}` : `${origin}>${source}>${destination}`

/** A packet enters. One more than `copies` identical ones changes nothing; where there is time, each is on its own way. */
export function enter(flight: Flight, packet: Packet, scenario: Scenario): Flight {
  return scenario.time === undefined ? entered(flight, packet, scenario) : enteredAsOwn(flight, packet, scenario)
}

function entered(flight: Flight, packet: Packet, scenario: Scenario): Flight {
  const key = keyOf(packet)
  if (flight.filter((other) => keyOf(other) === key).length >= scenario.copies) return flight
  if (scenario.links === 'bag') return [...flight, packet].sort(by(keyOf))
  // A stable sort keeps the order within a channel.
  return [...flight, packet].sort(by(channel))
}

/** More equal packets at the same time than any protocol has business to send within one latency. */
const MOST_COPIES = 32

function enteredAsOwn(flight: Flight, packet: Packet, scenario: Scenario): Flight {
  const { copy: _, ...plain } = packet
  const key = orderKey(plain)
  const taken = new Set(flight.flatMap(({ copy, ...other }) => (orderKey(other) === key ? [copy ?? 0] : [])))
  if (taken.size === MOST_COPIES)
    throw new Unusable(
      `more than ${MOST_COPIES} equal packets are on their way from ${packet.source} to ${packet.destination} at the same time`,
      'The likeliest cause is a timer that is shorter than a latency and never ends.',
      'Make the timer longer, or bound how often it fires.',
    )
  let copy = 0
  while (taken.has(copy)) copy++
  const own = copy === 0 ? plain : { ...plain, copy }
  return [...flight, own].sort(by(scenario.links === 'bag' ? keyOf : channel))
}

/** The packets that may arrive next, as positions: for FIFO, the first of each channel; for a bag, one of each kind. */
function arrivable(flight: Flight, scenario: Scenario): number[] {
  const same = scenario.links === 'bag' ? keyOf : channel
  return flight.flatMap((packet, i) => (i > 0 && same(flight[i - 1]!) === same(packet) ? [] : [i]))
}

/** What may arrive next, each with what then stays in flight. */
export type Next = readonly (readonly [Packet, Flight])[]

/** The same for each flight of a scenario, worked out once: equal flights are the same list afterwards. */
export const nextIn = (scenario: Scenario): ((flight: Flight) => Next) =>
  once((flight) => arrivable(flight, scenario).map((i) => [flight[i]!, Object.freeze(without(flight, i))] as const))

const without = (flight: Flight, position: number): Flight => flight.filter((_, i) => i !== position)

function by(key: (packet: Packet) => string): (a: Packet, b: Packet) => number {
  return (a, b) => {
    const left = key(a)
    const right = key(b)
    return left < right ? -1 : left > right ? 1 : 0
  }
}
