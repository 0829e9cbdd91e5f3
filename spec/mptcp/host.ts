import { match } from 'ts-pattern'
import { type Address, armedFor, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { ackRetry, announcementRetry, type MptcpMessage, synRetry, userTimeout } from './messages.ts'

/**
 * One end of an MPTCP connection (RFC 8684). A host that moves joins with a new subflow, from its new address to the addresses
 * of the peer that it knows: break before make, or make before break where the old address is kept for a while.
 *
 * Left out: keys and HMAC, the data sequence, priorities, several subflows that carry data at once. The passive end's
 * SYN/ACK carries the number of the SYN.
 */
export interface Host {
  readonly here: Address
  /** The peer's address of the subflow in use. */
  readonly peerAt: Address
  readonly number: number
  readonly peerNumber: number
  /** My join under way: how often its SYN may still be sent again. */
  readonly joining: { readonly tries: number } | null
  /** My new address, which I have told the peer by ADD_ADDR, from the old one: it is for the peer to join. */
  readonly announcing: { readonly from: Address; readonly tries: number } | null
  /** An address that the peer has told me so, which has not been joined yet. */
  readonly announced: { readonly address: Address; readonly number: number } | null
  /** The peer's join, of which the third packet has not come yet. */
  readonly answered: { readonly from: Address; readonly number: number; readonly tries: number } | null
  readonly closed: string | null
}

type TimerName = 'ADD_ADDR retransmission' | 'SYN retransmission' | 'SYN/ACK retransmission' | 'user timeout'

export interface HostSettings {
  readonly start: Address
  readonly peer: Address
  /** Further addresses that the peer has announced by ADD_ADDR (§3.4.1). */
  readonly peerAlso: readonly Address[]
  /** Whether the peer's MP_CAPABLE had the C flag: no further subflow may be opened to the address that it came from (§3.1). */
  readonly peerDenies: boolean
  /** Whether it opens subflows: §3.2 lets either end, but servers seldom do, since clients are behind NATs. */
  readonly joins: boolean
  /** Whether it tells its new address by ADD_ADDR, on the subflow that it has, where it knows no address that it may join. */
  readonly announces: boolean
  readonly tries: number | 'unlimited'
}

export function mptcpHost(settings: HostSettings): Role<Host, MptcpMessage, TimerName> {
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)

  const join = (me: Host): Effect<MptcpMessage>[] =>
    (me.announced === null ? [...new Set([me.peerAt, ...settings.peerAlso])] : [me.announced.address])
      .filter((to) => !(settings.peerDenies && to === settings.peer))
      .map((to) => send<MptcpMessage>({ kind: 'SYN (MP_JOIN)', number: me.number }, to))
  const answer = (number: number, to: Address, from?: Address) =>
    send<MptcpMessage>({ kind: 'SYN/ACK (MP_JOIN)', number }, to, from)

  const onSyn = (me: Host, number: number, source: Address, destination: Address): Step<Host, MptcpMessage> => {
    if (number < me.peerNumber) return stay(me)
    // Of two subflows that are opened at once, the later one is what the SYN/ACK is sent again for.
    if (number < (me.answered?.number ?? 0)) return [me, [answer(number, source, destination)]]
    return [{ ...me, answered: { from: source, number, tries: fresh } }, [answer(number, source, destination)]]
  }

  const announce = (me: Host): Effect<MptcpMessage>[] =>
    me.announcing === null
      ? []
      : [send<MptcpMessage>({ kind: 'ADD_ADDR', address: me.here, number: me.number }, me.peerAt, me.announcing.from)]

  const onAddAddr = (me: Host, address: Address, number: number): Step<Host, MptcpMessage> => {
    const echo = send<MptcpMessage>({ kind: 'ADD_ADDR echo', number }, me.peerAt)
    if (number <= me.peerNumber || !settings.joins) return [me, [echo]]
    const next = { ...me, announced: { address, number }, joining: { tries: fresh } }
    return [next, [echo, ...join(next)]]
  }

  /** Data on the new subflow: the old one is closed, and what I have to say goes there too. */
  const onAck = (me: Host, number: number, source: Address, destination: Address): Step<Host, MptcpMessage> => {
    if (number < me.peerNumber) return stay(me)
    const next: Host = {
      ...me,
      peerAt: source,
      peerNumber: number,
      answered: me.answered?.from === source ? null : me.answered,
      // At the address that I have left, but from one that I may join.
      joining: me.joining !== null || (me.announcing !== null && destination !== me.here) ? { tries: fresh } : null,
      announcing: null,
    }
    return source !== me.peerAt && next.joining !== null ? [next, join(next)] : stay(next)
  }

  const stepOpen = (me: Host, event: Event<MptcpMessage, TimerName>): Step<Host, MptcpMessage> =>
    match(event)
      .returnType<Step<Host, MptcpMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        const next = { ...me, here: address, number: me.number + 1, joining: { tries: fresh } }
        if (!settings.joins) return stay({ ...next, joining: { tries: 0 } })
        const syns = join(next)
        if (syns.length > 0 || !settings.announces) return [next, syns]
        const announcing = { ...next, joining: null, announcing: { from: me.here, tries: fresh } }
        return [announcing, announce(announcing)]
      })
      .with({ kind: 'ADD_ADDR' }, ({ address, number }) => onAddAddr(me, address, number))
      .with({ kind: 'ADD_ADDR echo' }, ({ number }) =>
        stay(
          me.announcing === null || number !== me.number ? me : { ...me, announcing: { ...me.announcing, tries: 0 } },
        ),
      )
      .with({ kind: 'ADD_ADDR retransmission' }, () => {
        const next = { ...me, announcing: { ...me.announcing!, tries: oneLess(me.announcing!.tries) } }
        return [next, announce(next)]
      })
      .with({ kind: 'SYN (MP_JOIN)' }, ({ number, source, destination }) => onSyn(me, number, source, destination))
      .with({ kind: 'SYN/ACK (MP_JOIN)' }, ({ number, source }) => {
        if (number !== me.number) return stay(me)
        const ack = send<MptcpMessage>({ kind: 'ACK (MP_JOIN), REMOVE_ADDR', number }, source)
        // §3.4.2  An address that was taken away carries no subflow any more; an answer that comes again is acknowledged again.
        if (me.announced !== null) {
          if (source !== me.announced.address) return [me, [ack]]
          const { number: peerNumber } = me.announced
          return [{ ...me, joining: null, peerAt: source, peerNumber, announced: null }, [ack]]
        }
        const known = source === me.peerAt || settings.peerAlso.includes(source)
        return [me.joining === null || !known ? me : { ...me, joining: null, peerAt: source }, [ack]]
      })
      .with({ kind: 'ACK (MP_JOIN), REMOVE_ADDR' }, ({ number, source, destination }) =>
        onAck(me, number, source, destination),
      )
      .with({ kind: 'data' }, () => stay(me))
      .with({ kind: 'SYN retransmission' }, () => {
        const next = { ...me, joining: { tries: oneLess(me.joining!.tries) } }
        return [next, join(next)]
      })
      .with({ kind: 'SYN/ACK retransmission' }, () => {
        const answered = { ...me.answered!, tries: oneLess(me.answered!.tries) }
        return [{ ...me, answered }, [answer(answered.number, answered.from)]]
      })
      .with({ kind: 'user timeout' }, () =>
        stay({
          ...me,
          closed: 'closed the connection: it had no subflow until the user timeout',
          joining: null,
          announcing: null,
          announced: null,
          answered: null,
        }),
      )
      .exhaustive()

  return {
    start: {
      here: settings.start,
      peerAt: settings.peer,
      number: 0,
      peerNumber: 0,
      joining: null,
      announcing: null,
      announced: null,
      answered: null,
      closed: null,
    },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stay(me)),
    timers: {
      'ADD_ADDR retransmission': announcementRetry,
      'SYN retransmission': synRetry,
      'SYN/ACK retransmission': ackRetry,
      'user timeout': userTimeout,
    },
    armed: (me) => {
      const running: TimerName[] = []
      if ((me.announcing?.tries ?? 0) > 0) running.push('ADD_ADDR retransmission')
      if ((me.joining?.tries ?? 0) > 0 && join(me).length > 0) running.push('SYN retransmission')
      if (me.joining !== null || me.announcing !== null) running.push('user timeout')
      const answering: TimerName[] = (me.answered?.tries ?? 0) > 0 ? ['SYN/ACK retransmission'] : []
      return [...armedFor(me.number, running), ...armedFor(me.answered?.number ?? 0, answering)]
    },
    pending: (me) => {
      if (me.joining !== null || me.announcing !== null) return 'has no subflow from its new address'
      return (me.answered?.tries ?? 0) > 0 ? 'waits for the third packet of a subflow' : null
    },
    sendData: (me) => (me.closed === null ? [send<MptcpMessage>({ kind: 'data' }, me.peerAt)] : []),
  }
}
