import { match, P } from 'ts-pattern'
import { type Address, type Event, type Role, type Step, send, stay } from '../index.ts'
import { branchTimeout, type SetupMessage, timerA } from './messages.ts'

/** The callee's SIP server: registrar, and the proxy that the INVITE takes (RFC 3261 §10, §16). Stationary. */
export interface Server {
  readonly location: Address
  readonly cseq: number
  readonly transaction: Transaction | null
}

interface Transaction {
  readonly contact: Address
  readonly upstream: Address
  readonly target: Address
  readonly done: boolean
  readonly tries: number
}

export interface ServerSettings {
  readonly start: Address
  /** Looks the callee up again whenever the INVITE is sent again (000 §IV.A); else once a call. */
  readonly looksUpAgain: boolean
  readonly rules: 'rfc' | 'paper'
  readonly tries: number | 'unlimited'
}

export function server(settings: ServerSettings): Role<Server, SetupMessage, 'proxy Timer A' | 'branch time-out'> {
  const rfc = settings.rules === 'rfc'
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const pass = (t: Transaction) => send<SetupMessage>({ kind: 'INVITE', contact: t.contact }, t.target)
  const again = (me: Server, t: Transaction): Step<Server, SetupMessage> => {
    const next = { ...t, target: settings.looksUpAgain ? me.location : t.target }
    return [{ ...me, transaction: next }, [pass(next)]]
  }

  const onInvite = (me: Server, contact: Address, source: Address): Step<Server, SetupMessage> => {
    const trying = rfc ? [send<SetupMessage>({ kind: '100 Trying' }, source)] : []
    if (me.transaction === null) {
      const t: Transaction = { contact, upstream: source, target: me.location, done: false, tries: fresh }
      return [{ ...me, transaction: t }, [...trying, pass(t)]]
    }
    // §18.2.2  A response goes where the first copy of the request came from; 000's server answers the last.
    const t = rfc ? me.transaction : { ...me.transaction, upstream: source }
    if (t.done && rfc) return stay(me)
    const [next, sent] = again(me, t)
    return [next, [...trying, ...sent]]
  }

  return {
    start: { location: settings.start, cseq: 0, transaction: null },
    step: (me, event: Event<SetupMessage, 'proxy Timer A' | 'branch time-out'>) =>
      match(event)
        .returnType<Step<Server, SetupMessage>>()
        .with({ kind: 'REGISTER' }, ({ contact, cseq, source }) => [
          cseq < me.cseq ? me : { ...me, location: contact, cseq },
          [send<SetupMessage>({ kind: '200 OK (REGISTER)', cseq }, source)],
        ])
        .with({ kind: 'INVITE' }, ({ contact, source }) => onInvite(me, contact, source))
        .with({ kind: '180 Ringing' }, () =>
          me.transaction === null
            ? stay(me)
            : [me, [send<SetupMessage>({ kind: '180 Ringing' }, me.transaction.upstream)]],
        )
        .with({ kind: '200 OK' }, ({ contact }) => {
          const t = me.transaction!
          return [
            { ...me, transaction: { ...t, done: true } },
            [send<SetupMessage>({ kind: '200 OK', contact }, t.upstream)],
          ]
        })
        .with({ kind: 'proxy Timer A' }, () => {
          const t = me.transaction!
          return again(me, { ...t, tries: settings.tries === 'unlimited' ? t.tries : t.tries - 1 })
        })
        .with({ kind: 'branch time-out' }, () => [
          { ...me, transaction: { ...me.transaction!, done: true } },
          [send<SetupMessage>({ kind: '408 Request Timeout' }, me.transaction!.upstream)],
        ])
        .with({ kind: 'attached' }, () => stay(me))
        .with(
          {
            kind: P.union(
              '100 Trying',
              '408 Request Timeout',
              'ACK',
              '200 OK (REGISTER)',
              're-INVITE',
              '200 OK (re-INVITE)',
              'RTP',
              'Forward',
            ),
          },
          ({ kind }) => {
            throw new Error(`a home server has no use for ${kind}`)
          },
        )
        .exhaustive(),
    timers: { 'proxy Timer A': timerA, 'branch time-out': branchTimeout },
    armed: (me) => {
      const t = me.transaction
      if (!rfc || t === null || t.done) return []
      return t.tries > 0 ? ['proxy Timer A', 'branch time-out'] : ['branch time-out']
    },
    pending: (me) => (rfc && me.transaction?.done === false ? 'waits for a final response' : null),
  }
}
