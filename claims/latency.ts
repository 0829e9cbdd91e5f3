import type { PacketLabel } from '../checker/model.ts'
import { type Address, networkOf } from '../spec/index.ts'
import type { Found } from './searches.ts'

/** How long a packet takes from one network to another, in milliseconds. */
export type Way = (from: string, to: string) => number

/** A packet on its way: who sent it is no part of it when it arrives. */
const keyOf = ({ name, detail, source, destination, inside = [] }: PacketLabel): string =>
  JSON.stringify([name, detail, source, destination, inside.map(keyOf)])

/**
 * When the last step of the run of a search comes, if packets take as long as is said and nothing else takes time: from when the host that moves attaches.
 * Whoever gets a packet answers it at once; the host that moves goes on when it has all that it has got until then.
 *
 * @returns null where there is no run
 */
export function latencyOf({ verdict }: Found, way: Way): number | null {
  if (!('trace' in verdict) || verdict.trace === undefined) return null
  const arrivals = new Map<string, number>()
  let [has, last] = [0, 0]
  let mobile: string | undefined
  for (const { taken, sent = [], address, actor } of verdict.trace.steps) {
    if (address !== undefined) mobile = actor
    const arrived = taken === undefined ? 0 : (arrivals.get(keyOf(taken)) ?? 0)
    if (actor === mobile) has = Math.max(has, arrived)
    last = actor === mobile ? has : arrived
    for (const packet of sent) arrivals.set(keyOf(packet), last + wayOf(packet, way))
  }
  return last
}

const wayOf = ({ source, destination }: { source: Address; destination: Address }, way: Way): number =>
  way(networkOf(source), networkOf(destination))
