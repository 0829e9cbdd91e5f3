import { type Address, addressIn, type Network, networkOf } from './address.ts'
import type { Message } from './packet.ts'
import type { Role } from './role.ts'
import type { Scenario, Stop } from './scenario.ts'

/** A node as a variant lists it: stationary at fixed addresses, or mobile from a first network on. */
export interface Node {
  readonly name: string
  // Roles differ in their states and messages; the internet only carries them.
  readonly role: Role<never, never, never, never>
  /** Fixed addresses of a stationary node. */
  readonly at?: readonly Address[]
  /** The first network of a mobile host; the scenario says where it goes. */
  readonly from?: Stop
  /** Addresses of a second interface of a mobile host, which it holds wherever it goes. */
  readonly keeps?: readonly Address[]
  /** Networks on which it may intercept packets for addresses that nobody holds. */
  readonly agentOf?: readonly Network[]
  /** Networks whose traffic, to and from, it overhears: an attacker's place. */
  readonly hears?: readonly Network[]
}

/** Lists a node. Mobile hosts give `from`, stationary ones `at`. */
export function node<State, M extends Message, T extends string, A extends string = never>(
  name: string,
  role: Role<State, M, T, A>,
  place: Omit<Node, 'name' | 'role'>,
): Node {
  return { name, role: role as unknown as Role<never, never, never, never>, ...place }
}

/** A node with what the scenario makes of it. */
export interface Placed {
  readonly name: string
  readonly role: Role<unknown, Message, string, string>
  readonly agentOf: readonly Network[]
  readonly hears: readonly Network[]
  readonly keeps: readonly Address[]
  /** The addresses that it holds in turn; one entry for a stationary node, which holds all its addresses at once. */
  readonly stops: readonly (readonly Address[])[]
  readonly mobile: boolean
  /** May crash: like moving, it changes who holds an address. */
  readonly crashes: number
}

export interface Topology {
  readonly nodes: readonly Placed[]
  readonly networks: readonly Network[]
}

export function topologyOf(nodes: readonly Node[], scenario: Scenario): Topology {
  for (const name of [...Object.keys(scenario.moves), ...Object.keys(scenario.crashes)]) {
    if (!nodes.some((n) => n.name === name)) {
      throw new Error(`Scenario '${scenario.name}' names node '${name}', which the variant does not have.`)
    }
  }
  const placed = nodes.map((n) => place(n, scenario))
  const networks = new Set<Network>()
  for (const n of placed) {
    for (const address of n.stops.flat()) networks.add(networkOf(address))
    for (const network of n.agentOf) networks.add(network)
  }
  return { nodes: placed, networks: [...networks].sort() }
}

function place(n: Node, scenario: Scenario): Placed {
  const moves = scenario.moves[n.name] ?? []
  if ((n.at === undefined) === (n.from === undefined)) {
    throw new Error(`Node '${n.name}' needs either fixed addresses ('at') or a first network ('from').`)
  }
  if (n.at !== undefined && moves.length > 0) {
    throw new Error(`Scenario '${scenario.name}' moves '${n.name}', which is stationary.`)
  }
  const keeps = n.keeps ?? []
  // The newest address comes last: that is the one that moves.
  const stops = n.from === undefined ? [n.at!] : [n.from, ...moves].map((stop) => [...keeps, addressAt(stop, n.name)])
  return {
    name: n.name,
    role: n.role as unknown as Role<unknown, Message, string, string>,
    agentOf: n.agentOf ?? [],
    hears: n.hears ?? [],
    keeps,
    stops,
    mobile: stops.length > 1,
    crashes: scenario.crashes[n.name] ?? 0,
  }
}

function addressAt(stop: Stop, host: string): Address {
  return typeof stop === 'string' ? addressIn(stop, host) : stop.address
}

/** Whether the node's addresses can change at all: otherwise no cell is needed to say where it is. */
export const changesPlace = (n: Placed): boolean => n.mobile || n.crashes > 0
