import type { Symmetry, Value } from '../../checker/model.ts'
import { type Names, namesOfAlike } from './alike.ts'
import { enter, type Flight } from './flight.ts'
import type { Layout } from './layout.ts'
import { once } from './once.ts'
import type { Packet } from './packet.ts'

/**
 * A change of names that makes two hosts each other. Nothing says that the model stays as it is under it, but the search, which looks (checker/symmetry.ts). Null where no two hosts are found that move
 * alike, or one of two nodes has a place that changes, and the other has none.
 */
export function symmetryOf(layout: Layout): Symmetry | null {
  const names = namesOfAlike(layout.topology)
  const cells = names === null ? null : cellsBy(layout, names)
  if (names === null || cells === null) return null
  const flights = new Set(layout.topology.networks.map((network) => layout.flightCell(network)))
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

function cellsBy(layout: Layout, names: Names): number[] | null {
  const cells = layout.names.map((_, cell) => cell)
  for (const n of layout.topology.nodes) {
    const other = layout.node(names.nodes.get(n.name) ?? n.name)
    cells[layout.stateCell(n.name)] = layout.stateCell(other.name)
    const [own, its] = [layout.attachmentCells(n), layout.attachmentCells(other)]
    if (own.length !== its.length) return null
    for (const [i, cell] of own.entries()) cells[cell] = its[i]!
  }
  for (const network of layout.topology.networks)
    cells[layout.flightCell(network)] = layout.flightCell(names.networks.get(network) ?? network)
  return cells
}

/** Changes names in a value, wherever they are in it. */
function renaming(names: Names): (value: Value) => Value {
  const renamed = (value: Value): Value => {
    if (typeof value === 'string') return names.of(value)
    return typeof value === 'object' && value !== null ? deep(value) : value
  }
  const deep = once((value: object): Value => {
    if (Array.isArray(value)) return Object.freeze(value.map(renamed))
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [names.of(key), renamed(part)])))
  })
  return renamed
}
