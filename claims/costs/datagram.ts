import { isTunnel, type Packet, probe, type View } from '../../spec/index.ts'
import { NoAnswer } from '../no-answer.ts'
import { hopsBetween, type Topology } from './topology.ts'

/** A part of a datagram's way: from one node that takes it to the next. */
export interface Leg {
  readonly from: string
  readonly to: string
  /** Packets that it is in, each with a header of its own. */
  readonly tunnels: number
  /** Home Address options and routing headers: of what goes straight to or from a care-of address in the place of a home address. */
  readonly addresses: number
}

/** Lengths in bytes. */
export interface Lengths {
  readonly datagram: number
  /** Of each packet around it. */
  readonly outerHeader: number
  readonly addressOption: number
}

/**
 * The way of a datagram in a state, through the roles themselves.
 *
 * @throws NoAnswer where it does not arrive
 */
export function legsOf(view: View, from: string, to: string): Leg[] {
  const journey = probe(view, from, to)
  if (journey.end !== 'arrives') throw new NoAnswer('vacuous', `Data from ${from} do not arrive at ${to}.`)
  const nodes = [from, ...journey.via, to]
  return journey.packets.map((packet, i) => ({
    from: nodes[i]!,
    to: nodes[i + 1]!,
    tunnels: tunnelsOf(packet),
    addresses: 0,
  }))
}

const tunnelsOf = ({ message }: Packet): number => (isTunnel(message) ? 1 + tunnelsOf(message.inner) : 0)

/** Hops of a datagram (003 eqs 7–10). */
export const hopsOfLegs = (legs: readonly Leg[], topology: Topology): number =>
  legs.reduce((sum, { from, to }) => sum + hopsBetween(topology, from, to), 0)

/** Bytes that a datagram puts on links (003 eqs 11 and 12). */
export const bytesOnLinks = (
  legs: readonly Leg[],
  topology: Topology,
  { datagram, outerHeader, addressOption }: Lengths,
): number =>
  legs.reduce((sum, { from, to, tunnels, addresses }) => {
    const length = datagram + outerHeader * tunnels + addressOption * addresses
    return sum + length * hopsBetween(topology, from, to)
  }, 0)
