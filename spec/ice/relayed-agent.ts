import {
  type Address,
  type Effect,
  type Event,
  type Network,
  networkOf,
  packet,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import type { Agent, AgentTimer } from './agent.ts'
import type { IceMessage, RelayedMessage } from './messages.ts'
import { type TurnMessage, turnRetry } from './turn-messages.ts'
import { relayedAddress, relayOf, turnServerOf } from './turn-server.ts'

/**
 * An ICE agent whose only candidate is relayed: by its TURN server goes what it says to the other's candidate, and not what it says to a
 * signalling server. After a move it makes a new allocation and restarts with that, or, with a MOBILITY-TICKET, has its allocation moved and needs no
 * restart (RFC 8016 §1).
 */
export interface RelayedAgent {
  readonly agent: Agent
  readonly here: Address
  readonly moves: number
  /** What the server has let through in the allocation in use. */
  readonly permitted: readonly Network[]
  /** The request under way. */
  readonly asking: TurnMessage | null
}

type TimerName = AgentTimer | 'TURN retry'

export interface RelayedSettings {
  readonly end: string
  readonly start: Address
  readonly agent: Role<Agent, IceMessage, AgentTimer>
  /** The signalling server; null if offers go to the other's candidate. */
  readonly signalling: Address | null
  /** RFC 8016. */
  readonly mobility: boolean
}

export function relayedAgent(settings: RelayedSettings): Role<RelayedAgent, RelayedMessage, TimerName> {
  const { agent, end, signalling, mobility } = settings
  const server = turnServerOf(end)
  const ask = (me: RelayedAgent, request: TurnMessage): Step<RelayedAgent, RelayedMessage> => [
    { ...me, asking: request },
    [send<RelayedMessage>(request, server)],
  ]

  /** What the agent says leaves by the relay, but for signalling, where the host itself is told. */
  const leaving = (me: RelayedAgent, effects: readonly Effect<IceMessage>[]): Effect<RelayedMessage>[] =>
    effects.map((effect) => {
      if (effect.do !== 'send') return effect
      const { message, to } = effect
      if (to !== signalling) return tunnel(packet(message, me.agent.here, to), server)
      return send<RelayedMessage>(message.kind === 'reconnect' ? { ...message, address: me.here } : message, to)
    })

  /** The other's candidate may be at an IP address that the server does not let through yet (RFC 8656 §9). */
  const permit = (me: RelayedAgent): Step<RelayedAgent, RelayedMessage> => {
    const ip = networkOf(me.agent.remote)
    return me.permitted.includes(ip) || me.asking !== null ? stay(me) : ask(me, { kind: 'CreatePermission', ip })
  }

  const within = (me: RelayedAgent, event: Event<IceMessage, AgentTimer>): Step<RelayedAgent, RelayedMessage> => {
    const [next, effects] = agent.step(me.agent, event)
    const after = { ...me, agent: next }
    const [asked, request] = permit(after)
    return [asked, [...request, ...leaving(after, effects)]]
  }

  /** Relayed again: the agent goes on with the candidate that it has now. */
  const restart = (me: RelayedAgent): Step<RelayedAgent, RelayedMessage> =>
    within(me, { kind: 'attached', address: mobility ? me.agent.here : relayedAddress(end, me.moves) })

  const start = agent.start
  return {
    start: { agent: start, here: settings.start, moves: 0, permitted: [networkOf(start.remote)], asking: null },
    step: (me, event) => {
      switch (event.kind) {
        case 'attached': {
          const moved = { ...me, here: event.address, moves: me.moves + 1 }
          return ask(moved, { kind: mobility ? 'Refresh (MOBILITY-TICKET)' : 'Allocate', number: moved.moves })
        }
        case 'Allocate success': {
          if (me.asking?.kind !== 'Allocate' || event.number !== me.moves) return stay(me)
          return ask({ ...me, permitted: [] }, { kind: 'CreatePermission', ip: networkOf(me.agent.remote) })
        }
        case 'Refresh success': {
          if (me.asking?.kind !== 'Refresh (MOBILITY-TICKET)' || event.number !== me.moves) return stay(me)
          return restart({ ...me, asking: null })
        }
        case 'CreatePermission success': {
          if (me.asking?.kind !== 'CreatePermission' || event.ip !== me.asking.ip) return stay(me)
          const permitted = { ...me, permitted: [...me.permitted, event.ip], asking: null }
          // The first permission of a new allocation: from here on it can be used.
          const isNew = !mobility && relayOf(me.agent.here)!.number !== me.moves
          return isNew ? restart(permitted) : permit(permitted)
        }
        case 'TURN retry':
          return [me, [send<RelayedMessage>(me.asking!, server)]]
        case 'tunnel':
        case 'Allocate':
        case 'Refresh (MOBILITY-TICKET)':
        case 'CreatePermission':
          throw new Error(`an agent has no use for a ${event.kind}`)
        default:
          return within(me, event)
      }
    },
    accepts: (_, address) => relayOf(address)?.end === end,
    timers: { ...agent.timers!, 'TURN retry': turnRetry },
    armed: (me) => [...agent.armed!(me.agent), ...(me.asking === null ? [] : (['TURN retry'] as const))],
    pending: (me) => (me.asking === null ? agent.pending!(me.agent) : `waits for its TURN server (${me.asking.kind})`),
    sendData: (me, peer) => leaving(me, agent.sendData!(me.agent, peer) as readonly Effect<IceMessage>[]),
  }
}
