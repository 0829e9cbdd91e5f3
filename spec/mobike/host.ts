import { match } from 'ts-pattern'
import { type Address, armedFor, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import {
  type Asker,
  giveUp,
  giveUpProbing,
  laterPathProbe,
  laterRetransmission,
  type MobikeMessage,
  pathProbe,
  retransmission,
} from './messages.ts'

/**
 * One end of an IKE SA with MOBIKE (RFC 4555). The initiator decides which addresses are used (§3.5); the responder only says
 * where it can be reached (§3.6). One request at a time (a window of 1, RFC 7296 §2.3).
 *
 * Left out: NAT traversal, the return routability check (§3.7: it delays an update, and a liar is nobody's subject here),
 * IPsec SAs besides their addresses, rekeying. A dead SA stays dead here: `re-establishing.ts` makes a new one.
 */
export interface Host {
  readonly here: Address
  /** The peer's address in the SA. */
  readonly peerAt: Address
  /** The peer's other addresses, as it announced them. */
  readonly peerAlso: readonly Address[]
  /** My request without an answer: how often it may still be sent again. */
  readonly request: { readonly retries: number } | null
  /** Something has changed since that request began (§3.5: then another one follows it). */
  readonly changed: boolean
  readonly id: number
  readonly peerId: number
  readonly closed: string | null
}

export type HostTimer = 'retransmission' | 'IKE SA time-out'

export interface HostSettings {
  readonly role: Asker
  readonly start: Address
  readonly peer: Address
  /** Further addresses of my own, which I announced when the SA was made, and of the peer. */
  readonly also: readonly Address[]
  readonly peerAlso: readonly Address[]
  readonly retries: number | 'unlimited'
  /**
   * What the initiator does when the responder has told it of another address: it says so by an UPDATE_SA_ADDRESSES of its own
   * (§3.5), or, as strongSwan, uses the new address and says nothing. Both ends are then strongSwan: they look for a path, and an end that finds none
   * forgets the IKE SA without a DELETE.
   */
  readonly decides: 'by an update' | 'silently'
}

export function mobikeHost(settings: HostSettings): Role<Host, MobikeMessage, HostTimer> {
  const { role } = settings
  const probes = settings.decides === 'silently'
  // §3.11  The responder goes on for minutes: of bounded tries, its own outlast the initiator's.
  const isLater = role === 'responder' && settings.retries !== 'unlimited'
  const fresh = settings.retries === 'unlimited' ? 1 : settings.retries

  const request = (me: Host): MobikeMessage =>
    role === 'initiator'
      ? { kind: 'UPDATE_SA_ADDRESSES', id: me.id }
      : { kind: 'ADDITIONAL_ADDRESSES', id: me.id, additional: settings.also }

  const begin = (me: Host): Step<Host, MobikeMessage> => {
    const next = { ...me, id: me.id + 1, request: { retries: fresh }, changed: false }
    return [next, [send(request(next), next.peerAt)]]
  }

  /** §3.10  What is not answered is tried on every path that is known. */
  const again = (me: Host): Effect<MobikeMessage>[] =>
    [me.peerAt, ...me.peerAlso.filter((address) => address !== me.peerAt)].map((to) => send(request(me), to))

  const answer = (id: number, of: Asker, to: Address, from: Address) =>
    send<MobikeMessage>({ kind: 'INFORMATIONAL response', id, of }, to, from)

  /** §3.5  The responder takes the addresses of the header, once a request: one that is sent again only gets its answer again. */
  const onUpdate = (me: Host, id: number, source: Address, destination: Address): Step<Host, MobikeMessage> => {
    if (id < me.peerId) return stay(me)
    const next = id === me.peerId ? me : { ...me, peerId: id, peerAt: source }
    return [next, [answer(id, 'initiator', source, destination)]]
  }

  /**
   * §3.6, §3.5  The initiator hears where the responder can be reached, in the header and in the list, and decides. As every
   * request, it counts once (RFC 7296 §2.1): from a further address it only gets its answer again.
   */
  const onAddresses = (
    me: Host,
    list: { id: number; additional: readonly Address[]; source: Address; destination: Address },
  ): Step<Host, MobikeMessage> => {
    const { id, additional, source, destination } = list
    const response = answer(id, 'responder', source, destination)
    if (id < me.peerId) return stay(me)
    if (id === me.peerId) return [me, [response]]
    const known: Host = { ...me, peerId: id, peerAlso: additional }
    if ([source, ...additional].includes(me.peerAt)) return [known, [response]]
    // News of the peer gives a request that is under way new tries.
    const moved = { ...known, peerAt: source, request: known.request === null ? null : { retries: fresh } }
    const [next, sent] = tell(moved)
    return [next, [response, ...sent]]
  }

  /** One request at a time: what is under way goes to the new address, and the update, if there is one, follows it. */
  const tell = (me: Host): Step<Host, MobikeMessage> => {
    if (probes) return stay(me)
    return me.request === null ? begin(me) : [{ ...me, changed: true }, [send(request(me), me.peerAt)]]
  }

  const onResponse = (me: Host, id: number, source: Address): Step<Host, MobikeMessage> => {
    if (me.request === null || id !== me.id) return stay(me)
    // §3.10  An answer that came by another path than the SA's: the initiator takes that one.
    const byOther = role === 'initiator' && me.peerAlso.includes(source)
    const done = { ...me, request: null, peerAt: byOther ? source : me.peerAt }
    return me.changed ? begin(done) : stay(done)
  }

  const stepOpen = (me: Host, event: Event<MobikeMessage, HostTimer>): Step<Host, MobikeMessage> =>
    match(event)
      .returnType<Step<Host, MobikeMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        const moved = { ...me, here: address }
        // §3.5  A request under way is sent again from the new address; only its successor says where that is.
        return moved.request === null ? begin(moved) : [{ ...moved, changed: true }, again(moved)]
      })
      .with({ kind: 'UPDATE_SA_ADDRESSES' }, ({ id, source, destination }) => onUpdate(me, id, source, destination))
      .with({ kind: 'ADDITIONAL_ADDRESSES' }, (list) => onAddresses(me, list))
      .with({ kind: 'INFORMATIONAL response' }, ({ id, of, source }) =>
        of === role ? onResponse(me, id, source) : stay(me),
      )
      .with({ kind: 'DELETE' }, () => stay({ ...me, closed: 'received DELETE', request: null }))
      .with({ kind: 'data' }, () => stay(me))
      .with({ kind: 'retransmission' }, () => {
        const left = me.request!.retries
        return [{ ...me, request: { retries: settings.retries === 'unlimited' ? left : left - 1 } }, again(me)]
      })
      .with({ kind: 'IKE SA time-out' }, () => [
        { ...me, closed: `${probes ? 'forgot' : 'deleted'} the IKE SA: its request was never answered`, request: null },
        probes ? [] : [send<MobikeMessage>({ kind: 'DELETE' }, me.peerAt)],
      ])
      .exhaustive()

  return {
    start: {
      here: settings.start,
      peerAt: settings.peer,
      peerAlso: settings.peerAlso,
      request: null,
      changed: false,
      id: 0,
      peerId: 0,
      closed: null,
    },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stay(me)),
    timers: probes
      ? { retransmission: isLater ? laterPathProbe : pathProbe, 'IKE SA time-out': giveUpProbing }
      : { retransmission: isLater ? laterRetransmission : retransmission, 'IKE SA time-out': giveUp },
    armed: (me) => {
      if (me.closed !== null || me.request === null) return []
      return armedFor(me.id, me.request.retries > 0 ? ['retransmission', 'IKE SA time-out'] : ['IKE SA time-out'])
    },
    pending: (me) =>
      me.closed === null && me.request !== null ? `waits for an answer to its request (ID ${me.id})` : null,
    sendData: (me) => (me.closed === null ? [send<MobikeMessage>({ kind: 'data' }, me.peerAt)] : []),
  }
}
