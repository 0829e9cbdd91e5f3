import { from0 } from '../calculations/quantities.ts'

/** How far apart nodes are, in hops: what a run of the model does not know, and its costs depend on. */
export interface Topology {
  /** Where nodes are, by name; one that is not named is a place of its own. Two at one place are no hop apart. */
  readonly places: Readonly<Record<string, string>>
  /** Hops between two places, whichever is named first: `MN-HA`. */
  readonly hops: Readonly<Record<string, number>>
  /** Hops between any two places that are not named. */
  readonly otherwise: number
}

/** Every two nodes are so many hops apart. */
export const evenly = (hops: number): Topology => ({ places: {}, hops: {}, otherwise: hops })

const placeOf = ({ places }: Topology, node: string): string => places[node] ?? node

/**
 * Hops from one node to another.
 *
 * @throws InputError where that is a negative number, or none
 */
export function hopsBetween(topology: Topology, from: string, to: string): number {
  const [here, there] = [placeOf(topology, from), placeOf(topology, to)]
  if (here === there) return 0
  const { hops, otherwise } = topology
  return from0(
    `The distance from ${here} to ${there}`,
    hops[`${here}-${there}`] ?? hops[`${there}-${here}`] ?? otherwise,
    'hops',
  )
}

export const isAt = (topology: Topology, node: string | null, place: string): boolean =>
  node !== null && placeOf(topology, node) === place

/**
 * Two nodes, or places, as they are written: `a-ha-a`.
 *
 * @param names of those that there are: names have hyphens themselves
 * @returns null where it is no pair of these
 */
export function pairIn(text: string, names: readonly string[]): readonly [one: string, other: string] | null {
  for (const one of names)
    for (const other of names) if (one !== other && text === `${one}-${other}`) return [one, other]
  return null
}
