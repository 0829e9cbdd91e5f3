import {
  type Address,
  type Event,
  type Message,
  type Node,
  networkOf,
  node,
  packetOf,
  tunnel,
} from '../../spec/index.ts'

/**
 * Hierarchical addresses (003 §VII-B): the networks that both hosts begin in, and the one that a may go to, are one domain with private addresses. A mobility
 * server at its gateway has a public one for a, and tunnels what comes for that to where a is; a registers the public one, and tells it to whoever is outside.
 */
const DOMAIN = ['west-1', 'west-2', 'east-1']
/** a's virtual care-of address, and its mobility server. */
const PUBLIC = 'gateway/a'
const SERVER = 'gateway/ms'

const isPrivate = (address: Address): boolean => DOMAIN.includes(networkOf(address))

// A change reaches into any role: its types do not help here.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any

/** A private address means something in the domain alone: outside, nobody has it. */
const routed = (from: Address, effect: Any): Any =>
  effect.do === 'send' && isPrivate(effect.to) && !isPrivate(from)
    ? { ...effect, to: `${networkOf(from)}/nobody` }
    : effect

/** What a says of itself: to its redirect server and outside the public address, inside the private one; its mobility server hears of that as well. */
const told = (effect: Any): Any[] => {
  if (effect.do !== 'send' || effect.message.coa === undefined || isPrivate(effect.to)) return [effect]
  const said = { ...effect, message: { ...effect.message, coa: PUBLIC } }
  if (effect.message.kind !== 'REGISTER') return [said]
  return [said, { do: 'send', message: { kind: 'local BU', coa: effect.message.coa }, to: SERVER }]
}

const mobilityServer: Any = {
  start: { privately: 'west-1/a' },
  step: (me: { privately: Address }, event: Event<Message>) =>
    event.kind === 'local BU'
      ? [{ privately: (event as Any).coa }, []]
      : [me, event.kind === 'attached' ? [] : [tunnel(packetOf(event as Any), me.privately)]],
  intercepts: (_: unknown, address: Address) => address === PUBLIC,
}

/** A host whose packets leave as `leave` has them. */
const wrapped = (n: Node, leave: (here: Address, effect: Any) => Any[], more: object = {}): Node => {
  const role = n.role as Any
  const all = (state: Any, effects: readonly Any[]): Any[] => effects.flatMap((effect) => leave(state.here, effect))
  return {
    ...n,
    role: {
      ...role,
      step: (state: Any, event: Any) => {
        const [next, effects] = role.step(state, event)
        return [next, all(next, effects)]
      },
      sendData: (state: Any, peer: string) => all(state, role.sendData(state, peer)),
      ...more,
    },
  }
}

/** The hosts and servers of TMSP in such a domain; b may leave it. */
export const inDomain = (nodes: readonly Node[]): readonly Node[] => [
  ...nodes.map((n) => {
    if (n.name === 'a')
      return wrapped(n, (_, effect) => told(effect), { accepts: (_: Any, at: Address) => at === PUBLIC })
    if (n.name === 'b') return wrapped(n, (here, effect) => [routed(here, effect)])
    return n.name === 'rs-a'
      ? { ...n, role: { ...n.role, start: { ...(n.role.start as Any), coa: PUBLIC } as never } }
      : n
  }),
  node('ms', mobilityServer, { at: [SERVER], agentOf: [networkOf(SERVER)] }),
]
