import { match } from 'ts-pattern'
import { type Event, type Role, type Step, send, stay } from '../index.ts'
import { type ProxySettings, type ProxyTimer, proxy, type Server } from '../sip/proxy.ts'
import type { SetupMessage } from './messages.ts'

export type { Server } from '../sip/proxy.ts'

/** The callee's SIP server by RFC 3261 (§10, §16): the home proxy of `sip`, which passes 180 on as well (§16.7). */
export function server(settings: ProxySettings): Role<Server, SetupMessage, ProxyTimer> {
  const inner = proxy(settings)
  return {
    ...inner,
    step: (me, event: Event<SetupMessage, ProxyTimer>) =>
      match(event)
        .returnType<Step<Server, SetupMessage>>()
        .with({ kind: '180 Ringing' }, () =>
          me.transaction === null || me.transaction.final !== null
            ? stay(me)
            : [me, [send<SetupMessage>({ kind: '180 Ringing' }, me.transaction.upstream)]],
        )
        .otherwise((other) => inner.step(me, other)),
  }
}
