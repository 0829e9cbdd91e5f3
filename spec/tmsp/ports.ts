import { match, P } from 'ts-pattern'
import {
  type Address,
  doubledUpTo,
  type Event,
  type Message,
  type Role,
  type Step,
  send,
  stay,
  type Timer,
} from '../index.ts'
import { outgoing, type Tables } from './tables.ts'

/**
 * Port-mapping confusion (003 §V): a server keeps a mapping for a mobile host that has moved on; another host gets the address that
 * was left, and asks the server from the same port. By UDP, or by TCP, where a connection is opened first and closed at the end.
 *
 * Left out of TCP: the ACKs of SYN-ACK and FIN, sequence numbers, and what a host does with a SYN-ACK that it did not ask for.
 */
export type PortMessage =
  | { readonly kind: 'request'; readonly from: string; readonly port: number }
  | { readonly kind: 'reply'; readonly to: string; readonly port: number }
  | { readonly kind: 'SYN'; readonly from: string; readonly port: number }
  | { readonly kind: 'SYN-ACK'; readonly to: string; readonly port: number }
  /** What a connection that is open says to a SYN with its addresses and ports. */
  | { readonly kind: 'challenge ACK'; readonly port: number }
  | { readonly kind: 'FIN'; readonly port: number }
  | { readonly kind: 're-INVITE'; readonly coa: Address }
  | { readonly kind: '200 OK' }
  | { readonly kind: 'data' }

export function describePorts(message: Message): { name: string; detail: string } {
  const m = message as PortMessage
  switch (m.kind) {
    case 'request':
    case 'SYN':
      return { name: m.kind, detail: `of ${m.from}, port ${m.port}` }
    case 'reply':
    case 'SYN-ACK':
      return { name: m.kind, detail: `for ${m.to}, port ${m.port}` }
    case 're-INVITE':
      return { name: m.kind, detail: `CoA ${m.coa}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

export const PORT = 5000

/** What becomes of the mapping: of a UDP port, whether there is one; of a connection, until when it is there, and for what. */
export type MappingRule =
  | 'maps'
  | 'does not map'
  | 'maps, but not for a new connection'
  | 'maps until the connection closes'

/** A request may be sent again while it has no answer; a mapping without a connection goes when its time is up. */
const requestRetry: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(60_000),
  source: 'RFC 6298 §2.1: a SYN; by UDP, what the application chooses',
}
const mappingExpiry: Timer = { milliseconds: 60_000, source: '003 §V: entries that are not used expire' }
const closing: Timer = { milliseconds: 1, source: 'the application chooses' }

export interface Server {
  readonly tables: Tables
  /** Whose connection it is that the addresses and ports belong to; by UDP there is none. */
  readonly connection: string | null
}

export function server(
  mobile: string,
  start: Address,
  by: 'UDP' | 'TCP',
  rule: MappingRule,
): Role<Server, PortMessage, 'mapping expiry'> {
  const mapped = { [PORT]: { source: '', destination: start, peer: mobile } }
  const out = (me: Server, from: Address, to: Address): Address =>
    outgoing(me.tables, from, { source: from, destination: to, port: PORT }).destination
  const withoutMapping = (me: Server): Server => ({ ...me, tables: { ...me.tables, mapping: {} } })
  return {
    start: {
      tables: { mapping: rule === 'does not map' ? {} : mapped, careOf: { [mobile]: start } },
      connection: by === 'TCP' ? mobile : null,
    },
    step: (me, event: Event<PortMessage, 'mapping expiry'>) =>
      match(event)
        .returnType<Step<Server, PortMessage>>()
        .with({ kind: 're-INVITE' }, ({ coa, source }) => [
          { ...me, tables: { ...me.tables, careOf: { [mobile]: coa } } },
          [send<PortMessage>({ kind: '200 OK' }, source)],
        ])
        // To the application the answer goes back where the question came from: what the tables make of that is the question.
        .with({ kind: 'request' }, ({ from, port, source, destination }) => {
          const to = source === start ? out(me, destination, source) : source
          return [me, [send<PortMessage>({ kind: 'reply', to: from, port }, to)]]
        })
        .with({ kind: 'SYN' }, ({ from, port, source, destination }) => {
          const same = source === start
          // RFC 9293 §3.10.7.4: the connection is open, and its mapping sends what it says to its own host.
          if (same && me.connection === mobile)
            return [me, [send<PortMessage>({ kind: 'challenge ACK', port }, out(me, destination, source))]]
          const to = same && rule !== 'maps, but not for a new connection' ? out(me, destination, source) : source
          return [{ ...me, connection: from }, [send<PortMessage>({ kind: 'SYN-ACK', to: from, port }, to)]]
        })
        .with({ kind: 'FIN' }, () => {
          const closed = { ...me, connection: null }
          return stay(rule === 'maps until the connection closes' ? withoutMapping(closed) : closed)
        })
        .with({ kind: 'mapping expiry' }, () => stay(withoutMapping(me)))
        .with({ kind: P.union('data', 'attached', 'reply', '200 OK', 'SYN-ACK', 'challenge ACK') }, () => stay(me))
        .exhaustive(),
    timers: { 'mapping expiry': mappingExpiry },
    armed: (me) => {
      const unused = by === 'TCP' && me.connection !== mobile && me.tables.mapping[PORT] !== undefined
      return unused ? ['mapping expiry'] : []
    },
    // By the mapping that there is: without one, to the address that the session began with.
    sendData: (me) => [send<PortMessage>({ kind: 'data' }, out(me, '', start))],
  }
}

export interface Client {
  /** Replies that were meant for somebody else. */
  readonly foreign: readonly string[]
  readonly answered: boolean
  /** Its connection is open, which only the mobile host's is, by TCP. */
  readonly open: boolean
}

/** A host that asks the server when it comes to a new address, or, if it is the mobile one, says where it is. */
export function client(
  name: string,
  at: Address,
  by: 'UDP' | 'TCP',
  does: 'asks' | 'moves on',
): Role<Client, PortMessage, 'request retry' | 'close'> {
  const ask = () => send<PortMessage>({ kind: by === 'UDP' ? 'request' : 'SYN', from: name, port: PORT }, at)
  return {
    start: { foreign: [], answered: true, open: by === 'TCP' && does === 'moves on' },
    step: (me, event: Event<PortMessage, 'request retry' | 'close'>) =>
      match(event)
        .returnType<Step<Client, PortMessage>>()
        .with({ kind: 'attached' }, ({ address }) => [
          { ...me, answered: false },
          [does === 'asks' ? ask() : send<PortMessage>({ kind: 're-INVITE', coa: address }, at)],
        ])
        .with({ kind: P.union('reply', 'SYN-ACK') }, ({ to }) =>
          stay(to === name ? { ...me, answered: true } : { ...me, foreign: [...new Set([...me.foreign, to])] }),
        )
        .with({ kind: '200 OK' }, () => stay({ ...me, answered: true }))
        .with({ kind: 'request retry' }, () => [me, [ask()]])
        .with({ kind: 'close' }, () => [{ ...me, open: false }, [send<PortMessage>({ kind: 'FIN', port: PORT }, at)]])
        .with({ kind: P.union('data', 'request', 're-INVITE', 'SYN', 'FIN', 'challenge ACK') }, () => stay(me))
        .exhaustive(),
    timers: { 'request retry': requestRetry, close: closing },
    armed: (me) => [
      ...(does === 'asks' && !me.answered ? (['request retry'] as const) : []),
      ...(me.open ? (['close'] as const) : []),
    ],
    sendData: () => [send<PortMessage>({ kind: 'data' }, at)],
  }
}
