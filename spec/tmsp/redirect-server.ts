import { match } from 'ts-pattern'
import { type Address, type Event, type Role, type Step, send, stay } from '../index.ts'
import { inviteRetry, nextQuestion, type TmspMessage } from './messages.ts'

/** A SIP redirect server (003 §III-A): stationary, knows where its host is. It may also tell the correspondent (§III-E). */
export interface RedirectServer {
  readonly coa: Address
  readonly number: number
  /** While the correspondent has not answered my re-INVITE. */
  readonly telling: { readonly tries: number } | null
  /** My last question to the correspondent's server, and whether it waits for its answer. */
  readonly question: number
  readonly asking: boolean
}

export interface RedirectServerSettings {
  readonly start: Address
  /** Where the correspondent was when the session began, and its own server. */
  readonly correspondent: Address
  readonly peersServer: Address
  readonly tells: 'no' | 'at its last address' | 'where its server says'
  readonly tries: number | 'unlimited'
}

export function redirectServer(settings: RedirectServerSettings): Role<RedirectServer, TmspMessage, 'INVITE retry'> {
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  /** Each time it tells by lookup, it asks anew: what it was told before may be old. */
  const tell = (server: RedirectServer): Step<RedirectServer, TmspMessage> => {
    if (settings.tells !== 'where its server says') return [server, [inviteAt(server, settings.correspondent)]]
    const question = nextQuestion(server.question)
    return [
      { ...server, question, asking: true },
      [send<TmspMessage>({ kind: 'INVITE (lookup)', question }, settings.peersServer)],
    ]
  }
  const inviteAt = (server: RedirectServer, to: Address) =>
    send<TmspMessage>({ kind: 're-INVITE', coa: server.coa, number: server.number }, to)

  return {
    start: { coa: settings.start, number: 0, telling: null, question: 0, asking: false },
    step: (server, event: Event<TmspMessage, 'INVITE retry'>) =>
      match(event)
        .returnType<Step<RedirectServer, TmspMessage>>()
        .with({ kind: 'REGISTER' }, ({ coa, number, source }) => {
          const ok = send<TmspMessage>({ kind: '200 OK (REGISTER)', number }, source)
          if (number < server.number) return [server, [ok]]
          if (settings.tells === 'no' || number === server.number) return [{ ...server, coa, number }, [ok]]
          const [next, told] = tell({ ...server, coa, number, telling: { tries: fresh } })
          return [next, [ok, ...told]]
        })
        .with({ kind: 'INVITE (lookup)' }, ({ question, source }) => [
          server,
          [send<TmspMessage>({ kind: '302 Moved Temporarily', contact: server.coa, question }, source)],
        ])
        .with({ kind: '302 Moved Temporarily' }, ({ contact, question }) =>
          server.telling === null || !server.asking || question !== server.question
            ? stay(server)
            : [{ ...server, asking: false }, [inviteAt(server, contact)]],
        )
        .with({ kind: '200 OK' }, ({ number }) =>
          stay(number === server.number ? { ...server, telling: null, asking: false } : server),
        )
        .with({ kind: 'INVITE retry' }, () => {
          const left = server.telling!.tries
          return tell({ ...server, telling: { tries: settings.tries === 'unlimited' ? left : left - 1 } })
        })
        .with(
          { kind: 'attached' },
          { kind: '200 OK (REGISTER)' },
          { kind: 're-INVITE' },
          { kind: '403 Forbidden' },
          { kind: 'data' },
          () => stay(server),
        )
        .exhaustive(),
    timers: { 'INVITE retry': inviteRetry },
    armed: (server) => ((server.telling?.tries ?? 0) > 0 ? ['INVITE retry'] : []),
    pending: (server) =>
      (server.telling?.tries ?? 0) > 0 ? 'waits for the correspondent to answer its re-INVITE' : null,
  }
}
