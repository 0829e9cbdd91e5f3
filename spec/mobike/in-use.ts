import { match } from 'ts-pattern'
import { type Address, type Arrival, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import type { HostSettings } from './host.ts'
import type { Exchange, ExchangeMessage, Notification } from './messages.ts'

/**
 * One end of an IKE SA that somebody uses, from IKE_SA_INIT on: data, further exchanges (liveness checks, new CHILD_SAs, deletions) and requests that are sent again
 * at any moment. What is held against logs of real programs (a scenario's `users`); `host.ts` is what is left of it where users do nothing.
 *
 * An end that has moved begins an INFORMATIONAL exchange at its new address: as soon as no request of its own is under way (a window of 1, RFC 7296 §2.3).
 *
 * Left out: what a CHILD_SA is, NAT traversal but for the ports, that an SA ends, or another one is made. Message IDs are counted modulo `IDS`.
 */
export interface HostInUse {
  readonly here: Address
  /** The peer's address in the SA, and the others that it announced. */
  readonly peerAt: Address
  readonly peerAlso: readonly Address[]
  /** Where the peer was when it last listed its addresses (§3.6): strongSwan looks for a path to there. */
  readonly listed: Address
  /** How far it has come: IKE_SA_INIT, IKE_AUTH, open. */
  readonly phase: 'none' | 'init' | 'open'
  readonly request: Asked | null
  /** It has to tell of an address when that is answered. */
  readonly owes: boolean
  /** Of my last request, and of the peer's. */
  readonly id: number
  readonly peerId: number
  /** The addresses that data have: changed in their own time. */
  readonly data: { readonly from: Address; readonly to: Address }
  readonly closed: null
}

/** A request that waits for its answer. */
interface Asked {
  readonly exchange: Exchange
  readonly notify: Notification
  /** Where programs look for a path first: whether it lists addresses, and whether it looks for a path. */
  readonly lists?: 'yes' | 'no'
  readonly looks?: true
}

type Request = Arrival<Extract<ExchangeMessage, { kind: 'IKE request' }>>
type Response = Arrival<Extract<ExchangeMessage, { kind: 'IKE response' }>>
type ActionName =
  | 'begins an IKE SA'
  | 'begins an exchange'
  | 'begins a CHILD_SA'
  | 'looks for a path'
  | 'lists its addresses'
  | 'updates the addresses'
  | 'updates and lists the addresses'
  | 'tries other paths'
  | 'sends its request again'
  | 'sends data'
  | 'takes other addresses for data'

/** More than a window of 1 can confuse. */
export const IDS = 8
const next = (id: number): number => (id + 1) % IDS

export function hostInUse(
  settings: Omit<HostSettings, 'retries'>,
): Role<HostInUse, ExchangeMessage, never, ActionName> {
  const { role, decides } = settings
  /** strongSwan looks for a path first, and tells of its address when it has found one (RFC 4555 §3.10). */
  const looks = decides === 'silently'
  const own: Notification = role === 'initiator' ? 'UPDATE_SA_ADDRESSES' : 'ADDITIONAL_ADDRESSES'

  const asks = (me: HostInUse): ExchangeMessage => {
    const { exchange, notify, lists } = me.request!
    const said = lists === undefined ? { notify } : { notify, lists }
    return { kind: 'IKE request', exchange, ...said, of: role, id: me.id, spis: 'of this SA' }
  }

  const begin = (me: HostInUse, exchange: Exchange, notify: Notification): Step<HostInUse, ExchangeMessage> =>
    ask(me, { exchange, notify, ...(looks && exchange === 'INFORMATIONAL' ? { lists: 'no' } : {}) })
  const ask = (me: HostInUse, request: Asked): Step<HostInUse, ExchangeMessage> => {
    const asking = { ...me, id: next(me.id), request }
    return [asking, [send(asks(asking), request.looks === true ? me.listed : me.peerAt)]]
  }
  const look = (me: HostInUse): Step<HostInUse, ExchangeMessage> =>
    ask(me, { exchange: 'INFORMATIONAL', notify: 'other', lists: 'no', looks: true })
  const tell = (me: HostInUse): Step<HostInUse, ExchangeMessage> => {
    if (me.request !== null) return stay({ ...me, owes: true })
    const telling = { ...me, owes: false }
    return looks ? look(telling) : begin(telling, 'INFORMATIONAL', own)
  }

  /** RFC 4555 §3.10  What is not answered is tried on every path that is known. */
  const again = (me: HostInUse): Effect<ExchangeMessage>[] =>
    [me.request!.looks === true ? me.listed : me.peerAt, ...me.peerAlso.filter((address) => address !== me.peerAt)].map(
      (to) => send(asks(me), to),
    )

  const onRequest = (me: HostInUse, packet: Request): Step<HostInUse, ExchangeMessage> => {
    const { id, exchange, source, destination } = packet
    const isNew = id === next(me.peerId)
    if (packet.of === role || (!isNew && id !== me.peerId)) return stay(me)
    const answer = send<ExchangeMessage>(
      { kind: 'IKE response', exchange, of: packet.of, id, spis: 'of this SA' },
      source,
      destination,
    )
    if (!isNew) return [me, [answer]]
    const known: HostInUse = { ...me, peerId: id, phase: phaseAfter(me, exchange) }
    const [after, effects] = follows(known, packet)
    // It has another address already than the one that the SA begins with.
    const [last, more] = exchange === 'IKE_AUTH' && destination !== me.here ? tell(after) : stay(after)
    return [last, [answer, ...effects, ...more]]
  }

  /** What a request of the peer's changes of its address. */
  const follows = (me: HostInUse, { notify, lists, source }: Request): Step<HostInUse, ExchangeMessage> => {
    if (me.phase !== 'open') return stay({ ...me, peerAt: source, listed: source })
    if (looks) {
      // Against RFC 4555 §3.5 an initiator takes the new address, and says nothing.
      const takes = role === 'initiator' ? lists === 'yes' : notify === 'UPDATE_SA_ADDRESSES'
      return stay({ ...me, ...(takes ? { peerAt: source } : {}), ...(lists === 'yes' ? { listed: source } : {}) })
    }
    if (role === 'responder') return stay(notify === 'UPDATE_SA_ADDRESSES' ? { ...me, peerAt: source } : me)
    if (notify !== 'ADDITIONAL_ADDRESSES' || [source, ...me.peerAlso].includes(me.peerAt)) return stay(me)
    return tell({ ...me, peerAt: source })
  }

  const onResponse = (
    me: HostInUse,
    { exchange, id, of, source, destination }: Response,
  ): Step<HostInUse, ExchangeMessage> => {
    if (of !== role || me.request?.exchange !== exchange || id !== me.id) return stay(me)
    const byOther = role === 'initiator' && me.peerAlso.includes(source)
    const follow = byOther || me.request.looks === true
    const done: HostInUse = {
      ...me,
      request: null,
      phase: phaseAfter(me, exchange),
      peerAt: follow ? source : me.peerAt,
    }
    if (exchange === 'IKE_SA_INIT') return begin(done, 'IKE_AUTH', 'other')
    // What strongSwan does next may be any of what it does.
    if (looks && exchange !== 'IKE_AUTH') return stay({ ...done, owes: false })
    return me.owes || (exchange === 'IKE_AUTH' && destination !== me.here) ? tell(done) : stay(done)
  }

  /** What strongSwan tells of, and when, is its own affair. */
  const news: ActionName[] = !looks
    ? []
    : role === 'initiator'
      ? ['looks for a path', 'lists its addresses', 'updates the addresses', 'updates and lists the addresses']
      : ['looks for a path', 'lists its addresses']

  const usual = (me: HostInUse): boolean => me.data.from === me.here && me.data.to === me.peerAt

  return {
    start: {
      here: settings.start,
      peerAt: settings.peer,
      peerAlso: settings.peerAlso,
      listed: settings.peer,
      phase: 'none',
      request: null,
      owes: false,
      id: IDS - 1,
      peerId: IDS - 1,
      data: { from: settings.start, to: settings.peer },
      closed: null,
    },
    step: (me, event: Event<ExchangeMessage, ActionName>) =>
      match(event)
        .returnType<Step<HostInUse, ExchangeMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const moved = { ...me, here: address }
          return moved.phase === 'open' ? tell(moved) : stay(moved)
        })
        .with({ kind: 'begins an IKE SA' }, () => begin(me, 'IKE_SA_INIT', 'other'))
        .with({ kind: 'begins an exchange' }, () => begin(me, 'INFORMATIONAL', 'other'))
        .with({ kind: 'begins a CHILD_SA' }, () => begin(me, 'CREATE_CHILD_SA', 'other'))
        .with({ kind: 'looks for a path' }, () => look(me))
        .with({ kind: 'lists its addresses' }, () =>
          ask(me, { exchange: 'INFORMATIONAL', notify: 'ADDITIONAL_ADDRESSES', lists: 'yes' }),
        )
        .with({ kind: 'updates the addresses' }, () => begin(me, 'INFORMATIONAL', 'UPDATE_SA_ADDRESSES'))
        .with({ kind: 'updates and lists the addresses' }, () =>
          ask(me, { exchange: 'INFORMATIONAL', notify: 'UPDATE_SA_ADDRESSES', lists: 'yes' }),
        )
        .with({ kind: 'tries other paths' }, () => {
          const looking: HostInUse = { ...me, request: { ...me.request!, looks: true } }
          return [looking, again(looking)]
        })
        .with({ kind: 'sends its request again' }, () => [me, again(me)])
        .with({ kind: 'sends data' }, () => [
          me,
          [send<ExchangeMessage>({ kind: 'ESP', number: 'new' }, me.data.to, me.data.from)],
        ])
        .with({ kind: 'takes other addresses for data' }, () => stay({ ...me, data: { from: me.here, to: me.peerAt } }))
        .with({ kind: 'ESP' }, () => stay(me))
        .with({ kind: 'IKE request' }, (packet) => onRequest(me, packet))
        .with({ kind: 'IKE response' }, (packet) => onResponse(me, packet))
        .exhaustive(),
    actions: {
      'begins an IKE SA': { words: 'begins an IKE SA', source: 'RFC 7296 §1.2' },
      'begins an exchange': {
        words: 'begins an INFORMATIONAL exchange',
        source: 'RFC 7296 §1.4, §2.4; RFC 4555 §3.10',
      },
      'begins a CHILD_SA': { words: 'makes a CHILD_SA, or another one', source: 'RFC 7296 §1.3' },
      'looks for a path': { words: 'asks whether there is a path', source: 'RFC 4555 §3.10' },
      'lists its addresses': { words: 'lists its addresses', source: 'RFC 4555 §3.6' },
      'updates the addresses': { words: 'updates the addresses of the IKE SA', source: 'RFC 4555 §3.5' },
      'updates and lists the addresses': {
        words: 'updates the addresses of the IKE SA, and lists its own',
        source: 'RFC 4555 §3.5, §3.6',
      },
      'tries other paths': { words: 'sends its request on every path that it knows', source: 'RFC 4555 §3.10' },
      'sends its request again': { words: 'sends its request again', source: 'RFC 7296 §2.1, §2.4' },
      'sends data': { words: 'sends data', source: 'RFC 4303' },
      'takes other addresses for data': {
        words: 'takes the addresses of the IKE SA for its data',
        source: 'RFC 4555 §3.5',
      },
    },
    may: (me) => {
      if (me.request !== null) return ['sends its request again', ...pathsOf(me), ...dataOf(me)]
      if (me.phase === 'open') return ['begins an exchange', 'begins a CHILD_SA', ...news, ...dataOf(me)]
      return role === 'initiator' ? ['begins an IKE SA'] : []
    },
    pending: (me) => (me.request === null ? null : `waits for an answer to its request (ID ${me.id})`),
    sendData: (me) => [send<ExchangeMessage>({ kind: 'ESP', number: 'new' }, me.peerAt)],
  }

  /** A look for a path that has been begun before the host has moved goes on from where it is; any other exchange of strongSwan's becomes one. */
  function pathsOf({ owes, request }: HostInUse): ActionName[] {
    const isAny = looks && owes && request!.exchange === 'INFORMATIONAL' && request!.looks !== true
    return isAny ? ['tries other paths'] : []
  }

  function dataOf(me: HostInUse): ActionName[] {
    if (me.phase !== 'open') return []
    return usual(me) ? ['sends data'] : ['sends data', 'takes other addresses for data']
  }
}

function phaseAfter(me: HostInUse, exchange: Exchange): HostInUse['phase'] {
  if (exchange === 'IKE_SA_INIT') return 'init'
  return exchange === 'IKE_AUTH' ? 'open' : me.phase
}
