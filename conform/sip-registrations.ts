import type { End } from '../spec/roaming.ts'
import type { LogLine } from './observation.ts'
import { addressOf, type Headers, topOf } from './sip-headers.ts'

/** What is made of a line of a registration. */
export type Registration =
  | { readonly left: string }
  | { readonly unsupported: string }
  | { readonly kind: string; readonly contact?: string }

interface Transaction {
  readonly id: string
  readonly user: End
  readonly time: number
  readonly contact: string
  readonly ends: boolean
  /** The final answer's code; null where none was seen. */
  readonly status: number | null
}

/** Seconds within which several REGISTERs are of one move. */
const AT_ONCE = 0.5

/**
 * The registrations of a log (RFC 3261 §10), as far as the model has them: one for each address that a user agent takes, and further ones while the last was
 * refused. What only refreshes is left out; what ends a registration is, where another begins at once, or nothing comes after it.
 */
export class Registrations {
  /** Those that are refused, as the model's option has them: the n-th of a user. */
  readonly refused: string[] = []
  readonly #verdicts = new Map<string, Registration>()
  /** The transaction of each user that the model is at. */
  readonly #current: Partial<Record<End, string>> = {}
  readonly #asked = new Set<string>()

  /**
   * @param userOf whose a REGISTER is; null for other people's
   * @param since when the model begins
   * @param until when the call is last heard of
   * @param at where each end is registered to begin with
   */
  constructor(
    lines: readonly LogLine[],
    userOf: (headers: Headers) => End | null,
    { since, until }: { since: number; until: number },
    at: Readonly<Record<End, string | undefined>>,
  ) {
    const all = transactionsOf(lines, userOf)
    const said: Record<End, { contact: string | undefined; refused: boolean; time: number }> = {
      a: { contact: at.a, refused: false, time: since },
      b: { contact: at.b, refused: false, time: since },
    }
    const count: Record<End, number> = { a: 0, b: 0 }
    for (const one of all) {
      const { id, user, contact, ends, status, time } = one
      if (time <= since) continue
      const last = said[user]
      const isRefused = status !== null && status >= 300
      if (status === 401 || status === 407) this.#verdicts.set(id, { left: 'a REGISTER that is asked for credentials' })
      else if (ends && all.some((next) => next.user === user && !next.ends && Math.abs(next.time - time) < AT_ONCE))
        this.#verdicts.set(id, { left: 'a REGISTER that ends a registration, with one that begins another' })
      else if (ends)
        this.#verdicts.set(
          id,
          time > until
            ? { left: 'a registration is ended after the call' }
            : {
                unsupported: 'It ends a registration (RFC 3261 §10.2.2), and the registrar of the model always has one',
              },
        )
      else if (last.contact === contact && (!last.refused || (isRefused && time - last.time < AT_ONCE)))
        this.#verdicts.set(id, { left: 'a further REGISTER of the same address' })
      else {
        count[user] += 1
        if (isRefused) this.refused.push(`${user}${count[user]}`)
        said[user] = { contact, refused: isRefused, time }
        this.#verdicts.set(id, { kind: 'REGISTER', contact })
      }
    }
  }

  request(headers: Headers, user: End): Registration {
    const id = idOf(headers)
    const verdict = this.#verdicts.get(id) ?? { left: 'a REGISTER before the call' }
    if ('kind' in verdict) {
      if (this.#asked.has(id) && this.#current[user] !== id)
        return { left: 'a REGISTER that a newer one has overtaken' }
      this.#current[user] = id
    }
    this.#asked.add(id)
    return verdict
  }

  answer(headers: Headers): Registration {
    const verdict = this.#verdicts.get(idOf(headers))
    const status = Number(headers.status)
    if (!this.#asked.has(idOf(headers)))
      return { kind: `${headers.status} (REGISTER) that answers no REGISTER (RFC 3261 §8.2.6.2)` }
    if (status < 200) return { left: 'provisional responses that the model leaves out' }
    if (verdict === undefined || !('kind' in verdict)) return { left: 'an answer to a further REGISTER' }
    if (status < 300) return { kind: '200 OK (REGISTER)' }
    return { kind: status < 700 ? 'refusal (REGISTER)' : `status ${headers.status} (REGISTER)` }
  }
}

/** A transaction is one by its branch; a log without branches has its Call-ID and CSeq. */
const idOf = (headers: Headers): string => `${headers.callId} ${headers.cseq} ${topOf(headers)}`

function transactionsOf(lines: readonly LogLine[], userOf: (headers: Headers) => End | null): Transaction[] {
  const answers = new Map<string, number>()
  for (const { fields } of lines) {
    const final = fields.cseqMethod === 'REGISTER' && Number(fields.status) >= 200
    if (final && !answers.has(idOf(fields))) answers.set(idOf(fields), Number(fields.status))
  }
  const found = new Map<string, Transaction>()
  for (const { fields, time } of lines) {
    if (fields.method !== 'REGISTER' || found.has(idOf(fields))) continue
    const user = userOf(fields)
    if (user === null) continue
    const status = answers.get(idOf(fields)) ?? null
    const contact = addressOf(fields.contact)
    found.set(idOf(fields), { id: idOf(fields), user, time, contact, ends: expiresOf(fields) === 0, status })
  }
  return [...found.values()]
}

/** Seconds; of the Contact before those of the header (§10.2.1.1). Null where the log does not say. */
export function expiresOf({ contactParameters = '', expires = '' }: Headers): number | null {
  const seconds = /(?:^|[,; ])expires=(\d+)/i.exec(contactParameters)?.[1] ?? expires
  return /^\d+$/.test(seconds) ? Number(seconds) : null
}
