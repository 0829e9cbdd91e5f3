import { match } from 'ts-pattern'
import {
  type Address,
  type Armed,
  armedFor,
  type Effect,
  type Event,
  type Role,
  type Step,
  send,
  stay,
} from '../index.ts'
import { echoRetry, type HipMessage, registrationRetry, updateRetry, updateTimeout } from './messages.ts'

/**
 * A HIP host with an association to one peer (RFC 7401, RFC 8046). It tells a move by UPDATE; the peer verifies the new address by
 * an echo before it uses it, and until then it is UNVERIFIED.
 *
 * Left out: the base exchange, SPIs and rekeying (a move needs neither), puzzles, signatures (nobody forges here), several
 * locators at once, credit-based authorization. The answer to an UPDATE or echo goes to where that came from.
 */
export interface Host {
  readonly here: Address
  /** The peer's preferred locator, ACTIVE. */
  readonly peerLocator: Address
  /** One that is being verified, by the Update ID that brought it. */
  readonly candidate: { readonly locator: Address; readonly id: number; readonly retries: number } | null
  readonly peerId: number
  /** My last UPDATE, while it is not acknowledged: how often it may still be sent again. */
  readonly outstanding: { readonly retries: number } | null
  readonly id: number
  readonly registered: boolean
  readonly closed: string | null
}

type TimerName = 'registration retry' | 'UPDATE retry' | 'echo retry' | 'UPDATE time-out'

export interface HostSettings {
  readonly name: string
  readonly start: Address
  readonly peer: Address
  /** My rendezvous server and the peer's; null without. */
  readonly servers: { readonly mine: Address; readonly peers: Address } | null
  /** When an UPDATE goes to the peer's rendezvous server (RFC 8046 §3.2.3 allows either). */
  readonly viaServer: 'never' | 'in parallel' | 'when sent again'
  /** UPDATE_RETRY_MAX is 5; 'unlimited' for fair loss. */
  readonly retries: number | 'unlimited'
}

