import { type End, other } from '../spec/roaming.ts'
import type { LogLine } from './observation.ts'
import type { Ends } from './sip-ends.ts'
import { addressOf, HeaderRules, type Headers, isRequest, methodOf, topOf, type Way } from './sip-headers.ts'
import { type Registration, Registrations } from './sip-registrations.ts'

/** What is made of a line: left out, with the reason; a message; or something that the model cannot go on after. */
type Read =
  | { readonly left: string }
  | {
      readonly kind?: string
      readonly more?: Readonly<Record<string, string | number>>
      readonly unsupported?: string
    }

const ANOTHER_REGISTRAR =
  'A REGISTER goes to where nobody answers one (RFC 3261 §10.2.6), and the model has one registrar of each user, which always answers'
const BETWEEN_SERVERS =
  'A server sends it to a server, or to itself (RFC 3261 §16.6): the model has one proxy on the way, which always knows where its user is registered'
const CANCELLED_BY_PROXY =
  'A proxy cancels what it has sent on (RFC 3261 §16.10, §16.7), and where there is one, the user agents of the model answer at once'
const PROVISIONAL = 'provisional responses that the model leaves out'

/** Requests within a dialog that change nothing of it (RFC 3261 §11, RFC 6086, RFC 3428, RFC 3262). */
const HARMLESS = ['OPTIONS', 'INFO', 'MESSAGE', 'PRACK']

/** Why others are none of the model. */
const BEYOND: Readonly<Record<string, string>> = {
  UPDATE: 'An UPDATE is a target refresh besides re-INVITEs (RFC 3311 §5), and the model has none',
  REFER: 'A call is transferred (RFC 3515), which the model does not know',
  SUBSCRIBE: 'A SUBSCRIBE is a target refresh (RFC 6665 §4.1.2), and the model has none',
  NOTIFY: 'A NOTIFY is a target refresh (RFC 6665 §4.1.3), and the model has none',
}

/** Puts the lines of a call into the model's words, one after the other. */
export class Reader {
  readonly #lines: readonly LogLine[]
  readonly #ends: Ends
  readonly #rules: HeaderRules
  readonly #registrations: Registrations
  readonly #cseqs: Record<End, string[]> = { a: [], b: [] }
  /** Who has sent a BYE, and whether it has been answered. */
  readonly #byes: Partial<Record<End, 'open' | 'answered'>> = {}
  /** Calls whose beginning the log shows. */
  readonly #calls = new Set<string>()
  readonly #inviteBranches: ReadonlySet<string>
  /** Re-INVITEs that have had a 2xx, by who sent them. */
  readonly #accepted = new Set<string>()

