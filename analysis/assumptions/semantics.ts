import { type Address, addressIn, networkOf } from '../../spec/internet/address.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Node } from '../../spec/internet/topology.ts'
import { type Axis, fieldAxis, type Ground, somebodyMoves } from './axis.ts'

/** Choices of the internet's own semantics: of the last two neither is the weaker one, so that each stands for the other's alternative. */
export function semanticsAxes({ scenario, nodes }: Ground): Axis[] {
  const places = (s: Scenario) => nodes.map((n) => ({ name: n.name, at: addressesOf(n, s) }))
  const agents = nodes.filter(({ role, agentOf = [] }) => role.intercepts !== undefined && agentOf.length > 0)
  return [
    fieldAxis(
      scenario,
      'everyMove',
      [
        ['may', 'a host may also stay where it is for good', 'moves'],
        ['owed', 'every move is made in the end', 'every move made'],
      ],
      somebodyMoves,
    ),
    eitherWay(
      fieldAxis(
        scenario,
        'takesFirst',
        [
          ['holder', "a packet goes to its address's holder before an agent intercepts it", 'holder before agent'],
          ['agent', 'an agent intercepts a packet also where its address has a holder', 'agent before holder'],
        ],
        (s) =>
          agents.some(({ name, agentOf = [] }) =>
            places(s).some((other) => other.name !== name && other.at.some((one) => agentOf.includes(networkOf(one)))),
          ),
      ),
    ),
    eitherWay(
      fieldAxis(
        scenario,
        'addressInUse',
        [
          ['taken over', 'who is given an address that another still has takes it over', 'newcomer wins'],
          ['waits', 'who is given an address that another still has waits for it', 'holder wins'],
        ],
        (s) => {
          const all = places(s).flatMap(({ at }) => [...new Set(at)])
          return new Set(all).size < all.length
        },
      ),
    ),
  ]
}

/** What is no more than another, nor less, is asked in both directions. */
const eitherWay = (axis: Axis): Axis => {
  const others = [...axis.weaker, ...axis.stronger]
  return { ...axis, weaker: others, stronger: others }
}

/** Every address that a node has at some time. */
const addressesOf = ({ name, at = [], from }: Node, { moves }: Scenario): Address[] =>
  from === undefined
    ? [...at]
    : [from, ...(moves[name] ?? [])].map((stop) => (typeof stop === 'string' ? addressIn(stop, name) : stop.address))
