import { addressIn, isAddress, type Network, networkOf } from '../../spec/internet/address.ts'
import type { Scenario, Stop } from '../../spec/internet/scenario.ts'
import { type Node, topologyOf } from '../../spec/internet/topology.ts'
import { inWords } from '../../spec/internet/unusable.ts'
import { type Mistake, within } from './mistake.ts'
import { unknown } from './references.ts'

/** Whether every place and every move is written as one is, and whose it is. Where nothing is wrong, the topology can be made. */
export function wrongPlaces(nodes: readonly Node[], scenario: Scenario, where: string): Mistake[] {
  const names = nodes.map(({ name }) => name)
  return within(where, [
    ...nodes.flatMap((n) => [
      ...[...(n.at ?? []), ...(n.keeps ?? [])].flatMap((address) => notAnAddress(address, `node '${n.name}'`)),
      ...(n.from === undefined ? [] : wrongStop(n.from, n.name, `node '${n.name}' starts from`)),
      ...[...(n.agentOf ?? []), ...(n.hears ?? [])].flatMap((network) =>
        notANetwork(network, `node '${n.name}' names`),
      ),
    ]),
    ...unknown(Object.keys(scenario.moves), names, "'moves' names", 'node', ''),
    ...unknown(Object.keys(scenario.crashes), names, "'crashes' names", 'node', ''),
    ...Object.entries(scenario.moves).flatMap(([name, stops]) => [
      ...(Array.isArray(stops)
        ? stops.flatMap((stop) => wrongStop(stop, name, `'${name}' moves to`))
        : notAList(name, stops)),
      ...(nodes.some((n) => n.name === name && n.at !== undefined && stops.length > 0) ? stationary(name) : []),
    ]),
  ])
}

const notAList = (name: string, stops: unknown): Mistake[] => [
  {
    where: '',
    fact: `moves.${name} is ${inWords(stops)}, which is no list`,
    cause: 'The likeliest cause is one network without its brackets.',
    act: `Give the networks that '${name}' visits after its first, in order: ['west-2'].`,
  },
]

const stationary = (name: string): Mistake[] => [
  {
    where: '',
    fact: `it moves '${name}', which is stationary`,
    cause: "The likeliest cause is a node that has 'at', its fixed addresses, and should have 'from'.",
    act: "Give the node the network that it starts from: { from: 'west-1' }.",
  },
]

function notAnAddress(address: unknown, where: string): Mistake[] {
  if (isAddress(address)) return []
  return [
    {
      where,
      fact: `${inWords(address)} is no address`,
      cause: 'The likeliest cause is a network or a host alone.',
      act: 'An address is written network/interface, for example core/server.',
    },
  ]
}

function notANetwork(network: unknown, does: string): Mistake[] {
  if (typeof network === 'string' && network !== '' && !network.includes('/')) return []
  return [
    {
      where: '',
      fact: `${does} ${inWords(network)}, which is no network`,
      cause: isAddress(network)
        ? `The likeliest cause is an address: did you mean '${networkOf(network)}'?`
        : 'The likeliest cause is something else in the place of a name.',
      act: "A network is a name without a slash, for example 'west-2'.",
    },
  ]
}

function wrongStop(stop: Stop, name: string, does: string): Mistake[] {
  if (typeof stop !== 'object' || stop === null) return notANetwork(stop, does)
  const { network, address } = stop
  const wrong = [...notANetwork(network, does), ...notAnAddress(address, '')]
  if (wrong.length > 0 || networkOf(address) === network) return wrong
  return [
    {
      where: '',
      fact: `${does} network '${network}' with address ${address}, which is not in it`,
      cause: `The likeliest cause is a slip in one of the two: did you mean ${addressIn(network, address.slice(address.indexOf('/') + 1))}?`,
      act: `An address begins with its network; the network alone is enough for ${addressIn(network, name)}.`,
    },
  ]
}

/** Networks that somebody listens to, or is an agent of, and in which nobody is in any scenario. */
export function unknownNetworks(nodes: readonly Node[], inhabited: readonly Network[], where: string): Mistake[] {
  return within(
    where,
    nodes.flatMap((n) => [
      ...unknown(n.agentOf ?? [], inhabited, "'agentOf' names", 'network', `node '${n.name}'`),
      ...unknown(n.hears ?? [], inhabited, "'hears' names", 'network', `node '${n.name}'`),
    ]),
  )
}

/** The networks in which a node is at some time. */
export const inhabitedIn = (nodes: readonly Node[], scenario: Scenario): Network[] =>
  topologyOf(nodes, scenario).nodes.flatMap(({ stops }) => stops.flat().map(networkOf))

/** Two nodes that would hold one address: at the start, or because one of them never gives it up. */
export function clashes(nodes: readonly Node[], scenario: Scenario, where: string): Mistake[] {
  const placed = topologyOf(nodes, scenario).nodes
  const pairs = placed.flatMap((n, i) => placed.map((other, j) => [n, other, i < j] as const))
  return within(
    where,
    pairs.flatMap(([n, other, once]) => {
      if (n === other) return []
      const atStart = once ? n.stops[0]!.filter((address) => other.stops[0]!.includes(address)) : []
      const visited = n.stops
        .slice(1)
        .flat()
        .filter((address) => !n.stops[0]!.includes(address))
      const forGood =
        other.crashes > 0 ? [] : visited.filter((address) => other.stops.every((stop) => stop.includes(address)))
      return [
        ...atStart.map((address) => ({
          where: '',
          fact: `'${n.name}' and '${other.name}' are both at ${address} at the start`,
          cause: 'The likeliest cause is a copy of a node whose place was not changed.',
          act: 'Give each an address of its own: a packet goes to one holder.',
        })),
        ...forGood.map((address) => ({
          where: '',
          fact: `'${n.name}' is to go to ${address}, and '${other.name}' is there for good, so that it never arrives`,
          cause: 'The likeliest cause is a slip in an address, or a node that should move away first.',
          act: `Let '${n.name}' go elsewhere, or '${other.name}' move.`,
        })),
      ]
    }),
  )
}
