import type { Address } from './address.ts'
import { takerOf } from './delivery.ts'
import type { Message, Packet } from './packet.ts'
import { arrival, packetFor } from './react.ts'
import type { Placed } from './topology.ts'
import type { View } from './view.ts'

/** Where a packet of user data would end, if nothing else happened while it travels. */
export type Journey =
  | { readonly end: 'arrives'; readonly via: readonly string[] }
  | { readonly end: 'lost'; readonly at: Address; readonly via: readonly string[] }
  | { readonly end: 'loops'; readonly via: readonly string[] }
  | { readonly end: 'not sent' }

/** Sends data from one host to another through the roles themselves, on a state that stands still. */
export function probe(view: View, from: string, to: string): Journey {
  const { layout, look } = view
  const sender = view.node(from)
  const effects = sender.role.sendData?.(view.state(from), to) ?? []
  const place = view.attachment(from)
  const [effect] = effects
  if (effect === undefined || place.held.length === 0) return { end: 'not sent' }
  let packet = packetFor(effect, place)
  const via: string[] = []
  for (;;) {
    if (packet.hops <= 0) return { end: 'loops', via }
    const taker = takerOf(layout, look, packet)
    if (taker === undefined) return { end: 'lost', at: packet.destination, via }
    if (taker.name === to) return { end: 'arrives', via }
    via.push(taker.name)
    const passed = passOn(view, taker, packet)
    if (passed === undefined) return { end: 'lost', at: packet.destination, via }
    packet = passed
  }
}

function passOn(view: View, n: Placed, packet: Packet<Message>): Packet | undefined {
  const state = view.state(n.name)
  const [, effects] = n.role.step(state, arrival(n, state, view.held(n.name), packet))
  const [effect] = effects
  return effect === undefined ? undefined : packetFor(effect, view.attachment(n.name))
}
