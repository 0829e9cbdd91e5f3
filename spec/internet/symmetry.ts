import type { Model, Symmetry, Value } from '../../checker/model.ts'
import { type Address, addressIn, interfaceOf, isAddress, type Network, networkOf } from './address.ts'
import { enter, type Flight } from './flight.ts'
import type { Layout } from './layout.ts'
import { once } from './once.ts'
import type { Packet } from './packet.ts'
import type { Placed, Topology } from './topology.ts'

/** Who is who, which network is which, and which interface, each its own inverse; what is not in it keeps its name. */
interface Names {
  readonly nodes: Map<string, string>
  readonly networks: Map<Network, Network>
  readonly interfaces: Map<string, string>
}

/**
 * A change of names that makes two hosts that move each other, with where they go, their agents and what they know: the first that there is. Nothing says that the model stays as it is under it, but the search,
 * which looks (checker/symmetry.ts). Null where no two hosts are alike.
 */
export function symmetryOf(layout: Layout, model: Model): Symmetry | null {
  const { topology } = layout
  const hosts = topology.nodes.filter(({ mobile }) => mobile)
  for (const [i, one] of hosts.entries())
    for (const other of hosts.slice(i + 1)) {
      const names = namesFor(topology, one, other)
      const symmetry = names === null ? null : symmetryBy(layout, model, names)
      if (symmetry !== null) return symmetry
    }
  return null
}

/** Null where one of two has a place that changes, and the other has none. */
function symmetryBy(layout: Layout, model: Model, names: Names): Symmetry | null {
  const { nodes, networks } = layout.topology
  const cells = model.cells.map((_, cell) => cell)
  for (const n of nodes) {
    const other = layout.node(names.nodes.get(n.name) ?? n.name)
    cells[layout.stateCell(n.name)] = layout.stateCell(other.name)
    const [own, its] = [layout.attachmentCells(n), layout.attachmentCells(other)]
    if (own.length !== its.length) return null
    for (const [i, cell] of own.entries()) cells[cell] = its[i]!
  }
  const flights = new Set<number>()
  for (const network of networks) {
    const cell = layout.flightCell(network)
    flights.add(cell)
    cells[cell] = layout.flightCell(names.networks.get(network) ?? network)
  }
  const renamed = renaming(names)
  const enterAll = once((flight: Flight) =>
    flight.reduce<Flight>(
      (entered, packet) => enter(entered, renamed(packet as unknown as Value) as unknown as Packet, layout.scenario),
      [],
    ),
  )
  return {
    cells,
    // Packets are in an order of their own.
    value: (cell, value) =>
      flights.has(cell) ? (enterAll(value as unknown as Flight) as unknown as Value) : renamed(value),
    parcel: (_, parcel) => renamed(parcel),
  }
}

/** Changes names in a value, wherever they are in it. */
function renaming({ nodes, networks, interfaces }: Names): (value: Value) => Value {
  const text = (name: string): string => {
    if (isAddress(name)) {
      const [network, host] = [networkOf(name), interfaceOf(name)]
      return addressIn(networks.get(network) ?? network, interfaces.get(host) ?? host)
    }
    return nodes.get(name) ?? networks.get(name) ?? name
  }
  const renamed = (value: Value): Value => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) return value
    return deep(value)
  }
  const deep = once((value: object): Value => {
    if (Array.isArray(value)) return Object.freeze(value.map(renamed))
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [text(key), renamed(part)])))
  })
  return renamed
}

/**
 * Makes two hosts each other, and then all that this makes of others: nodes at addresses that they know, and of those that are left each two that are alike. Null where something would be two things at
 * once.
 */
function namesFor({ nodes, networks }: Topology, one: Placed, other: Placed): Names | null {
  const names: Names = { nodes: new Map(), networks: new Map(), interfaces: new Map() }
  const open: (readonly [Placed, Placed])[] = []
  let fits = true
  const pair = (map: Map<string, string>, a: string, b: string): boolean => {
    const isNew = !map.has(a) && !map.has(b)
    if (!isNew) fits &&= map.get(a) === b && map.get(b) === a
    map.set(a, b)
    map.set(b, a)
    return isNew
  }
  const pairNodes = (a: Placed, b: Placed): void => {
    if (pair(names.nodes, a.name, b.name)) open.push([a, b])
  }
  const pairAddresses = (a: Address, b: Address): void => {
    pair(names.interfaces, interfaceOf(a), interfaceOf(b))
    pair(names.networks, networkOf(a), networkOf(b))
    const at = (address: Address): Placed | undefined => nodes.find(({ stops }) => stops.flat().includes(address))
    const [there, here] = [at(a), at(b)]
    if (there !== undefined && here !== undefined) pairNodes(there, here)
  }
  const named = (name: string): Placed | undefined => nodes.find((n) => n.name === name)
  const pairTexts = (a: string, b: string): void => {
    if (isAddress(a) && isAddress(b)) pairAddresses(a, b)
    else if (named(a) !== undefined && named(b) !== undefined) pairNodes(named(a)!, named(b)!)
    else if (networks.includes(a) && networks.includes(b)) pair(names.networks, a, b)
  }
  const pairParts = (a: unknown, b: unknown): void => {
    if (typeof a === 'string' && typeof b === 'string') pairTexts(a, b)
    else if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
      for (const [key, part] of Object.entries(a)) if (key in b) pairParts(part, (b as Record<string, unknown>)[key])
  }
  const pairAll = (): void => {
    for (let pair = open.pop(); pair !== undefined && fits; pair = open.pop()) {
      const [a, b] = pair
      pairParts([a.stops, a.agentOf, a.hears, a.role.start], [b.stops, b.agentOf, b.hears, b.role.start])
    }
  }
  pairNodes(one, other)
  pairAll()
  for (const [i, n] of nodes.entries()) {
    if (names.nodes.has(n.name)) continue
    const alike = nodes.slice(i + 1).find((m) => !names.nodes.has(m.name) && shapeOf(m) === shapeOf(n))
    pairNodes(n, alike ?? n)
    pairAll()
  }
  return fits ? names : null
}

/** Equal of nodes that could be each other: what they can do, and what they know, but for names. */
function shapeOf({ role, stops, agentOf, hears }: Placed): string {
  const shape = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? '' : value
    if (Array.isArray(value)) return value.map(shape)
    // A record may have names for its keys.
    return Object.values(value).map(shape)
  }
  return JSON.stringify([Object.keys(role), Object.keys(role.timers ?? {}), shape([role.start, stops, agentOf, hears])])
}