export function hipHost(settings: HostSettings): Role<Host, HipMessage, TimerName> {
  const fresh = settings.retries === 'unlimited' ? 1 : settings.retries
  const oneLess = (left: number): number => (settings.retries === 'unlimited' ? left : left - 1)

  const update = (me: Host, again: boolean): Effect<HipMessage>[] => {
    const message: HipMessage = { kind: 'UPDATE (LOCATOR_SET)', from: settings.name, locator: me.here, id: me.id }
    const relayed = settings.viaServer === 'in parallel' || (settings.viaServer === 'when sent again' && again)
    return [
      send(message, me.peerLocator),
      ...(relayed && settings.servers !== null ? [send<HipMessage>(message, settings.servers.peers)] : []),
    ]
  }
  const register = (me: Host): Effect<HipMessage>[] =>
    settings.servers === null
      ? []
      : [send<HipMessage>({ kind: 'registration', locator: me.here, id: me.id }, settings.servers.mine)]
  const echo = (candidate: NonNullable<Host['candidate']>) =>
    send<HipMessage>({ kind: 'UPDATE (ACK, ECHO_REQUEST)', id: candidate.id }, candidate.locator)

  const onUpdate = (me: Host, { locator, id }: { locator: Address; id: number }): Step<Host, HipMessage> => {
    // RFC 7401 §6.12.1: an older Update ID is out of window; the last one again is answered again.
    if (id < me.peerId) return stay(me)
    const candidate = { locator, id, retries: fresh }
    return [{ ...me, peerId: id, candidate: me.peerLocator === locator ? null : candidate }, [echo(candidate)]]
  }

  const stepOpen = (me: Host, event: Event<HipMessage, TimerName>): Step<Host, HipMessage> =>
    match(event)
      .returnType<Step<Host, HipMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        const next = {
          ...me,
          here: address,
          id: me.id + 1,
          outstanding: { retries: fresh },
          registered: settings.servers === null,
        }
        return [next, [...register(next), ...update(next, false)]]
      })
      .with({ kind: 'UPDATE (LOCATOR_SET)' }, (first) => onUpdate(me, first))
      .with({ kind: 'UPDATE (ACK, ECHO_REQUEST)' }, ({ id, source }) => {
        if (id !== me.id) return stay(me)
        return [{ ...me, outstanding: null }, [send<HipMessage>({ kind: 'UPDATE (ECHO_RESPONSE)', id }, source)]]
      })
      .with({ kind: 'UPDATE (ECHO_RESPONSE)' }, ({ id }) =>
        stay(me.candidate?.id === id ? { ...me, peerLocator: me.candidate.locator, candidate: null } : me),
      )
      .with({ kind: 'registration response' }, ({ id }) => stay(id === me.id ? { ...me, registered: true } : me))
      .with({ kind: 'UPDATE retry' }, () => [
        { ...me, outstanding: { retries: oneLess(me.outstanding!.retries) } },
        update(me, true),
      ])
      .with({ kind: 'echo retry' }, () => {
        const candidate = { ...me.candidate!, retries: oneLess(me.candidate!.retries) }
        return [{ ...me, candidate }, [echo(candidate)]]
      })
      .with({ kind: 'registration retry' }, () => [me, register(me)])
      .with({ kind: 'UPDATE time-out' }, () => {
        // RFC 7401 §6.11: the second packet has a SEQ of its own, and as many tries.
        const which =
          me.outstanding === null ? 'its echo request was never answered' : 'its UPDATE was never acknowledged'
        const closed = `closed the association: ${which}`
        return [
          { ...me, closed, outstanding: null, candidate: null },
          [send<HipMessage>({ kind: 'CLOSE' }, me.peerLocator)],
        ]
      })
      .with({ kind: 'CLOSE' }, () => stay({ ...me, closed: 'received CLOSE', outstanding: null, candidate: null }))
      .with({ kind: 'data' }, () => stay(me))
      .with({ kind: 'registration' }, () => {
        throw new Error('a host has no use for a registration')
      })
      .exhaustive()

  return {
    start: {
      here: settings.start,
      peerLocator: settings.peer,
      candidate: null,
      peerId: 0,
      outstanding: null,
      id: 0,
      registered: true,
      closed: null,
    },
    step: (me, event) => {
      if (me.closed === null) return stepOpen(me, event)
      // A closed association answers nothing; the host still says where it is.
      if (event.kind === 'registration response') return stay(event.id === me.id ? { ...me, registered: true } : me)
      if (event.kind === 'registration retry') return [me, register(me)]
      if (event.kind !== 'attached') return stay(me)
      const next = { ...me, here: event.address, id: me.id + 1, registered: settings.servers === null }
      return [next, register(next)]
    },
    timers: {
      'registration retry': registrationRetry,
      'UPDATE retry': updateRetry,
      'echo retry': echoRetry,
      'UPDATE time-out': updateTimeout,
    },
    armed: (me) => {
      const echo = me.candidate === null ? '' : `${me.candidate.locator}, ID ${me.candidate.id}`
      const running: Armed<TimerName>[] = me.registered ? [] : armedFor(me.here, ['registration retry'])
      // The older of the two is due first: an echo answers what came before.
      if (me.outstanding !== null) running.push(...armedFor(me.id, ['UPDATE time-out']))
      else if (me.candidate !== null) running.push(...armedFor(echo, ['UPDATE time-out']))
      if ((me.outstanding?.retries ?? 0) > 0) running.push(...armedFor(me.id, ['UPDATE retry']))
      if ((me.candidate?.retries ?? 0) > 0) running.push(...armedFor(echo, ['echo retry']))
      return running
    },
    pending: (me) => {
      if (!me.registered) return 'waits for its rendezvous server'
      if (me.closed !== null) return null
      if (me.outstanding !== null) return `waits for an ACK of its UPDATE (ID ${me.id})`
      return me.candidate === null ? null : `verifies ${me.candidate.locator}`
    },
    sendData: (me) => (me.closed === null ? [send<HipMessage>({ kind: 'data' }, me.peerLocator)] : []),
  }
}

/** A rendezvous server (RFC 8004): knows where its client is, and relays to it. Stationary. */
export interface RendezvousServer {
  readonly locator: Address
  readonly id: number
}

export function rendezvousServer(start: Address): Role<RendezvousServer, HipMessage> {
  return {
    start: { locator: start, id: 0 },
    step: (server, event: Event<HipMessage>): Step<RendezvousServer, HipMessage> => {
      if (event.kind === 'registration') {
        const response = send<HipMessage>({ kind: 'registration response', id: event.id }, event.source)
        return [event.id < server.id ? server : { locator: event.locator, id: event.id }, [response]]
      }
      if (event.kind !== 'UPDATE (LOCATOR_SET)') return stay(server)
      const { source: _, destination: __, hops: ___, ...relayed } = event
      return [server, [send<HipMessage>(relayed, server.locator)]]
    },
  }
}
