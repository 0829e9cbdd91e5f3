import { match, P } from 'ts-pattern'
import { type Address, type Event, type Role, type Step, send, stay } from '../index.ts'
import type { PaperSetupMessage } from './messages.ts'
import type { AnsweredCopy } from './scenarios.ts'

/** The callee's SIP server as paper 000 draws it: registrar, and the proxy that the INVITE takes (Fig. 4). Stationary. */
export interface PaperServer {
  readonly location: Address
  readonly cseq: number
  readonly transaction: Transaction | null
}

interface Transaction {
  readonly contact: Address
  readonly upstream: Address
  readonly target: Address
}

export interface PaperServerSettings {
  readonly start: Address
  /** Looks the callee up again whenever the INVITE is sent again (000 §IV.A); else once a call. */
  readonly looksUpAgain: boolean
  /** Copies of an INVITE may come from different addresses: to which source responses go. */
  readonly answered: AnsweredCopy
}

export function paperServer(settings: PaperServerSettings): Role<PaperServer, PaperSetupMessage> {
  const pass = (t: Transaction) => send<PaperSetupMessage>({ kind: 'INVITE', contact: t.contact }, t.target)
  const again = (me: PaperServer, t: Transaction): Step<PaperServer, PaperSetupMessage> => {
    const next = { ...t, target: settings.looksUpAgain ? me.location : t.target }
    return [{ ...me, transaction: next }, [pass(next)]]
  }

  const onInvite = (me: PaperServer, contact: Address, source: Address): Step<PaperServer, PaperSetupMessage> => {
    if (me.transaction === null) {
      const t: Transaction = { contact, upstream: source, target: me.location }
      return [{ ...me, transaction: t }, [pass(t)]]
    }
    const upstream = settings.answered === 'first copy' ? me.transaction.upstream : source
    return again(me, { ...me.transaction, upstream })
  }

  return {
    start: { location: settings.start, cseq: 0, transaction: null },
    step: (me, event: Event<PaperSetupMessage>) =>
      match(event)
        .returnType<Step<PaperServer, PaperSetupMessage>>()
        .with({ kind: 'REGISTER' }, ({ contact, cseq, source }) => [
          cseq < me.cseq ? me : { ...me, location: contact, cseq },
          [send<PaperSetupMessage>({ kind: '200 OK (REGISTER)', cseq }, source)],
        ])
        .with({ kind: 'INVITE' }, ({ contact, source }) => onInvite(me, contact, source))
        .with({ kind: '180 Ringing' }, () =>
          me.transaction === null
            ? stay(me)
            : [me, [send<PaperSetupMessage>({ kind: '180 Ringing' }, me.transaction.upstream)]],
        )
        .with({ kind: '200 OK' }, ({ contact }) => {
          return [me, [send<PaperSetupMessage>({ kind: '200 OK', contact }, me.transaction!.upstream)]]
        })
        .with({ kind: 'attached' }, () => stay(me))
        .with(
          {
            kind: P.union('ACK', '200 OK (REGISTER)', 're-INVITE', '200 OK (re-INVITE)', 'RTP', 'Forward'),
          },
          ({ kind }) => {
            throw new Error(`a home server has no use for ${kind}`)
          },
        )
        .exhaustive(),
  }
}
