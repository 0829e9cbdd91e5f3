import { type Address, type Effect, type Forward, type Forwarding, networkOf, send } from '../index.ts'
import type { SipMessage } from './messages.ts'

/** How the Interceptor of the network that was left is told (000 §IV.D does not say): one message, or until it acknowledges. */
export type Telling = 'once' | 'until acknowledged'

interface Teller {
  readonly here: Address
  readonly untold: readonly Forward[]
}

export const tell = (entry: Forward): Effect<SipMessage> =>
  send<SipMessage>(entry, `${networkOf(entry.old)}/interceptor`)

/** A host that has come from `old` tells the Interceptor there. */
export function tells<T extends Teller>(host: T, old: Address, how: Telling | undefined): [T, Effect<SipMessage>[]] {
  if (how === undefined) return [host, []]
  const entry: Forward = { kind: 'Forward', old, to: host.here }
  return [
    how === 'once' ? host : { ...host, untold: [...host.untold.filter((one) => one.old !== old), entry] },
    [tell(entry)],
  ]
}

/** The entry is there. */
export const forgets = <T extends Teller>(host: T, { old, to }: Pick<Forwarding, 'old' | 'to'>): T => ({
  ...host,
  untold: host.untold.filter((entry) => entry.old !== old || entry.to !== to),
})
