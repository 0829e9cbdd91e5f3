import type { Cell, Look, PacketLabel, Value } from '../../checker/model.ts'
import type { Address, Network } from './address.ts'
import { networkOf } from './address.ts'
import { type Attachment, startOf } from './attachment.ts'
import { type Flight, type Next, nextIn } from './flight.ts'
import { once } from './once.ts'
import { isTunnel, type Message, type Packet } from './packet.ts'
import type { Scenario } from './scenario.ts'
import { changesPlace, type Placed, type Topology } from './topology.ts'
import { inWords, Unusable } from './unusable.ts'

/** How a message is told to a reader: its name in its standard, and the fields that matter. */
export type Describe = (message: Message) => { readonly name: string; readonly detail: string }

/** The faults that are left to commit: the value of the fault cell. */
export interface Budget {
  readonly losses: number
  readonly duplicates: number
}

/**
 * Which cell holds what: a cell a node (its role's state), one a node that can change place (where it is), one a network (the
 * packets in flight to it), and one for the faults that are left, where there are any.
 */
export class Layout {
  readonly scenario: Scenario
  readonly topology: Topology
  readonly describe: Describe
  readonly names: string[] = []
  readonly initial: Value[] = []
  readonly #states = new Map<string, Cell>()
  readonly #attachments = new Map<string, Cell>()
  readonly #flights = new Map<Network, Cell>()
  readonly #candidates = new Map<Address, readonly Placed[]>()
  readonly #nextIn: (flight: Flight) => Next
  readonly #starts = new Map<string, Attachment>()
  readonly #labelInFlight = once((packet: Packet) => this.#label(packet))
  readonly faults: Cell | null = null
  /** Kinds that no message may have, each with what it is already. */
  readonly takenKinds: ReadonlyMap<string, string>

  constructor(topology: Topology, scenario: Scenario, describe: Describe) {
    this.topology = topology
    this.scenario = scenario
    this.describe = describe
    this.#nextIn = nextIn(scenario)
    this.takenKinds = takenKinds(topology)
    for (const n of topology.nodes) {
      this.#states.set(n.name, this.#add(n.name, n.role.start))
      const start = Object.freeze(startOf(n))
      this.#starts.set(n.name, start)
      if (changesPlace(n)) this.#attachments.set(n.name, this.#add(`attachment of ${n.name}`, start))
    }
    for (const network of topology.networks) this.#flights.set(network, this.#add(`in flight to ${network}`, []))
    const losses = scenario.losses === 'fair' ? 0 : scenario.losses
    if (losses + scenario.duplicates > 0) {
      this.faults = this.#add('faults left', { losses, duplicates: scenario.duplicates } satisfies Budget)
    }
  }

  #add(name: string, value: unknown): Cell {
    this.initial.push(value as Value)
    return this.names.push(name) - 1
  }

  node(name: string): Placed {
    return found(
      this.topology.nodes.find((n) => n.name === name),
      `node '${name}'`,
      this.topology.nodes.map((n) => n.name),
    )
  }

  stateCell(name: string): Cell {
    return found(this.#states.get(name), `node '${name}'`, [...this.#states.keys()])
  }

  /** The attachment cell of a node; none where the node can never change place. */
  attachmentCells(n: Placed): Cell[] {
    const cell = this.#attachments.get(n.name)
    return cell === undefined ? [] : [cell]
  }

  flightCell(network: Network): Cell {
    return found(this.#flights.get(network), `network '${network}'`, this.topology.networks)
  }

  state(look: Look, name: string): unknown {
    return look(this.stateCell(name))
  }

  attachment(look: Look, n: Placed): Attachment {
    const cell = this.#attachments.get(n.name)
    return cell === undefined ? this.#starts.get(n.name)! : (look(cell) as unknown as Attachment)
  }

  held(look: Look, n: Placed): readonly Address[] {
    return this.attachment(look, n).held
  }

  flight(look: Look, network: Network): Flight {
    return look(this.flightCell(network)) as unknown as Flight
  }

  /** The packets that may arrive next in a network, each with what then stays in flight. */
  arriving(look: Look, network: Network): Next {
    return this.#nextIn(this.flight(look, network))
  }

  /** Nodes that may at some time hold an address of a network, and those that may hold a certain address. */
  visitorsOf(network: Network): Placed[] {
    return this.topology.nodes.filter((n) => n.stops.flat().some((address) => networkOf(address) === network))
  }

  candidatesFor(address: Address): readonly Placed[] {
    let candidates = this.#candidates.get(address)
    if (candidates === undefined) {
      candidates = this.topology.nodes.filter((n) => n.stops.flat().includes(address))
      this.#candidates.set(address, candidates)
    }
    return candidates
  }

  agentsOf(network: Network): Placed[] {
    return this.topology.nodes.filter((n) => n.agentOf.includes(network))
  }

  /** The packet in flight that is told so. */
  packetInFlight(look: Look, told: PacketLabel): Packet | undefined {
    const key = labelKey(told)
    return this.topology.networks
      .flatMap((network) => this.flight(look, network))
      .find((packet) => labelKey(this.label(packet)) === key)
  }

  #told(message: Message): { readonly name: string; readonly detail: string } {
    const told: unknown = this.describe(message)
    const { name, detail } = (told ?? {}) as { name?: unknown; detail?: unknown }
    if (typeof name === 'string' && typeof detail === 'string') return { name, detail }
    throw new Unusable(
      `'describe' gave ${inWords(told)} for a message of kind '${message.kind}'`,
      'The likeliest cause is a kind of message that it has no case for.',
      "Give { name, detail } for every message, both texts: detail is '' where there is none.",
    )
  }

  label(packet: Packet, from?: string): PacketLabel {
    return from === undefined ? this.#labelInFlight(packet) : this.#label(packet, from)
  }

  #label(packet: Packet, from?: string): PacketLabel {
    const { message } = packet
    const told = isTunnel(message) ? { name: 'tunnel', detail: '' } : this.#told(message)
    return {
      ...told,
      source: packet.source,
      destination: packet.destination,
      ...(from === undefined ? {} : { from }),
      ...(isTunnel(message) ? { inside: [this.label(message.inner)] } : {}),
    }
  }
}

function takenKinds({ nodes }: Topology): Map<string, string> {
  const timers = nodes.flatMap((n) =>
    Object.keys(n.role.timers ?? {}).map((timer) => [timer, `the name of a timer of node '${n.name}'`] as const),
  )
  return new Map([
    ...timers,
    ['attached', 'the event of a node that holds a new address'],
    ['tunnel', 'a packet in a packet'],
  ])
}

function found<T>(thing: T | undefined, what: string, known: readonly string[]): T {
  if (thing === undefined) throw new Error(`There is no ${what} in this scenario. There are: ${known.join(', ')}.`)
  return thing
}

/** Equal for packets that are told alike, with all that tunnels carry; who sent them does not count. */
export function labelKey({ name, detail, source, destination, inside }: PacketLabel): string {
  return JSON.stringify([name, detail, source, destination, inside?.map(labelKey)])
}

/** 'INVITE to west-1/a', with what a tunnel carries. */
export function tell(label: PacketLabel): string {
  const inside = label.inside?.map(tell).join(', ')
  return inside === undefined
    ? `${label.name}${label.detail === '' ? '' : ` (${label.detail})`}`
    : `${label.name}[${inside}]`
}
