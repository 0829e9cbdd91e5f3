import type { Packet } from './packet.ts'

/** A function of packets, worked out once for each that is in flight: those are frozen with all their parts, as the checker does with all that it is given. */
export function onceInFlight<Result>(of: (packet: Packet) => Result): (packet: Packet) => Result {
  const known = new WeakMap<Packet, Result>()
  return (packet) => {
    if (!Object.isFrozen(packet)) return of(packet)
    let result = known.get(packet)
    if (result === undefined) {
      result = of(packet)
      known.set(packet, result)
    }
    return result
  }
}
