import type { Internet } from '../spec/internet/compose.ts'
import { labelKey } from '../spec/internet/layout.ts'
import { innermost, isTunnel, type Packet } from '../spec/internet/packet.ts'
import type { Placed } from '../spec/internet/topology.ts'
import type { Mapping } from './mapping.ts'
import type { Seen } from './observation.ts'

/** How a packet differs from a line, and how far off that is. */
export interface Difference {
  readonly words: readonly string[]
  readonly distance: number
}

/** Another kind of message is further off than anything else that may differ. */
const ANOTHER_KIND = 9

const isHost = (n: Placed): boolean => n.mobile || n.name === 'a' || n.name === 'b'

/** What packets of a model look like in a log that was read by a mapping. */
export class Sight {
  readonly #internet: Internet
  readonly #mapping: Mapping
  readonly #showsServers: boolean

  constructor(internet: Internet, mapping: Mapping, showsServers: boolean) {
    this.#internet = internet
    this.#mapping = mapping
    this.#showsServers = showsServers
  }

  /** Null if the packet is what the line shows, else what differs, the first thing first. */
  differs(packet: Packet, line: Seen): Difference | null {
    const message = innermost(packet).message as unknown as Record<string, unknown>
    if (message.kind !== line.kind) return { words: [`the line is ${line.kind}`], distance: ANOTHER_KIND }
    const inside = line.inside ?? []
    const differences: string[] = []
    let layer = packet
    for (const [depth, { source, destination }] of [line, ...inside].entries()) {
      if (source !== undefined && this.place(layer.source) !== source) differences.push(`the line comes from ${source}`)
      if (destination !== undefined && this.place(layer.destination) !== destination)
        differences.push(`the line goes to ${destination}`)
      if (isTunnel(layer.message) !== depth < inside.length) {
        differences.push(depth < inside.length ? 'the line is tunnelled' : 'the line is not tunnelled')
        return { words: differences, distance: differences.length }
      }
      if (isTunnel(layer.message)) layer = layer.message.inner
    }
    for (const [field, value] of Object.entries(line.fields)) {
      const mine = message[field]
      if (mine === undefined) continue
      const shown = typeof mine === 'string' && mine.includes('/') ? this.place(mine) : mine
      if (String(shown) !== String(value)) differences.push(`the line has ${field} ${value}, not ${String(shown)}`)
    }
    return differences.length === 0 ? null : { words: differences, distance: differences.length }
  }

  /** From where to where, through which tunnels. */
  way(packet: Packet): string {
    const { source, destination, message } = packet
    const here = `from ${this.place(source)} to ${this.place(destination)}`
    return isTunnel(message) ? `${here}, in it ${this.way(message.inner)}` : here
  }

  /** A host's address as 'a@1', a server's as its mapping calls it; one that nobody holds as it is. */
  place(address: string): string {
    const { layout } = this.#internet
    const n = layout.candidatesFor(address)[0]
    if (n === undefined) return address
    if (!isHost(n)) return this.#mapping.serverPlace(layout, n)
    // Of a second interface, which stays where it is.
    if (n.keeps.includes(address)) return `${n.name} elsewhere`
    return `${n.name}@${n.stops.findIndex((addresses) => addresses.includes(address))}`
  }

  isVisible(packet: Packet): boolean {
    if (!this.#mapping.kinds.has(innermost(packet).message.kind)) return false
    // Where no server is shown, nobody is seen to register. A call that went by a server would be seen.
    return this.#showsServers || !this.#mapping.registration.has(innermost(packet).message.kind)
  }

  /** Whether a server sends it. */
  isFromServer(packet: Packet): boolean {
    const sender = this.#internet.layout.candidatesFor(packet.source)[0]
    return sender !== undefined && !isHost(sender)
  }

  /** Equal for packets that look alike. */
  keyOf(packet: Packet): string {
    return labelKey(this.#internet.layout.label(packet))
  }
}
