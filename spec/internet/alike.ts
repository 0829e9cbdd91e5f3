import { type Address, addressIn, interfaceOf, isAddress, type Network, networkOf } from './address.ts'
import type { Placed, Topology } from './topology.ts'

/** Who is who, which network is which, and which interface, each its own inverse; what is not in it keeps its name. */
export class Names {
  readonly nodes: Map<string, string>
  readonly networks: Map<Network, Network>
  readonly interfaces: Map<string, string>

  constructor(same?: Names) {
    this.nodes = new Map(same?.nodes)
    this.networks = new Map(same?.networks)
    this.interfaces = new Map(same?.interfaces)
  }

  /** Another name, of whatever it names. */
  of(name: string): string {
    if (!isAddress(name)) return this.nodes.get(name) ?? this.networks.get(name) ?? name
    const [network, host] = [networkOf(name), interfaceOf(name)]
    return addressIn(this.networks.get(network) ?? network, this.interfaces.get(host) ?? host)
  }

  /** Whether a name that is a node's and a network's is the same other one as either. */
  get areClear(): boolean {
    return [...this.nodes].every(([name, other]) => (this.networks.get(name) ?? other) === other)
  }
}

/** The first names under which two hosts that move are each other, with where they go, what they know, and the nodes that go with that; null where there are none. */
export function namesOfAlike(topology: Topology): Names | null {
  const hosts = topology.nodes.filter(({ mobile }) => mobile)
  for (const [i, one] of hosts.entries())
    for (const other of hosts.slice(i + 1)) {
      const begun = new Pairing(topology, new Names()).with(one, other)
      const names = begun === null ? null : withTheRest(topology, begun)
      if (names !== null) return names
    }
  return null
}

/** Of the nodes that are left two that look alike are each other, or each is itself: whatever goes together. */
function withTheRest(topology: Topology, names: Names): Names | null {
  const left = topology.nodes.filter(({ name }) => !names.nodes.has(name))
  const [first] = left
  if (first === undefined) return names.areClear ? names : null
  const alike = left.slice(1).filter((n) => shapeOf(n) === shapeOf(first))
  for (const other of [...alike, first]) {
    const more = new Pairing(topology, names).with(first, other)
    const all = more === null ? null : withTheRest(topology, more)
    if (all !== null) return all
  }
  return null
}

/** Makes two nodes each other, and all that this makes of others. */
class Pairing {
  readonly #topology: Topology
  readonly #names: Names
  readonly #open: (readonly [Placed, Placed])[] = []
  /** Nothing would be two things at once. */
  #fits = true

  constructor(topology: Topology, names: Names) {
    this.#topology = topology
    this.#names = new Names(names)
  }

  /** The names with those of these two; null where they do not fit. */
  with(one: Placed, other: Placed): Names | null {
    this.#nodes(one, other)
    for (let pair = this.#open.pop(); pair !== undefined && this.#fits; pair = this.#open.pop()) {
      const [a, b] = pair
      this.#parts([a.stops, a.agentOf, a.hears, a.role.start], [b.stops, b.agentOf, b.hears, b.role.start])
    }
    return this.#fits ? this.#names : null
  }

  #pair(map: Map<string, string>, a: string, b: string): boolean {
    const isNew = !map.has(a) && !map.has(b)
    if (!isNew && (map.get(a) !== b || map.get(b) !== a)) this.#fits = false
    map.set(a, b)
    map.set(b, a)
    return isNew
  }

  #nodes(a: Placed, b: Placed): void {
    if (this.#pair(this.#names.nodes, a.name, b.name)) this.#open.push([a, b])
  }

  #addresses(a: Address, b: Address): void {
    this.#pair(this.#names.interfaces, interfaceOf(a), interfaceOf(b))
    this.#pair(this.#names.networks, networkOf(a), networkOf(b))
    const at = (address: Address): Placed | undefined =>
      this.#topology.nodes.find(({ stops }) => stops.flat().includes(address))
    const [there, here] = [at(a), at(b)]
    if (there !== undefined && here !== undefined) this.#nodes(there, here)
  }

  #texts(a: string, b: string): void {
    const { nodes, networks } = this.#topology
    const named = (name: string): Placed | undefined => nodes.find((n) => n.name === name)
    const [there, here] = [named(a), named(b)]
    if (isAddress(a) && isAddress(b)) this.#addresses(a, b)
    else if (there !== undefined && here !== undefined) this.#nodes(there, here)
    else if (networks.includes(a) && networks.includes(b)) this.#pair(this.#names.networks, a, b)
  }

  #parts(a: unknown, b: unknown): void {
    if (typeof a === 'string' && typeof b === 'string') this.#texts(a, b)
    else if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
      for (const [key, part] of Object.entries(a)) {
        // A record may have names for its keys.
        const other = this.#names.of(key)
        if (other in b) this.#parts(part, (b as Record<string, unknown>)[other])
      }
  }
}

/** Equal of nodes that could be each other: what they can do, and what they know, but for names. */
function shapeOf({ role, stops, agentOf, hears }: Placed): string {
  const shape = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? '' : value
    return Array.isArray(value) ? value.map(shape) : Object.values(value).map(shape)
  }
  return JSON.stringify([Object.keys(role), Object.keys(role.timers ?? {}), shape([role.start, stops, agentOf, hears])])
}
