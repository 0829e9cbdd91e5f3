import type { Address } from './address.ts'
import { takerOf } from './delivery.ts'
import { usableEffects } from './effects.ts'
import { innermost, type Message, type Packet } from './packet.ts'
import { arrival, packetFor } from './react.ts'
import type { Effect } from './role.ts'
import type { Placed } from './topology.ts'
import type { View } from './view.ts'

/** Where a packet of user data would end, if nothing else happened while it travels. */
export type Journey =
  /** `packets`: as it is on each leg of its way, one more than there are nodes on it. */
  | { readonly end: 'arrives'; readonly via: readonly string[]; readonly packets: readonly Packet[] }
  | { readonly end: 'lost'; readonly at: Address; readonly via: readonly string[] }
  | { readonly end: 'loops'; readonly via: readonly string[] }
  | { readonly end: 'not sent' }

/**
 * Sends data from one host to another through the roles themselves, on a state that stands still. Where a node sends several copies
 * on, one that arrives is enough; what it sends besides (a warning, say) is not followed.
 */
export function probe(view: View, from: string, to: string): Journey {
  const sender = view.node(from)
  const [effect] = usableEffects(view.layout, sender.role.sendData?.(view.state(from), to) ?? [])
  return effect === undefined ? { end: 'not sent' } : probeWith(view, from, to, effect)
}

/** The same of data that leave in a way of their own. */
export function probeWith(view: View, from: string, to: string, effect: Effect<Message>): Journey {
  const place = view.attachment(from)
  return place.held.length === 0 ? { end: 'not sent' } : follow(view, to, packetFor(effect, place), [], [])
}

function follow(view: View, to: string, packet: Packet, via: readonly string[], before: readonly Packet[]): Journey {
  const packets = [...before, packet]
  if (packet.hops <= 0) return { end: 'loops', via }
  const taker = takerOf(view.layout, view.look, packet)
  if (taker === undefined) return { end: 'lost', at: packet.destination, via }
  if (taker.name === to) return { end: 'arrives', via, packets }
  const journeys = passOn(view, taker, packet).map((copy) => follow(view, to, copy, [...via, taker.name], packets))
  return (
    journeys.find(({ end }) => end === 'arrives') ??
    journeys.find(({ end }) => end === 'loops') ??
    journeys[0] ?? { end: 'lost', at: packet.destination, via: [...via, taker.name] }
  )
}

function passOn(view: View, n: Placed, packet: Packet): Packet[] {
  const state = view.state(n.name)
  const [, effects] = n.role.step(state, arrival(n, state, view.held(n.name), packet))
  const { kind } = innermost(packet).message
  return effects
    .map((effect) => packetFor(effect, view.attachment(n.name)))
    .filter((copy) => innermost(copy).message.kind === kind)
}
