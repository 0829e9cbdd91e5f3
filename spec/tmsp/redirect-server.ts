import { match } from 'ts-pattern'
import { type Address, type Event, type Role, type Step, send, stay } from '../index.ts'
import { inviteRetry, type TmspMessage } from './messages.ts'

/** A SIP redirect server (003 §III-A): stationary, knows where its host is. It may also tell the correspondent (§III-E). */
export interface RedirectServer {
  readonly coa: Address
  readonly number: number
  /** The correspondent as far as I know, while it has not answered my re-INVITE. */
  readonly telling: { readonly tries: number } | null
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
  const tell = (server: RedirectServer) =>
    settings.tells === 'where its server says'
      ? send<TmspMessage>({ kind: 'INVITE (lookup)' }, settings.peersServer)
      : inviteAt(server, settings.correspondent)
  const inviteAt = (server: RedirectServer, to: Address) =>
    send<TmspMessage>({ kind: 're-INVITE', coa: server.coa, number: server.number }, to)

  return {
    start: { coa: settings.start, number: 0, telling: null },
    step: (server, event: Event<TmspMessage, 'INVITE retry'>) =>
      match(event)
        .returnType<Step<RedirectServer, TmspMessage>>()
        .with({ kind: 'REGISTER' }, ({ coa, number, source }) => {
          const ok = send<TmspMessage>({ kind: '200 OK (REGISTER)', number }, source)
          if (number < server.number) return [server, [ok]]
          if (settings.tells === 'no' || number === server.number) return [{ ...server, coa, number }, [ok]]
          const next = { coa, number, telling: { tries: fresh } }
          return [next, [ok, tell(next)]]
        })
        .with({ kind: 'INVITE (lookup)' }, ({ source }) => [
          server,
          [send<TmspMessage>({ kind: '302 Moved Temporarily', contact: server.coa }, source)],
        ])
        .with({ kind: '302 Moved Temporarily' }, ({ contact }) =>
          server.telling === null ? stay(server) : [server, [inviteAt(server, contact)]],
        )
        .with({ kind: '200 OK' }, ({ number }) =>
          stay(number === server.number ? { ...server, telling: null } : server),
        )
        .with({ kind: 'INVITE retry' }, () => {
          const left = server.telling!.tries
          return [{ ...server, telling: { tries: settings.tries === 'unlimited' ? left : left - 1 } }, [tell(server)]]
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