  constructor(lines: readonly LogLine[], ends: Ends) {
    this.#lines = lines
    this.#ends = ends
    this.#rules = new HeaderRules(ends.tags)
    const ofTheCall = lines.filter(({ fields }) => fields.callId === ends.callId)
    const userOf = (headers: Headers): End | null => ends.speaker(headers) ?? ends.endAt(headers.src ?? '')
    this.#registrations = new Registrations(
      lines,
      userOf,
      { since: lines[ends.begins]!.time, until: ofTheCall.at(-1)!.time },
      { a: ends.stops.a[0], b: ends.stops.b[0] },
    )
    this.#inviteBranches = new Set(
      lines.flatMap(({ fields }) => (fields.method === 'INVITE' && fields.branch !== undefined ? [topOf(fields)] : [])),
    )
  }

  get refused(): readonly string[] {
    return this.#registrations.refused
  }

  read(i: number, headers: Headers): Read {
    const { callId, begins, endAt, place } = this.#ends
    const isServer = (address = ''): boolean => place(address) === 'server'
    const isBefore = i <= begins
    if (methodOf(headers) === 'REGISTER') return this.#registration(headers)
    if (headers.callId !== callId) return this.#other(headers, isBefore)
    const way = { from: endAt(headers.src ?? ''), to: endAt(headers.dst ?? '') }
    const wrong = this.#rules.wrong(headers, way)
    if (isBefore || this.#isOfTheSetup(headers, way)) return { left: 'before the dialog is established' }
    if (wrong !== null) return { kind: `${nameOf(headers)} that ${wrong}` }
    if (isServer(headers.src) && isServer(headers.dst)) return { unsupported: BETWEEN_SERVERS }
    if (this.#ends.behindNat.has(headers.dst ?? ''))
      return { unsupported: 'It is sent to a Contact that nobody but a NAT can reach (RFC 3261 §8.1.1.8)' }
    switch (methodOf(headers)) {
      case 'BYE':
        return this.#bye(headers, way)
      case 'INVITE':
      case 'ACK':
        return this.#invite(i, headers, way)
      case 'CANCEL':
        return this.#cancel(headers, way)
      default:
        return this.#beyond(headers)
    }
  }

  /** §13.2.2.4  The 2xx of the first INVITE may come again, and then its ACK does. */
  #isOfTheSetup(headers: Headers, way: Way): boolean {
    const isAgain = methodOf(headers) === 'ACK' || (methodOf(headers) === 'INVITE' && !isRequest(headers))
    const { cseq } = this.#lines[this.#ends.begins]!.fields
    return isAgain && headers.cseq === cseq && this.#ownerOf(headers, way) === 'a'
  }

  #registration(headers: Headers): Read {
    const { speaker, endAt, place } = this.#ends
    const user = speaker(headers) ?? endAt(headers.src ?? '') ?? endAt(headers.dst ?? '')
    if (user === null) return { left: 'a REGISTER of somebody else' }
    if (isRequest(headers) && !this.#ends.isRegistrar(headers.dst ?? '')) return { unsupported: ANOTHER_REGISTRAR }
    const read: Registration = isRequest(headers)
      ? this.#registrations.request(headers, user)
      : this.#registrations.answer(headers)
    if (!('kind' in read)) return read
    return { kind: read.kind, more: read.contact === undefined ? {} : { contact: place(read.contact) } }
  }

  /** Another call is another's affair, if it is one: its first request has no To tag. */
  #other(headers: Headers, isBefore: boolean): Read {
    const { callId = '', fromTag, toTag } = headers
    if (toTag === undefined || isBefore) this.#calls.add(callId)
    const { tags } = this.#ends
    const isOurs =
      tags !== null && fromTag !== undefined && toTag !== undefined
        ? [tags.a, tags.b].includes(fromTag) && [tags.a, tags.b].includes(toTag)
        : !this.#calls.has(callId) && this.#inviteBranches.has(topOf(headers)) && methodOf(headers) === 'ACK'
    return isOurs
      ? { kind: `${nameOf(headers)} that has another Call-ID than its dialog (§12.2.1.1)` }
      : { left: 'another call' }
  }

  #bye(headers: Headers, way: Way): Read {
    const owner = this.#ownerOf(headers, way)
    if (isRequest(headers)) {
      this.#byes[owner] ??= 'open'
      return { kind: 'BYE', more: this.#requestUri(headers) }
    }
    const status = Number(headers.status)
    if (status < 200) return { left: PROVISIONAL }
    const kind = ANSWERS_TO_BYE[headers.status ?? '']
    if (kind === undefined) return unknownAnswer(headers, 'a BYE', '§15.1.1')
    const own = this.#byes[other(owner)]
    if (way.to === owner || way.from === other(owner)) this.#byes[owner] = 'answered'
    // §15.1.1  Whoever waits for the answer to its own BYE still has the dialog, or has dropped it: either answer will do.
    return { kind: own === 'open' && status === 200 ? ANSWERS_TO_BYE['481']! : kind }
  }

  /** A CSeq as the model counts: from the first re-INVITE of who began the transaction. */
  #numberOf(headers: Headers, way: Way): number {
    const { cseq = '' } = headers
    const known = this.#cseqs[this.#ownerOf(headers, way)]
    if (!known.includes(cseq)) known.push(cseq)
    return (1 + known.indexOf(cseq) + 1) % CSEQ_MODULUS
  }

  /** §9.1  It has the CSeq of the re-INVITE that it is about, and so do its answers. */
  #cancel(headers: Headers, way: Way): Read {
    const cseq = this.#numberOf(headers, way)
    if (isRequest(headers))
      return this.#ends.place(headers.src ?? '') === 'server'
        ? { unsupported: CANCELLED_BY_PROXY }
        : { kind: 'CANCEL', more: { cseq, ...this.#requestUri(headers) } }
    const status = Number(headers.status)
    if (status < 200) return { left: PROVISIONAL }
    const kind = ANSWERS_TO_CANCEL[headers.status ?? '']
    if (kind === undefined) return unknownAnswer(headers, 'a CANCEL', '§9.2')
    // A 2xx ends the transaction (§17.2.1), or it does not (RFC 6026 §7.1): there is one to cancel, or there is none.
    const isAnswered = way.from !== null && this.#accepted.has(`${other(way.from)} ${headers.cseq}`)
    return { kind: isAnswered ? ANSWERS_TO_CANCEL['200']! : kind, more: { cseq } }
  }

  #invite(i: number, headers: Headers, way: Way): Read {
    const { contact, cseq = '', status = '' } = headers
    const number = this.#numberOf(headers, way)
    if (status === '200' && way.from !== null) this.#accepted.add(`${other(way.from)} ${cseq}`)
    const told = addressOf(contact) === '' ? {} : { contact: this.#ends.place(addressOf(contact)) }
    if (headers.method === 'INVITE')
      return { kind: 'INVITE', more: { cseq: number, ...told, ...this.#requestUri(headers) } }
    if (headers.method === 'ACK') {
      // The ACK of an error repeats the branch of its INVITE (RFC 3261 §17.1.1.3).
      if (this.#inviteBranches.has(topOf(headers))) return { kind: 'ACK (error)', more: { cseq: number } }
      return { kind: 'ACK', more: { cseq: number, ...this.#requestUri(headers) } }
    }
    const kind = ANSWERS[status]
    if (kind !== undefined) return { kind, more: { cseq: number, ...(status === '200' ? told : {}) } }
    if (!(Number(status) > 100 && Number(status) < 200)) return unknownAnswer(headers, 'a re-INVITE', '§14.1')
    // By way of a proxy, whoever asks has had its 100 before.
    const isDirect = way.from !== null && way.to !== null
    return isDirect && this.#followsRequest(i, headers)
      ? { kind: ANSWERS['100']!, more: { cseq: number } }
      : { left: PROVISIONAL }
  }

  /** Whether nothing else has come since the request, or its last copy. */
  #followsRequest(i: number, headers: Headers): boolean {
    const before = this.#lines
      .slice(0, i)
      .findLast(({ fields }) => methodOf(fields) === 'INVITE' && topOf(fields) === topOf(headers))
    return before !== undefined && isRequest(before.fields)
  }

  #beyond(headers: Headers): Read {
    const method = methodOf(headers)
    if (!HARMLESS.includes(method)) {
      const why = BEYOND[method] ?? `The model knows no ${method}`
      return isRequest(headers) ? { unsupported: why } : { left: `an answer to ${method}` }
    }
    if (headers.status === '481' || headers.status === '408')
      return {
        unsupported: `${headers.status} to ${method} ends the dialog (RFC 3261 §12.2.1.2), and the model has no ${method}`,
      }
    return { left: `${method}, which changes nothing of the dialog` }
  }

  #requestUri({ requestUri }: Headers): { readonly requestUri?: string } {
    const target = addressOf(requestUri)
    return target === '' ? {} : { requestUri: this.#ends.place(target) }
  }

  /** Whose transaction it is: a request's sender, or whoever gets a response; seen from the end at either side, or by the request. */
  #ownerOf(headers: Headers, { from, to }: Way): End {
    const [near, far] = isRequest(headers) ? [from, to] : [to, from]
    if (near !== null) return near
    return far === null ? this.#askerOf(headers) : other(far)
  }

  /** Whose request a request or response belongs to, by its branch, or by its CSeq. */
  #askerOf({ branch = '', cseq, callId }: Headers): End {
    const branches = new Set(branch.split(','))
    const request = this.#lines.find(
      ({ fields }) =>
        isRequest(fields) && fields.cseq === cseq && (branches.has(topOf(fields)) || fields.callId === callId),
    )
    return (request === undefined ? null : this.#ends.speaker(request.fields)) ?? 'a'
  }
}

const nameOf = (headers: Headers): string =>
  isRequest(headers) ? headers.method! : `${headers.status} ${headers.cseqMethod}`

/** Never the nearest friend of what is known. */
function unknownAnswer({ status = '' }: Headers, what: string, section: string): Read {
  const code = Number(status)
  if (!(code >= 200 && code < 700)) return { kind: `status ${status}, which is none (RFC 3261 §7.2)` }
  return {
    unsupported: `${status} is an answer to ${what} (RFC 3261 ${section}) that neither the user agents nor the proxies of the model give`,
  }
}

export const ANSWERS: Readonly<Record<string, string>> = {
  '100': '100 Trying',
  '200': '200 OK',
  '408': '408 Request Timeout',
  '481': '481 Call/Transaction Does Not Exist',
  '487': '487 Request Terminated',
  '491': '491 Request Pending',
  '500': '500 Server Internal Error',
}

export const ANSWERS_TO_BYE: Readonly<Record<string, string>> = {
  '200': '200 OK (BYE)',
  '408': '408 Request Timeout (BYE)',
  '481': '481 Call/Transaction Does Not Exist (BYE)',
}

export const ANSWERS_TO_CANCEL: Readonly<Record<string, string>> = {
  '200': '200 OK (CANCEL)',
  '481': '481 Call/Transaction Does Not Exist (CANCEL)',
}

/** CSeq wraps round where back-offs may go on for ever: that is also what a log with many is counted by. */
const CSEQ_MODULUS = 8
