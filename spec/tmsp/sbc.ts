import { match } from 'ts-pattern'
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

/**
 * Session border controllers (003 §VII-C): a host behind a NAT is reached by an address and port of the controller of its network. One
 * port is enough to ask whether two hosts ever share it. Leaving a NAT for another, a host gets a port of the new controller and tells
 * its correspondent.
 */
export type SbcMessage =
  | { readonly kind: 'REGISTER'; readonly host: string; readonly local: Address }
  | { readonly kind: '200 OK (REGISTER)'; readonly by: Address; readonly granted: boolean }
  | { readonly kind: 're-INVITE'; readonly by: Address }
  | { readonly kind: '200 OK' }
  /** Media for a host, by its controller: what the data probe sends. */
  | { readonly kind: 'media'; readonly host: string }

export function describeSbc(message: Message): { name: string; detail: string } {
  const m = message as SbcMessage
  switch (m.kind) {
    case 'REGISTER':
    case 'media':
      return { name: m.kind, detail: `${m.kind === 'media' ? 'for ' : ''}${m.host}` }
    case '200 OK (REGISTER)':
      return { name: m.kind, detail: m.granted ? m.by : 'no port is free' }
    case 're-INVITE':
      return { name: m.kind, detail: `by ${m.by}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** The controller's one port: whose it is, and where that host is behind the NAT. */
export interface Controller {
  readonly port: { readonly host: string; readonly local: Address } | null
}

export const bindingExpiry: Timer = {
  milliseconds: 60_000,
  source: '003 §VII-C: a binding is kept while the host refreshes it',
}

/** A binding may expire while its host still uses it, where `refreshes` is false. */
export function controller(first: Controller['port']): Role<Controller, SbcMessage, 'binding expiry'> {
  return {
    start: { port: first },
    step: (sbc, event: Event<SbcMessage, 'binding expiry'>) =>
      match(event)
        .returnType<Step<Controller, SbcMessage>>()
        .with({ kind: 'REGISTER' }, ({ host, local, source, destination }) => {
          const granted = sbc.port === null || sbc.port.host === host
          const answer = send<SbcMessage>({ kind: '200 OK (REGISTER)', by: destination, granted }, source)
          return [granted ? { port: { host, local } } : sbc, [answer]]
        })
        .with({ kind: 'media' }, ({ host }) =>
          sbc.port === null ? stay(sbc) : [sbc, [send<SbcMessage>({ kind: 'media', host }, sbc.port.local)]],
        )
        .with({ kind: 'binding expiry' }, () => stay({ port: null }))
        .with({ kind: 'attached' }, { kind: '200 OK (REGISTER)' }, { kind: 're-INVITE' }, { kind: '200 OK' }, () =>
          stay(sbc),
        )
        .exhaustive(),
    timers: { 'binding expiry': bindingExpiry },
    armed: (sbc) => (sbc.port === null ? [] : ['binding expiry']),
  }
}

export interface NatHost {
  readonly foreign: boolean
  readonly by: Address | null
  readonly told: boolean
}

/** A host behind a NAT. The mobile one is in a call with `peer`; the other only wants a port. */
export function natHost(
  name: string,
  by: Address | null,
  peer: Address | null,
): Role<NatHost, SbcMessage, 're-INVITE retry'> {
  const tell = (me: NatHost) =>
    peer === null || me.by === null ? [] : [send<SbcMessage>({ kind: 're-INVITE', by: me.by }, peer)]
  return {
    start: { foreign: false, by, told: true },
    step: (me, event: Event<SbcMessage, 're-INVITE retry'>) =>
      match(event)
        .returnType<Step<NatHost, SbcMessage>>()
        .with({ kind: 'attached' }, ({ address }) => [
          { ...me, by: null, told: peer === null },
          [send<SbcMessage>({ kind: 'REGISTER', host: name, local: address }, `${address.split('/')[0]}/sbc`)],
        ])
        .with({ kind: '200 OK (REGISTER)' }, ({ by: mine, granted }) => {
          if (!granted) return stay(me)
          const next = { ...me, by: mine }
          return [next, tell(next)]
        })
        .with({ kind: 're-INVITE retry' }, () => [me, tell(me)])
        .with({ kind: '200 OK' }, () => stay({ ...me, told: true }))
        .with({ kind: 'media' }, ({ host }) => stay(host === name ? me : { ...me, foreign: true }))
        .with({ kind: 'REGISTER' }, { kind: 're-INVITE' }, () => stay(me))
        .exhaustive(),
    timers: {
      're-INVITE retry': { milliseconds: 500, backsOff: doubledUpTo(32_000), source: 'RFC 3261 §17.1.1.2: Timer A' },
    },
    armed: (me) => (me.told || me.by === null ? [] : ['re-INVITE retry']),
    pending: (me) => (me.told ? null : 'has not yet told its correspondent'),
    sendData: () => (peer === null ? [] : [send<SbcMessage>({ kind: 'media', host: 'p' }, peer)]),
  }
}

export interface Correspondent {
  readonly by: Address
}

export function correspondent(host: string, by: Address): Role<Correspondent, SbcMessage> {
  return {
    start: { by },
    step: (me, event: Event<SbcMessage>) =>
      event.kind === 're-INVITE' ? [{ by: event.by }, [send<SbcMessage>({ kind: '200 OK' }, event.source)]] : stay(me),
    sendData: (me) => [send<SbcMessage>({ kind: 'media', host }, me.by)],
  }
}
