import { match, P } from 'ts-pattern'
import {
  type Address,
  type Effect,
  type Event,
  forward,
  networkOf,
  type Packet,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import { agentAt } from './host.ts'
import { type Credential, relayRetry, type SimsMessage, stopRetry } from './messages.ts'

/**
 * A mobility agent (002 §IV-B), one a network: origin of the addresses that it gave out, and relay of hosts that have come with old ones.
 * A crash loses both tables: the paper keeps no stable storage.
 */
export interface Agent {
  /** As origin, by address: the agent that it is relayed to. */
  readonly out: Readonly<Record<Address, { readonly relay: Address; readonly number: number }>>
  /** As relay, by old address: where its host is here, and whether the origin has agreed. */
  readonly in: Readonly<Record<Address, Visitor>>
  /** As origin: relays that were told to stop and have not said that they have. */
  readonly stopping: readonly Stop[]
}

interface Stop {
  readonly address: Address
  readonly relay: Address
  readonly number: number
}

type TimerName = 'relay retry' | 'stop retry'

interface Visitor {
  readonly local: Address
  readonly credential: Credential
  readonly number: number
  readonly agreed: boolean
}

const NOTHING: Agent = { out: {}, in: {}, stopping: [] }

export interface AgentSettings {
  readonly network: string
  /** Whether a request that is older than the last one is refused: 002 has no numbers. */
  readonly numbered: boolean
  readonly credentials: 'none' | 'of the address' | 'of the request'
}

export function mobilityAgent(settings: AgentSettings): Role<Agent, SimsMessage, TimerName> {
  const me = `${settings.network}/ma`
  const ask = (address: Address, visitor: Visitor) =>
    send<SimsMessage>(
      { kind: 'RelayRequest', address, credential: visitor.credential, relay: me, number: visitor.number },
      agentAt(address),
    )

  const tell = ({ address, relay, number }: Stop) => send<SimsMessage>({ kind: 'RelayStop', address, number }, relay)
  /** The relay of an address is another one now: the last one is told, until it says that it has stopped; what the new one was told is over. */
  const replaced = (stopping: readonly Stop[], address: Address, relay: Address, last: Stop | null): Stop[] => {
    const others = stopping.filter((stop) => stop.address !== address || ![relay, last?.relay].includes(stop.relay))
    return last === null ? others : [...others, last]
  }

  const authorised = (request: Extract<SimsMessage, { kind: 'RelayRequest' }>): boolean => {
    const { credential, address, relay, number } = request
    if (settings.credentials === 'none') return true
    if (credential.of !== address) return false
    if (settings.credentials === 'of the address') return true
    return credential.for?.relay === relay && credential.for.number === number
  }

  type Attach = Extract<SimsMessage, { kind: 'Attach' }> & { readonly source: Address }

  const onAttach = (agent: Agent, { number, addresses, source }: Attach): Step<Agent, SimsMessage> => {
    const out = { ...agent.out }
    const visitors = { ...agent.in }
    let { stopping } = agent
    const sent: Effect<SimsMessage>[] = []
    for (const { address, credential } of addresses) {
      if (networkOf(address) === settings.network) {
        // The host is back: its sessions are direct again, and the last relay is told to stop.
        const last = out[address]
        if (last !== undefined && last.relay !== me) {
          const stop: Stop = { address, relay: last.relay, number }
          stopping = replaced(stopping, address, me, stop)
          sent.push(tell(stop))
        }
        out[address] = { relay: me, number }
        continue
      }
      // Asked anew each time: the origin may have forgotten.
      const visitor: Visitor = { local: source, credential, number, agreed: false }
      visitors[address] = visitor
      sent.push(ask(address, visitor))
    }
    const all = addresses.every(({ address }) => visitors[address]?.agreed ?? true)
    if (all) sent.push(send({ kind: 'Attached', number }, source))
    return [{ out, in: visitors, stopping }, sent]
  }

  type Request = Extract<SimsMessage, { kind: 'RelayRequest' }> & { readonly source: Address }

  const onRequest = (agent: Agent, request: Request): Step<Agent, SimsMessage> => {
    const { address, relay, number, source } = request
    const last = agent.out[address]
    if (!authorised(request)) return stay(agent)
    // An older request has come late: whoever asks is no relay any more.
    if (settings.numbered && last !== undefined && number < last.number) {
      return [agent, [send<SimsMessage>({ kind: 'RelayStop', address, number: last.number }, relay)]]
    }
    const stop =
      last !== undefined && last.relay !== relay && last.relay !== me ? { address, relay: last.relay, number } : null
    const stopping = replaced(agent.stopping, address, relay, stop)
    return [
      { ...agent, out: { ...agent.out, [address]: { relay, number } }, stopping },
      [send<SimsMessage>({ kind: 'RelayAck', address, number }, source), ...(stop === null ? [] : [tell(stop)])],
    ]
  }

  const onAck = (agent: Agent, address: Address, number: number): Step<Agent, SimsMessage> => {
    const visitor = agent.in[address]
    if (visitor === undefined || visitor.number !== number) return stay(agent)
    const next = { ...agent, in: { ...agent.in, [address]: { ...visitor, agreed: true } } }
    return [next, [send<SimsMessage>({ kind: 'Attached', number }, visitor.local)]]
  }

  const onStop = (agent: Agent, address: Address, number: number, source: Address): Step<Agent, SimsMessage> => {
    const visitor = agent.in[address]
    const ack = send<SimsMessage>({ kind: 'RelayStopAck', address, number }, source)
    // A host that has come back meanwhile is newer than the request that made it stop.
    if (visitor === undefined || visitor.number > number) return [agent, [ack]]
    const { [address]: _, ...others } = agent.in
    return [{ ...agent, in: others }, [ack]]
  }

  /** 002 §IV-B  By source address: what comes from a visitor's old address goes to its origin; what is for it, to the visitor. */
  const relay = (agent: Agent, inner: Packet): Step<Agent, SimsMessage> => {
    const to = agent.in[inner.destination]
    if (to !== undefined) return [agent, [tunnel(inner, to.local)]]
    const from = agent.in[inner.source]
    if (from !== undefined) return [agent, [tunnel(inner, agentAt(inner.source))]]
    return [agent, networkOf(inner.source) === settings.network ? [forward(inner)] : []]
  }

  return {
    start: NOTHING,
    step: (agent, event: Event<SimsMessage, TimerName>) =>
      match(event)
        .returnType<Step<Agent, SimsMessage>>()
        .with({ kind: 'Attach' }, (attach) => onAttach(agent, attach))
        .with({ kind: 'RelayRequest' }, (request) => onRequest(agent, request))
        .with({ kind: 'RelayAck' }, ({ address, number }) => onAck(agent, address, number))
        .with({ kind: 'RelayStop' }, ({ address, number, source }) => onStop(agent, address, number, source))
        .with({ kind: 'RelayStopAck' }, ({ address, number, source }) => {
          const has = (stop: Stop) => stop.address === address && stop.relay === source && stop.number === number
          return stay({ ...agent, stopping: agent.stopping.filter((stop) => !has(stop)) })
        })
        .with({ kind: 'tunnel' }, ({ inner, destination }) => (destination === me ? relay(agent, inner) : stay(agent)))
        .with({ kind: 'data' }, (data) => {
          // Intercepted: for an address of this network whose host is elsewhere.
          const entry = agent.out[data.destination]
          return entry === undefined || entry.relay === me
            ? stay(agent)
            : [agent, [tunnel(packetOf(data), entry.relay)]]
        })
        .with({ kind: 'relay retry' }, () => [
          agent,
          Object.entries(agent.in).flatMap(([address, visitor]) => (visitor.agreed ? [] : [ask(address, visitor)])),
        ])
        .with({ kind: 'stop retry' }, () => [agent, agent.stopping.map(tell)])
        .with({ kind: 'attached' }, () => stay(agent))
        .with({ kind: P.union('Attached') }, ({ kind }) => {
          throw new Error(`an agent has no use for ${kind}`)
        })
        .exhaustive(),
    timers: { 'relay retry': relayRetry, 'stop retry': stopRetry },
    armed: (agent) => [
      ...(Object.values(agent.in).some((visitor) => !visitor.agreed) ? (['relay retry'] as const) : []),
      ...(agent.stopping.length > 0 ? (['stop retry'] as const) : []),
    ],
    intercepts: (agent, address, { message }) =>
      message.kind === 'data' && agent.out[address] !== undefined && agent.out[address].relay !== me,
    restart: () => NOTHING,
  }
}
