import type { Cell, Label, PacketLabel, Value } from '../../checker/model.ts'
import { networkOf } from './address.ts'
import type { Attachment } from './attachment.ts'
import { usableStep } from './effects.ts'
import type { Layout } from './layout.ts'
import { innermost, isTunnel, type Message, type Packet, type Tunnel } from './packet.ts'
import { DEFAULT_HOP_LIMIT, type Effect, type Event } from './role.ts'
import { RoleError } from './role-error.ts'
import type { Placed } from './topology.ts'
import { inWords } from './unusable.ts'

/** What a node's step does to the cells, and how it is told. */
export interface Reaction {
  readonly sets: readonly (readonly [Cell, Value])[]
  readonly sends: readonly (readonly [Cell, Value])[]
  readonly sent: readonly PacketLabel[]
  /** Packets that it could not send, because it holds no address. */
  readonly unsent: readonly PacketLabel[]
}

/** Runs a node's role on an event, given its state before and where it then is. */
export function react(
  layout: Layout,
  n: Placed,
  before: unknown,
  event: Event<Message, string>,
  place: Attachment,
): Reaction {
  try {
    return reactionOf(layout, n, place, n.role.step(before, event))
  } catch (cause) {
    const { kind, ...rest } = event as { kind: string }
    throw new RoleError(n.name, kind, `'${kind}' ${inWords(rest)}`, before, cause)
  }
}

function reactionOf(layout: Layout, n: Placed, place: Attachment, result: unknown): Reaction {
  const [after, effects] = usableStep(layout, result)
  const sends: (readonly [Cell, Value])[] = []
  const sent: PacketLabel[] = []
  const unsent: PacketLabel[] = []
  for (const effect of effects) {
    const packet = originOf(layout, packetFor(effect, place), place)
    const label = layout.label(packet, n.name)
    if (place.held.length === 0) {
      unsent.push(label)
      continue
    }
    sends.push([layout.flightCell(networkOf(packet.destination)), Object.freeze(packet) as unknown as Value])
    sent.push(label)
  }
  return { sets: [[layout.stateCell(n.name), Object.freeze(after) as Value]], sends, sent, unsent }
}

/** Where there is time, a packet says where it comes from: that is what its latency depends on. */
function originOf({ scenario }: Layout, packet: Packet, { held }: Attachment): Packet {
  const here = held[held.length - 1]
  return scenario.time === undefined || here === undefined ? packet : { ...packet, origin: networkOf(here) }
}

/** What an effect puts on the wire, from the node's newest address. */
export function packetFor(effect: Effect<Message>, place: Attachment): Packet {
  const here = place.held[place.held.length - 1] ?? 'nowhere/nobody'
  switch (effect.do) {
    case 'send':
      return {
        source: effect.from ?? here,
        destination: effect.to,
        hops: DEFAULT_HOP_LIMIT,
        message: effect.message,
      }
    case 'forward':
      return {
        ...effect.packet,
        destination: effect.to ?? effect.packet.destination,
        hops: effect.packet.hops - 1,
      }
    case 'tunnel': {
      // The outer packet inherits the hop limit, so that a loop through tunnels runs out as well.
      const hops = effect.packet.hops - 1
      const inner = { ...effect.packet, hops }
      return { source: here, destination: effect.to, hops, message: { kind: 'tunnel', inner } as Tunnel }
    }
  }
}

/** The event that an arriving packet is to a node: taken out of the tunnels that end there. */
export function arrival(n: Placed, state: unknown, held: readonly string[], packet: Packet): Event<Message, string> {
  const { message } = packet
  if (isTunnel(message)) {
    const to = message.inner.destination
    if (held.includes(to) || n.role.accepts?.(state, to) === true) return arrival(n, state, held, message.inner)
  }
  const { source, destination, hops } = packet
  return { ...message, source, destination, hops } as unknown as Event<Message, string>
}

/** Kind and place of a packet, for fairness: what it carries, and the path that it takes. Each path loses for itself. */
export const kindAndPlace = (packet: Packet): string =>
  `${innermost(packet).message.kind} in flight from ${packet.source} to ${packet.destination}`

/** The last words of a label: what was sent, what could not be sent. */
export function consequences(
  reaction: Pick<Reaction, 'sent' | 'unsent'>,
): Pick<Label, 'sent'> & { readonly cannotSend: string } {
  const names = reaction.unsent.map((label) => `${label.name} to ${label.destination}`)
  return {
    sent: reaction.sent,
    cannotSend: names.length === 0 ? '' : ` (holds no address, so it cannot send ${names.join(', ')})`,
  }
}
