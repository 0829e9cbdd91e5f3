import { match } from 'ts-pattern'
import { type Address, armedFor, type Event, type Role, type Step, send, stay } from '../index.ts'
import { inviteRetry, inviteTimeout, lookupRetry, nextQuestion, registerRetry, type TmspMessage } from './messages.ts'
import { outgoing, type Tables } from './tables.ts'

/**
 * A TMSP host (003 §III): registers with its SIP redirect server and tells its correspondent by re-INVITE. What it does when nobody
 * answers, and whether it believes what it is told, are what the variants differ in.
 *
 * Left out: SIDs and IPsec (§III-F), the ACK (the paper counts INVITE and 200 only), several correspondents.
 */
export interface Host {
  readonly here: Address
  readonly tables: Tables
  readonly number: number
  readonly peerNumber: number
  readonly registered: boolean
  /** My re-INVITE without an answer, and where it goes: a transaction keeps its target. */
  readonly inviting: { readonly target: Address; readonly tries: number } | null
  /** A newer re-INVITE of the peer has come since mine was begun: the answer to mine may be older than that. */
  readonly overtaken: boolean
  /** My last question to the peer's redirect server: only its own answer counts (RFC 3261 §17.1.3). */
  readonly question: number
  /** I asked where the peer is, and the answer has not come. */
  readonly asking: boolean
  readonly hasAsked: boolean
  /** A re-INVITE of the peer that is being verified, by my last question. */
  readonly verifying: Telling | null
}

/** What a re-INVITE says, and where its answer goes. */
interface Telling {
  readonly coa: Address
  readonly number: number
  readonly source: Address
}

type TimerName = 'REGISTER retry' | 'lookup retry' | 'INVITE retry' | 'INVITE time-out'

export const PORT = 5000

export interface HostSettings {
  readonly name: string
  readonly start: Address
  readonly peer: { readonly name: string; readonly start: Address }
  readonly server: Address
  readonly peersServer: Address
  /** When the peer's redirect server is asked (003 §III-E). */
  readonly asks: 'never' | 'at the time-out' | 'at the first retry'
  /** Asks again whenever that comes again: the paper does not say so. */
  readonly repeats: boolean
  /** Asks the server of whoever sends a re-INVITE before it is believed (003 §V, Fig. 1c). */
  readonly verifies: boolean
  /** Waits for the 200 to its REGISTER before it sends a re-INVITE. */
  readonly registersFirst: boolean
  /**
   * Whether the Contact of a 200 refreshes the target also when a newer re-INVITE of the peer came first. By RFC 3261 §12.2.1.2 it does,
   * but there such a re-INVITE would have been refused (491, §14.2), and would come again after the 200.
   */
  readonly answersOverwrite: boolean
  /** The server tells the correspondent instead (003 §III-E). */
  readonly serverTells: boolean
  readonly tries: number | 'unlimited'
}

