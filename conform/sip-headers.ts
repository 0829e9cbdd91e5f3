import { ENDS, type End, other } from '../spec/roaming.ts'
import type { LogLine } from './observation.ts'

/** What SIP's headers say (RFC 3261), as `tshark` tells them. */
export type Headers = LogLine['fields']

/** 'sip:A-0x55@10.1.0.2:5060' is user A-0x55 at 10.1.0.2. */
export const userOf = (uri = ''): string => /^<?sips?:([^@;>]+)@/.exec(uri)?.[1] ?? ''
export const addressOf = (uri = ''): string =>
  (/^<?sips?:(?:[^@>;]*@)?\[?([0-9a-fA-F.:]+?)\]?(?::\d+)?(?:[;>?]|$)/.exec(uri)?.[1] ?? '').toLowerCase()

export const isRequest = ({ method = '' }: Headers): boolean => method !== ''
export const methodOf = ({ method = '', cseqMethod = '' }: Headers): string => method || cseqMethod
/** The Via that was added last, and how many there are. */
export const topOf = ({ branch = '' }: Headers): string => branch.split(',')[0]!
const bottomOf = ({ branch = '' }: Headers): string => branch.split(',').at(-1)!
export const hops = ({ branch = '' }: Headers): number => (branch === '' ? 0 : branch.split(',').length)

/** Whose answer an answer is: a CANCEL has the Via of its INVITE. */
const viasOf = (headers: Headers): string =>
  methodOf(headers) === 'CANCEL' ? `CANCEL ${headers.branch}` : (headers.branch ?? '')

interface Known {
  readonly method: string
  readonly cseq: string
  readonly branch: string
  readonly requestUri: string | undefined
}

/** Of whom a message is, by its place at either end of its way; null for a server. */
export interface Way {
  readonly from: End | null
  readonly to: End | null
}

/**
 * Holds what headers must say of each other against RFC 3261, whatever the model: CSeq, Via, tags. What a line lacks is not compared.
 */
export class HeaderRules {
  readonly #tags: Readonly<Record<End, string>> | null
  readonly #byBranch = new Map<string, Known>()
  /** By the branch that its user agent gave it. */
  readonly #byOrigin = new Map<string, Known>()
  readonly #vias = new Map<string, Known>()
  readonly #highest: Record<End, number> = { a: -1, b: -1 }
  #showsBothSides = false
  readonly #invites: Record<End, Set<string>> = { a: new Set(), b: new Set() }

  /** @param tags of each end; null where the log has none */
  constructor(tags: Readonly<Record<End, string>> | null) {
    this.#tags = tags
  }

  /** What is wrong with the next line of the call, with the section; null where nothing is. A line that is wrong is not remembered. */
  wrong(headers: Headers, way: Way): string | null {
    return (
      this.#wrongTags(headers, way) ??
      (isRequest(headers) ? this.#wrongRequest(headers, way) : this.#wrongResponse(headers))
    )
  }

  #wrongTags({ fromTag, toTag, ...headers }: Headers, { from, to }: Way): string | null {
    const tags = this.#tags
    if (tags === null || fromTag === undefined) return null
    const asker = ENDS.find((end) => tags[end] === fromTag)
    if (asker === undefined) return 'has the From tag of no end of the call (§12.2.2)'
    // The first INVITE and what answers it before the callee has a tag.
    if (toTag !== undefined && toTag !== tags[other(asker)]) return 'has the To tag of no end of the call (§12.2.2)'
    const [near, far] = isRequest(headers) ? [from, to] : [to, from]
    if ((near !== null && near !== asker) || (far !== null && far === asker))
      return 'has the tags of the other direction (§12.2.1.1)'
    return null
  }

