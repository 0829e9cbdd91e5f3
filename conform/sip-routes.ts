import type { LogLine } from './observation.ts'
import type { Ends } from './sip-ends.ts'
import { addressOf, type Headers } from './sip-headers.ts'

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
      const way = on === undefined ? unseen(lines.slice(0, i), target, ends) : seen(on.fields.dst, target)
      if (way !== null) {
        found[`${method} goes by`] = way
        break
      }
    }
  }
  return found
}

/** To another address than it says: where somebody is registered. */
const seen = (to: string | undefined, target: string): string | null => (to === target ? null : 'registration')

/** What is not seen went to where nobody is: if its own target is alive, that was not it. */
function unseen(before: readonly LogLine[], target: string, { endAt }: Ends): string | null {
  const end = endAt(target)
  if (end === null) return null
  const last = before.findLast(({ fields }) => endAt(fields.src ?? '') === end)
  return last?.fields.src === target ? 'registration' : 'Request-URI'
}

const isSentOn = (one: Headers, other: Headers): boolean =>
  one.method === other.method && one.cseq === other.cseq && one.callId === other.callId