export function tmspHost(settings: HostSettings): Role<Host, TmspMessage, TimerName> {
  const { peer } = settings
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)
  const register = (me: Host) =>
    send<TmspMessage>({ kind: 'REGISTER', coa: me.here, number: me.number }, settings.server)
  const invite = (me: Host) =>
    send<TmspMessage>({ kind: 're-INVITE', coa: me.here, number: me.number }, me.inviting!.target)
  /** My last question, sent for the first time or again. */
  const ask = (me: Host) => send<TmspMessage>({ kind: 'INVITE (lookup)', question: me.question }, settings.peersServer)
  const withQuestion = (me: Host): Host => ({ ...me, question: nextQuestion(me.question) })
  const toLocate = (me: Host): Host => ({ ...withQuestion(me), asking: true, hasAsked: true })
  const ok = (me: Host, number: number, to: Address) => send<TmspMessage>({ kind: '200 OK', coa: me.here, number }, to)
  const peerAt = (me: Host): Address => me.tables.careOf[peer.name]!
  const withPeerAt = (me: Host, coa: Address): Host => ({
    ...me,
    tables: { ...me.tables, careOf: { ...me.tables.careOf, [peer.name]: coa } },
  })
  const accept = (me: Host, { coa, number, source }: Telling): Step<Host, TmspMessage> => {
    const next = { ...withPeerAt(me, coa), peerNumber: number, overtaken: me.overtaken || number > me.peerNumber }
    return [next, [ok(next, number, source)]]
  }
  const begin = (me: Host): Step<Host, TmspMessage> => {
    const next = { ...me, inviting: { target: peerAt(me), tries: fresh }, overtaken: false }
    return [next, [invite(next)]]
  }
  const mayAsk = (me: Host): boolean => settings.repeats || !me.hasAsked

  const onInvite = (me: Host, { coa, number, source }: Telling): Step<Host, TmspMessage> => {
    if (number < Math.max(me.peerNumber, me.verifying?.number ?? 0)) return stay(me)
    if (settings.verifies) {
      // Sent again while it is verified: the server transaction takes it (RFC 3261 §17.2.1).
      if (me.verifying?.number === number) return stay(me)
      const next = { ...withQuestion(me), verifying: { coa, number, source } }
      return [next, [ask(next)]]
    }
    return accept(me, { coa, number, source })
  }

  const onRedirect = (me: Host, contact: Address, question: number): Step<Host, TmspMessage> => {
    if (question !== me.question) return stay(me)
    if (me.verifying !== null) {
      const { coa, number, source } = me.verifying
      const done = { ...me, verifying: null }
      if (contact !== coa) return [done, [send<TmspMessage>({ kind: '403 Forbidden', number }, source)]]
      return accept(done, me.verifying)
    }
    if (!me.asking) return stay(me)
    return begin({ ...withPeerAt(me, contact), asking: false })
  }

  return {
    start: {
      here: settings.start,
      tables: {
        mapping: { [PORT]: { source: settings.start, destination: peer.start, peer: peer.name } },
        careOf: { [peer.name]: peer.start },
      },
      number: 0,
      peerNumber: 0,
      registered: true,
      inviting: null,
      overtaken: false,
      question: 0,
      asking: false,
      hasAsked: false,
      verifying: null,
    },
    step: (me, event: Event<TmspMessage, TimerName>) =>
      match(event)
        .returnType<Step<Host, TmspMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const moved = {
            ...me,
            here: address,
            number: me.number + 1,
            registered: false,
            asking: false,
            hasAsked: false,
          }
          const waits = settings.serverTells || settings.registersFirst
          const [next, sent] = waits ? stay({ ...moved, inviting: null }) : begin(moved)
          return [next, [register(next), ...sent]]
        })
        .with({ kind: '200 OK (REGISTER)' }, ({ number }) => {
          if (number !== me.number || me.registered) return stay(me)
          const registered = { ...me, registered: true }
          return settings.registersFirst ? begin(registered) : stay(registered)
        })
        .with({ kind: 're-INVITE' }, (request) => onInvite(me, request))
        .with({ kind: '200 OK' }, ({ coa, number }) => {
          // One that is sent again, or comes when a later request has ended this one, refreshes nothing.
          if (number !== me.number || (me.inviting === null && !me.asking)) return stay(me)
          const refreshed = me.overtaken && !settings.answersOverwrite ? me : withPeerAt(me, coa)
          return stay({ ...refreshed, inviting: null, asking: false, overtaken: false })
        })
        .with({ kind: '403 Forbidden' }, ({ number }) =>
          stay(number === me.number ? { ...me, inviting: null, asking: false } : me),
        )
        .with({ kind: '302 Moved Temporarily' }, ({ contact, question }) => onRedirect(me, contact, question))
        .with({ kind: 'REGISTER retry' }, () => [me, [register(me)]])
        .with({ kind: 'lookup retry' }, () => [me, [ask(me)]])
        .with({ kind: 'INVITE retry' }, () => {
          const next = { ...me, inviting: { ...me.inviting!, tries: oneLess(me.inviting!.tries) } }
          if (settings.asks !== 'at the first retry' || !mayAsk(me)) return [next, [invite(next)]]
          const asking = toLocate(next)
          return [asking, [invite(asking), ask(asking)]]
        })
        .with({ kind: 'INVITE time-out' }, () => {
          if (settings.asks === 'never' || !mayAsk(me)) return stay({ ...me, inviting: null, asking: false })
          const next = toLocate({ ...me, inviting: null })
          return [next, [ask(next)]]
        })
        .with({ kind: 'data' }, () => stay(me))
        .with({ kind: 'REGISTER' }, { kind: 'INVITE (lookup)' }, ({ kind }) => {
          throw new Error(`a host has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: {
      'REGISTER retry': registerRetry,
      'lookup retry': lookupRetry,
      'INVITE retry': inviteRetry,
      'INVITE time-out': inviteTimeout,
    },
    armed: (me) => {
      const running: TimerName[] = []
      if (!me.registered) running.push('REGISTER retry')
      if ((me.inviting?.tries ?? 0) > 0) running.push('INVITE retry')
      if (me.inviting !== null) running.push('INVITE time-out')
      const asking: TimerName[] = me.asking || me.verifying !== null ? ['lookup retry'] : []
      return [...armedFor(me.number, running), ...armedFor(me.question, asking)]
    },
    pending: (me) => {
      if (!me.registered) return 'waits for its redirect server'
      if (me.verifying !== null) return 'verifies a movement'
      if (me.asking) return "waits for the peer's redirect server"
      return me.inviting === null ? null : 'waits for an answer to its re-INVITE'
    },
    sendData: (me) => {
      const wire = outgoing(me.tables, me.here, { source: settings.start, destination: peer.start, port: PORT })
      return [send<TmspMessage>({ kind: 'data', port: wire.port }, wire.destination)]
    },
  }
}
