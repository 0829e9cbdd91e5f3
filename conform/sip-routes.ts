import { type End, other } from '../spec/roaming.ts'
import type { LogLine } from './observation.ts'
import type { Ends } from './sip-ends.ts'
import { addressOf, type Headers, isRequest, methodOf, topOf } from './sip-headers.ts'
import { expiresOf } from './sip-registrations.ts'

/**
 * Where a proxy that looks re-INVITEs up sends what else it gets: by its configuration, and no rule of the protocol. 'registration' or 'Request-URI' for each
 * method of which the log tells; a variant's own way where it does not.
 *
 * @param latency seconds within which a proxy sends a request on
 */
export function routesIn(lines: readonly LogLine[], ends: Ends, latency: number): Record<string, string> {
  const found: Record<string, string> = {}
  for (const method of ['ACK', 'BYE'] as const) {
    for (const [i, { fields, time }] of lines.entries()) {
      const asks = ends.endAt(fields.src ?? '')
      const target = addressOf(fields.requestUri)
      const isUp = i > ends.begins && asks !== null && ends.endAt(fields.dst ?? '') === null && target !== ''
      if (fields.method !== method || fields.callId !== ends.callId || !isUp) continue
      const on = lines
        .slice(i + 1)
        .find(
          (next) =>
            next.time - time < latency && isSentOn(next.fields, fields) && ends.endAt(next.fields.src ?? '') === null,
        )
      const before = lines.slice(0, i)
      const way =
        on === undefined
          ? unseen(lines, i, target, ends)
          : seen(on.fields.dst, target, registeredAt(before, other(asks), ends))
      if (way !== null) {
        found[`${method} goes by`] = way
        break
      }
    }
  }
  return found
}

/** To another address than it says: where somebody is registered. To what it says tells something where nobody is registered there. */
const seen = (to: string | undefined, target: string, registered: string | null): string | null => {
  if (to !== target) return 'registration'
  return registered === null || registered === target ? null : 'Request-URI'
}

/** The Contact of the last registration of an end that was accepted; null where the log has none. */
function registeredAt(before: readonly LogLine[], end: End, { speaker, endAt }: Ends): string | null {
  const asked = new Map<string, string>()
  let at: string | null = null
  for (const { fields } of before) {
    if (methodOf(fields) !== 'REGISTER') continue
    if (isRequest(fields) && (speaker(fields) ?? endAt(fields.src ?? '')) === end && expiresOf(fields) !== 0)
      asked.set(topOf(fields), addressOf(fields.contact))
    const contact = asked.get(topOf(fields))
    if (fields.status?.startsWith('2') === true && contact !== undefined) at = contact
  }
  return at
}

/** What is not seen went to where nobody is: if its own target is alive, that was not it. */
function unseen(lines: readonly LogLine[], i: number, target: string, { endAt }: Ends): string | null {
  const end = endAt(target)
  if (end === null) return null
  const isFromIt = ({ fields }: LogLine): boolean => endAt(fields.src ?? '') === end
  const [last, next] = [lines.slice(0, i).findLast(isFromIt), lines.slice(i).find(isFromIt)]
  if (last?.fields.src !== target) return 'Request-URI'
  // Whether it has left already, nothing tells.
  return next?.fields.src === target ? 'registration' : null
}

const isSentOn = (one: Headers, other: Headers): boolean =>
  one.method === other.method && one.cseq === other.cseq && one.callId === other.callId
