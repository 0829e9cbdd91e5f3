import { match, P } from 'ts-pattern'
import { type Address, armedFor, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { nameUpdateRetry } from '../name-server.ts'
import { type IlnpMessage, updateRetry } from './messages.ts'

/**
 * An ILNP host (RFC 6740 §6): its identifier stays, its locator changes; it tells its correspondents by Locator Update and the DNS by
 * dynamic update. Left out: prefixes and preferences of several locators, the ILCC's ageing, Nonces (nobody forges here), and
 * locators that are learned from data.
 */
export interface Host {
  readonly here: Address
  readonly peerAt: Address
  readonly number: number
  readonly peerNumber: number
  /** My Locator Update without an ACK: how often it may still be sent again. */
  readonly unanswered: { readonly tries: number } | null
  readonly named: boolean
  /** A question to the DNS that nothing newer has overtaken. */
  readonly asking: boolean
  /** The answer of the DNS, kept for its TTL; null when it has to be asked. */
  readonly cached: Address | null
}

type TimerName = 'Locator Update retry' | 'DNS update retry'

export interface HostSettings {
  readonly start: Address
  readonly peer: Address
  readonly names: { readonly mine: Address; readonly peers: Address }
  /** Whether the peer's L record is looked up while it does not answer; and whether an answer is kept for longer than that takes. */
  readonly asks: 'never' | 'each time' | 'once'
  /** Whether an answer is dropped if the peer's own Locator Update came after the question. */
  readonly prefersUpdates: boolean
  /**
   * Whether updates are numbered, so that an older one is not taken, and an ACK ends only the update that it is of. In RFC 6743
   * they are not: whatever arrives last is taken, and any ACK of the session ends the update under way.
   */
  readonly numbered: boolean
  readonly tries: number | 'unlimited'
}

export function ilnpHost(settings: HostSettings): Role<Host, IlnpMessage, TimerName> {
  const { names } = settings
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)
  const update = (me: Host): Effect<IlnpMessage> =>
    send<IlnpMessage>(
      { kind: 'Locator Update', locator: me.here, number: settings.numbered ? me.number : null },
      me.peerAt,
    )
  const register = (me: Host) =>
    send<IlnpMessage>({ kind: 'DNS update', address: me.here, number: me.number }, names.mine)
  const ask = (me: Host): Effect<IlnpMessage>[] =>
    settings.asks === 'each time' || (settings.asks === 'once' && me.cached === null)
      ? [send<IlnpMessage>({ kind: 'DNS query' }, names.peers)]
      : []

  return {
    start: {
      here: settings.start,
      peerAt: settings.peer,
      number: 0,
      peerNumber: 0,
      unanswered: null,
      named: true,
      asking: false,
      cached: null,
    },
    step: (me, event: Event<IlnpMessage, TimerName>) =>
      match(event)
        .returnType<Step<Host, IlnpMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const next = { ...me, here: address, number: me.number + 1, unanswered: { tries: fresh }, named: false }
          return [next, [register(next), update(next)]]
        })
        .with({ kind: 'Locator Update' }, ({ locator, number, source }) => {
          const ack = send<IlnpMessage>({ kind: 'Locator Update ACK', locator, number }, source)
          if (number !== null && number < me.peerNumber) return stay(me)
          const renewed = me.unanswered && { tries: fresh }
          const peerNumber = number ?? me.peerNumber
          const next = { ...me, peerAt: locator, peerNumber, unanswered: renewed, asking: false }
          return [next, [ack]]
        })
        .with({ kind: 'Locator Update ACK' }, ({ number }) =>
          stay(number === null || number === me.number ? { ...me, unanswered: null } : me),
        )
        .with({ kind: 'Locator Update retry' }, () => {
          const next = { ...me, unanswered: { tries: oneLess(me.unanswered!.tries) } }
          const question = ask(next)
          return [{ ...next, asking: next.asking || question.length > 0 }, [update(next), ...question]]
        })
        .with({ kind: 'DNS answer' }, ({ address }) => {
          const cached = settings.asks === 'once' ? address : null
          const overtaken = settings.prefersUpdates && !me.asking
          if (me.unanswered === null || address === me.peerAt || overtaken)
            return stay({ ...me, cached, asking: false })
          const next = { ...me, cached, asking: false, peerAt: address, unanswered: { tries: fresh } }
          return [next, [update(next)]]
        })
        .with({ kind: 'DNS update response' }, ({ number }) => stay(number === me.number ? { ...me, named: true } : me))
        .with({ kind: 'DNS update retry' }, () => [me, [register(me)]])
        .with({ kind: 'data' }, () => stay(me))
        .with({ kind: P.union('DNS update', 'DNS query') }, ({ kind }) => {
          throw new Error(`a host has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: { 'Locator Update retry': updateRetry, 'DNS update retry': nameUpdateRetry },
    armed: (me) =>
      armedFor(me.number, [
        ...(me.named ? [] : (['DNS update retry'] as const)),
        ...((me.unanswered?.tries ?? 0) > 0 ? (['Locator Update retry'] as const) : []),
      ]),
    pending: (me) => {
      if (!me.named) return 'waits for its name server'
      return me.unanswered === null ? null : 'waits for an ACK of its Locator Update'
    },
    sendData: (me) => [send<IlnpMessage>({ kind: 'data' }, me.peerAt)],
  }
}
