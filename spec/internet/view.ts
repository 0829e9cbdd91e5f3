import type { Look } from '../../checker/model.ts'
import type { Address, Network } from './address.ts'
import type { Attachment } from './attachment.ts'
import { holderOf } from './delivery.ts'
import type { Layout } from './layout.ts'
import type { Packet } from './packet.ts'
import type { Placed } from './topology.ts'

/** A look that answers some questions itself: so whoever watches what is looked at knows that no more was asked. */
export type PartialLook = Look & Partial<Pick<View, 'isQuiet' | 'spentTo'>>

/** A global state, as a property sees it. What it looks at is what its verdict is tabulated by. */
export class View {
  readonly #layout: Layout
  readonly #look: PartialLook

  constructor(layout: Layout, look: PartialLook) {
    this.#layout = layout
    this.#look = look
  }

  /** A node's own state. The caller knows its type: it is that of the node's role. */
  state<State>(name: string): State {
    return this.#layout.state(this.#look, name) as State
  }

  /** The addresses at which a node is reachable now, oldest first. */
  held(name: string): readonly Address[] {
    return this.#layout.held(this.#look, this.node(name))
  }

  attachment(name: string): Attachment {
    return this.#layout.attachment(this.#look, this.node(name))
  }

  holder(address: Address): string | undefined {
    return holderOf(this.#layout, this.#look, address)?.name
  }

  inFlight(): Packet[] {
    return this.#layout.topology.networks.flatMap((network) => this.inFlightTo(network))
  }

  /** Nothing is in flight anywhere; looks no further than the first network to which something is. */
  isQuiet(): boolean {
    if (this.#look.isQuiet !== undefined) return this.#look.isQuiet()
    return this.#layout.topology.networks.every((network) => this.inFlightTo(network).length === 0)
  }

  /** A packet to a network that has run out of hops. */
  spentTo(network: Network): Packet | undefined {
    if (this.#look.spentTo !== undefined) return this.#look.spentTo(network)
    return this.inFlightTo(network).find(({ hops }) => hops <= 0)
  }

  inFlightTo(network: Network): readonly Packet[] {
    return this.#layout.flight(this.#look, network)
  }

  /** The stops of a host's way, up to now, at which it held the address: several, if it returned there. */
  epochsOf(name: string, address: Address): readonly number[] {
    const { stops } = this.node(name)
    const now = this.attachment(name).stop
    return stops.flatMap((addresses, stop) => (stop <= now && addresses.includes(address) ? [stop] : []))
  }

  hasMoved(name: string): boolean {
    return this.attachment(name).stop > 0
  }

  node(name: string): Placed {
    return this.#layout.node(name)
  }

  get layout(): Layout {
    return this.#layout
  }

  get look(): Look {
    return this.#look
  }
}
