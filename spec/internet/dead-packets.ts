import type { Cell, Look, Model, Outcome, Rule, Value } from '../../checker/model.ts'
import { type Address, networkOf } from './address.ts'
import type { Attachment } from './attachment.ts'
import type { Layout } from './layout.ts'
import type { Packet } from './packet.ts'
import type { Placed } from './topology.ts'

/** Where a node is. */
type WhereIs = (n: Placed) => Attachment

/** The addresses that a node holds, or may hold again. What is not among them never will be: no step adds one. */
function mayHold(n: Placed, { held, stop, phase }: Attachment): readonly Address[] {
  // Who comes back from a crash or ends an overlap has what its stop gives it, whatever it has lost meanwhile; who is under way has left that.
  return [...held, ...n.stops.slice(phase === 'gap' ? stop + 1 : stop).flat()]
}

/**
 * Nobody takes the packet, now or later, and nobody hears it: all that can still become of it is that it is lost, and nothing else depends on when. So it is of all packets
 * of its path alike, or of none.
 */
export function isDead(layout: Layout, whereIs: WhereIs, { source, destination }: Packet): boolean {
  const network = networkOf(destination)
  if (layout.agentsOf(network).some(({ role }) => role.intercepts !== undefined)) return false
  if (layout.topology.nodes.some(({ hears }) => hears.includes(network) || hears.includes(networkOf(source))))
    return false
  return layout.candidatesFor(destination).every((n) => !mayHold(n, whereIs(n)).includes(destination))
}

/** A state of the whole model without its dead packets. */
export function swept(layout: Layout, state: readonly Value[]): readonly Value[] {
  const look: Look = (cell) => state[cell]!
  const left = [...state]
  for (const network of layout.topology.networks)
    left[layout.flightCell(network)] = alive(layout, look, network) as unknown as Value
  return left
}

const alive = (layout: Layout, look: Look, network: string): Packet[] =>
  layout.flight(look, network).filter((packet) => !isDead(layout, (n) => layout.attachment(look, n), packet))

/** One more cell: the first packet, if any, that had run out of hops and vanished as it was sent. That something goes round in a loop is not to be missed. */
const spentCell = (layout: Layout): Cell => layout.names.length

/** The packet that had run out of hops, and vanished. */
export const spentAndDead = (layout: Layout, look: Look): Packet | null =>
  look(spentCell(layout)) as unknown as Packet | null

/**
 * The same model, in which a dead packet vanishes as soon as it is dead, instead of staying in flight until it is lost. A step of the one is a step of the other up to losses
 * that are always possible (docs/decisions/0016): of a model without time. It has one cell more, the last one.
 */
export function withoutDeadPackets(layout: Layout, model: Model): Model {
  const { nodes, networks } = layout.topology
  const flights = networks.map((network) => layout.flightCell(network))
  const places = nodes.flatMap((n) => layout.attachmentCells(n))
  const states = nodes.map(({ name }) => layout.stateCell(name))
  const sweeping = (rule: Rule): Rule => {
    // Only the network reads flights alone: it sends nothing, and nobody moves.
    if (![...places, ...states].some((cell) => rule.reads.includes(cell))) return rule
    const delivers = flights.some((cell) => rule.reads.includes(cell))
    return {
      ...rule,
      ...(delivers ? {} : { rank: rule.rank ?? ABOVE_ALL }),
      reads: [...new Set([...rule.reads, ...places, ...(delivers ? [] : flights), spentCell(layout)])],
      fire: (look) => rule.fire(look).map((outcome) => sweptAfter(layout, look, outcome)),
    }
  }
  return {
    ...model,
    cells: [...model.cells, 'ran out of hops'],
    initial: model.initial.map((state) => [...state, null]),
    rules: model.rules.map(sweeping),
  }
}

/** Holds nothing back, as no rank does; but a rule of no rank would share its table, and look at all networks for each. */
const ABOVE_ALL = Number.MAX_VALUE

function sweptAfter(layout: Layout, look: Look, outcome: Outcome): Outcome {
  const changed = new Map<Cell, Value>(outcome.sets)
  const after: Look = (cell) => (changed.has(cell) ? changed.get(cell)! : look(cell))
  const whereIs: WhereIs = (n) => layout.attachment(after, n)
  // Packets in flight die where somebody gives an address up.
  const givenUp = layout.topology.nodes
    .filter((n) => layout.attachmentCells(n).some((cell) => changed.has(cell)))
    .flatMap((n) => {
      const left = mayHold(n, whereIs(n))
      return mayHold(n, layout.attachment(look, n)).filter((address) => !left.includes(address))
    })
  for (const network of new Set(givenUp.map(networkOf)))
    changed.set(layout.flightCell(network), alive(layout, after, network) as unknown as Value)
  const dead = outcome.sends.flatMap(([, parcel]) => {
    const packet = parcel as unknown as Packet
    return isDead(layout, whereIs, packet) ? [packet] : []
  })
  const spent = dead.find(({ hops }) => hops <= 0)
  if (spent !== undefined && look(spentCell(layout)) === null) changed.set(spentCell(layout), spent as unknown as Value)
  return {
    ...outcome,
    sets: [...changed],
    sends: outcome.sends.filter(([, parcel]) => !dead.includes(parcel as unknown as Packet)),
  }
}
