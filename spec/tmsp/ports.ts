import { match } from 'ts-pattern'
import { type Address, type Event, type Message, type Role, type Step, send, stay } from '../index.ts'
import { type Datagram, outgoing, type Tables } from './tables.ts'

/**
 * Port-mapping confusion (003 §V): a server keeps a mapping for a mobile host that has moved on; another host gets the address that
 * was left, and asks the server from the same port.
 */
export type PortMessage =
  /** A datagram, or the first segment of a TCP connection. */
  | { readonly kind: 'request'; readonly from: string; readonly port: number }
  | { readonly kind: 'reply'; readonly to: string; readonly port: number }
  | { readonly kind: 're-INVITE'; readonly coa: Address }
  | { readonly kind: '200 OK' }
  | { readonly kind: 'data' }

export function describePorts(message: Message): { name: string; detail: string } {
  const m = message as PortMessage
  switch (m.kind) {
    case 'request':
      return { name: m.kind, detail: `of ${m.from}, port ${m.port}` }
    case 'reply':
      return { name: m.kind, detail: `for ${m.to}, port ${m.port}` }
    case 're-INVITE':
      return { name: m.kind, detail: `CoA ${m.coa}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

export const PORT = 5000

/** Whether the server maps the port at all, and whether it takes a first segment from a mapped address for a new connection. */
export type MappingRule = 'maps' | 'does not map' | 'maps, but not for a new connection'

export interface Server {
  readonly tables: Tables
}

export function server(mobile: string, start: Address, rule: MappingRule): Role<Server, PortMessage> {
  return {
    start: {
      tables: {
        mapping: rule === 'does not map' ? {} : { [PORT]: { source: '', destination: start, peer: mobile } },
        careOf: { [mobile]: start },
      },
    },
    step: (me, event: Event<PortMessage>) =>
      match(event)
        .returnType<Step<Server, PortMessage>>()
        .with({ kind: 're-INVITE' }, ({ coa, source }) => [
          { tables: { ...me.tables, careOf: { [mobile]: coa } } },
          [send<PortMessage>({ kind: '200 OK' }, source)],
        ])
        .with({ kind: 'request' }, ({ from, port, source, destination }) => {
          // To the application the answer goes back where the question came from: what the tables make of that is the question.
          const answer: Datagram = { source: destination, destination: source, port }
          const mapped = source === start && rule === 'maps' ? outgoing(me.tables, destination, answer) : answer
          return [me, [send<PortMessage>({ kind: 'reply', to: from, port }, mapped.destination)]]
        })
        .with({ kind: 'data' }, { kind: 'attached' }, { kind: 'reply' }, { kind: '200 OK' }, () => stay(me))
        .exhaustive(),
    sendData: (me) => [send<PortMessage>({ kind: 'data' }, me.tables.careOf[mobile]!)],
  }
}

export interface Client {
  /** Replies that were meant for somebody else. */
  readonly foreign: readonly string[]
  readonly answered: boolean
}

/** A host that asks the server when it comes to a new address, or, if it is the mobile one, says where it is. */
export function client(name: string, at: Address, does: 'asks' | 'moves on'): Role<Client, PortMessage> {
  return {
    start: { foreign: [], answered: true },
    step: (me, event: Event<PortMessage>) =>
      match(event)
        .returnType<Step<Client, PortMessage>>()
        .with({ kind: 'attached' }, ({ address }) => [
          { ...me, answered: false },
          [
            does === 'asks'
              ? send<PortMessage>({ kind: 'request', from: name, port: PORT }, at)
              : send<PortMessage>({ kind: 're-INVITE', coa: address }, at),
          ],
        ])
        .with({ kind: 'reply' }, ({ to }) =>
          stay(to === name ? { ...me, answered: true } : { ...me, foreign: [...new Set([...me.foreign, to])] }),
        )
        .with({ kind: '200 OK' }, () => stay({ ...me, answered: true }))
        .with({ kind: 'data' }, { kind: 'request' }, { kind: 're-INVITE' }, () => stay(me))
        .exhaustive(),
    sendData: () => [send<PortMessage>({ kind: 'data' }, at)],
  }
}