  #wrongRequest(headers: Headers, { from }: Way): string | null {
    const { cseq = '', cseqMethod, branch = '', requestUri } = headers
    const method = methodOf(headers)
    if (cseqMethod !== undefined && cseqMethod !== method) return `has CSeq ${cseqMethod} (§8.1.1.5)`
    const known: Known = { method, cseq, branch, requestUri }
    const before = this.#byBranch.get(topOf(headers))
    if (branch !== '' && before !== undefined) {
      if (before.cseq !== cseq) return `has the Via branch of another request, with CSeq ${before.cseq} (§8.1.1.7)`
      // §9.1  So has a CANCEL.
      const ofError = (method === 'ACK' || method === 'CANCEL') && before.method === 'INVITE'
      if (before.method !== method && !ofError) return `has the Via branch of a request ${before.method} (§8.1.1.7)`
      if (!ofError && before.branch !== branch) return 'has other Vias than the first copy of it (§17.1.1.2)'
      if (method === 'CANCEL' && hops(headers) > 1) return 'has more than one Via (§9.1)'
      if (requestUri !== undefined && before.requestUri !== undefined && requestUri !== before.requestUri)
        return `has another Request-URI than ${!ofError ? 'the first copy of it (§17.1.1.2)' : method === 'ACK' ? 'the INVITE whose error it acknowledges (§17.1.1.3)' : 'the INVITE that it cancels (§9.1)'}`
      if (method === 'CANCEL') this.#vias.set(viasOf(headers), known)
      return null
    }
    if (branch !== '' && method === 'CANCEL') return 'has the Via branch of no INVITE (§9.1)'
    const wrong = from === null ? this.#wrongRelay(known, headers) : this.#wrongCseq(known, from)
    if (wrong !== null) return wrong
    if (from !== null && branch !== '') this.#byOrigin.set(bottomOf(headers), known)
    if (branch !== '') {
      this.#byBranch.set(topOf(headers), known)
      this.#vias.set(branch, known)
    }
    return null
  }

  /** A new request of a user agent: without branches, one that has been sent before may be a copy. */
  #wrongCseq({ method, cseq, branch }: Known, from: End): string | null {
    const invites = this.#invites[from]
    if (cseq === '') return null
    if (method === 'ACK' || method === 'CANCEL')
      return invites.size > 0 && !invites.has(cseq) ? `has CSeq ${cseq}, and no INVITE has (§13.2.2.4)` : null
    const number = Number(cseq)
    const isCopy = branch === '' && number === this.#highest[from]
    if (number <= this.#highest[from] && !isCopy)
      return `has CSeq ${cseq} after CSeq ${this.#highest[from]} (§12.2.1.1)`
    this.#highest[from] = number
    if (method === 'INVITE') invites.add(cseq)
    return null
  }

  /** A server's own ACK of an error has its INVITE's branch; all else that it sends on has below its Via what it got. */
  #wrongRelay({ method, cseq }: Known, headers: Headers): string | null {
    const origin = this.#byOrigin.get(bottomOf(headers))
    // Where the log does not show what a server gets, it shows nothing of that.
    if (origin === undefined)
      return this.#showsBothSides && hops(headers) > 1 ? 'is sent on with the Via of no request (§16.6)' : null
    this.#showsBothSides = true
    if (origin.cseq !== cseq) return `has CSeq ${cseq}, and what was sent on had ${origin.cseq} (§16.6)`
    return origin.method === method ? null : `is ${method}, and what was sent on was ${origin.method} (§16.6)`
  }

  #wrongResponse({ cseq = '', cseqMethod = '', branch = '' }: Headers): string | null {
    if (branch === '') return null
    const request = this.#vias.get(viasOf({ branch, cseqMethod }))
    if (request === undefined) return 'answers with Vias that no request has had (§8.2.6.2)'
    if (cseq !== '' && request.cseq !== cseq) return `answers CSeq ${request.cseq} with CSeq ${cseq} (§8.2.6.2)`
    return cseqMethod === '' || request.method === cseqMethod
      ? null
      : `answers ${request.method} with CSeq ${cseqMethod} (§8.2.6.2)`
  }
}
