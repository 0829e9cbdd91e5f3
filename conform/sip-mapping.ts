import { ENDS, type End, other } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { actionsIn } from './sip-actions.ts'
import { type Ends, endsOf } from './sip-ends.ts'
import { sipFields } from './sip-fields.ts'
import { addressOf, HeaderRules, type Headers, isRequest, methodOf, topOf, type Way } from './sip-headers.ts'
import { type Registration, Registrations } from './sip-registrations.ts'
import { routesIn } from './sip-routes.ts'
import { packetsOf } from './translated.ts'

/**
 * SIP as `tshark` tells it, in the words of `spec/sip`. Fields: see `sip-fields.ts`.
 *
 * The model begins with an established dialog: what comes before the first ACK is left out. So are copies that a router shows on its other side, a REGISTER
 * that only refreshes or goes with another of the same move, and what belongs to neither. CSeq is counted from the first re-INVITE of each side, modulo the
 * model's (`CSEQ_MODULUS`). What headers must say of each other is held against RFC 3261: a line that goes against it is no message of the model.
 */
function mapSip(all: readonly LogLine[], latency: number): Mapped {
  const leftOut = new LeftOut()
  const about = all.filter(({ fields }) => methodOf(fields) !== '')
  for (let i = about.length; i < all.length; i++) leftOut.add('no SIP')
  const packets = packetsOf(about, identityOf, latency, leftOut)
  // Both ends' own addresses, whoever translates them on the way.
  const lines = packets.map((packet): LogLine => {
    const { line, time, fields, source = fields.src ?? '', destination } = packet
    return { line, time, fields: { ...fields, src: source, dst: destination } }
  })
  const ends = endsOf(lines)
  const reader = new Reader(lines, ends)
  const seen: Seen[] = []
  for (const [i, { line, time, fields }] of lines.entries()) {
    const { src = '', dst = '', status = '', cseq = '' } = fields
    const read = reader.read(i, fields)
    if ('left' in read) {
      leftOut.add(read.left)
      continue
    }
    const { kind = 'no message of the model', more = {}, unsupported } = read
    const { differs, until } = packets[i]!
    const name = isRequest(fields) ? fields.method : `${status} ${fields.cseqMethod}`
    seen.push({
      line,
      time,
      until,
      kind: differs === undefined ? kind : `${kind}, ${differs}`,
      source: ends.place(src),
      destination: ends.place(dst),
      fields: more,
      words: `${name} CSeq ${cseq} from ${src} to ${dst}`,
      ...(unsupported === undefined ? {} : { unsupported }),
    })
  }
  if (seen.length === 0) {
    throw new LogError(
      `Nothing of the log's ${all.length} lines is about a call that moves: ${Object.entries(leftOut.reasons)
        .map(([why, n]) => `${n} ${why}`)
        .join(', ')}.`,
    )
  }
  return {
    seen,
    leftOut: leftOut.reasons,
    stops: ends.stops,
    showsServers: ends.showsServers,
    options: {
      'registrations refused': reader.refused.join(' '),
      'copies are new transactions': hasCopiesWithNewVias(lines),
      actions: actionsIn(seen),
      ...routesIn(lines, ends, latency),
    },
    furtherOptions: { actions: [actionsIn(seen), ...ENDS.map((end) => `${end} notices`)].join(', ') },
  }
}

/** All that a line says, but where it was seen. Without branches, what a proxy sends on looks like what it got. */
function identityOf(headers: Headers): string {
  const { src, dst, srcPort: _, dstPort: __, ...others } = headers
  return JSON.stringify(headers.branch === undefined ? [others, src, dst] : others)
}

/** §17.2.3  A copy whose Via has another sent-by than the first one is another transaction: programs that move write it anew. */
function hasCopiesWithNewVias(lines: readonly LogLine[]): boolean {
  const first = new Map<string, string>()
  return lines.some(({ fields }) => {
    const { sentBy } = fields
    if (!isRequest(fields) || fields.branch === undefined || sentBy === undefined) return false
    const id = `${fields.method} ${topOf(fields)}`
    const before = first.get(id)
    if (before === undefined) first.set(id, sentBy)
    return before !== undefined && before !== sentBy
  })
}

/** What is made of a line: left out, with the reason; a message; or something that the model cannot go on after. */
type Read =
  | { readonly left: string }
  | {
      readonly kind?: string
      readonly more?: Readonly<Record<string, string | number>>
      readonly unsupported?: string
    }

const PROVISIONAL = 'provisional responses that the model leaves out'

/** Requests within a dialog that change nothing of it (RFC 3261 §11, RFC 6086, RFC 3428, RFC 3262). */
const HARMLESS = ['OPTIONS', 'INFO', 'MESSAGE', 'PRACK']

/** Why others are none of the model. */
const BEYOND: Readonly<Record<string, string>> = {
  UPDATE: 'An UPDATE is a target refresh besides re-INVITEs (RFC 3311 §5), and the model has none',
  CANCEL: 'A request is cancelled (RFC 3261 §9), and the model has no CANCEL',
  REFER: 'A call is transferred (RFC 3515), which the model does not know',
  SUBSCRIBE: 'A SUBSCRIBE is a target refresh (RFC 6665 §4.1.2), and the model has none',
  NOTIFY: 'A NOTIFY is a target refresh (RFC 6665 §4.1.3), and the model has none',
}

class Reader {
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
    const { callId, begins, endAt } = this.#ends
    const isBefore = i <= begins
    if (methodOf(headers) === 'REGISTER') return this.#registration(headers)
    if (headers.callId !== callId) return this.#other(headers, isBefore)
    const way = { from: endAt(headers.src ?? ''), to: endAt(headers.dst ?? '') }
    const wrong = this.#rules.wrong(headers, way)
    if (isBefore || this.#isOfTheSetup(headers, way)) return { left: 'before the dialog is established' }
    if (wrong !== null) return { kind: `${nameOf(headers)} that ${wrong}` }
    if (this.#ends.behindNat.has(headers.dst ?? ''))
      return { unsupported: 'It is sent to a Contact that nobody but a NAT can reach (RFC 3261 §8.1.1.8)' }
    switch (methodOf(headers)) {
      case 'BYE':
        return this.#bye(headers, way)
      case 'INVITE':
      case 'ACK':
        return this.#invite(headers, way)
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

  #invite(headers: Headers, way: Way): Read {
    const { contact, cseq = '', status = '' } = headers
    const known = this.#cseqs[this.#ownerOf(headers, way)]
    if (!known.includes(cseq)) known.push(cseq)
    const number = (1 + known.indexOf(cseq) + 1) % CSEQ_MODULUS
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
    return Number(status) > 100 && Number(status) < 200
      ? { left: PROVISIONAL }
      : unknownAnswer(headers, 'a re-INVITE', '§14.1')
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

const ANSWERS: Readonly<Record<string, string>> = {
  '100': '100 Trying',
  '200': '200 OK',
  '408': '408 Request Timeout',
  '481': '481 Call/Transaction Does Not Exist',
  '491': '491 Request Pending',
  '500': '500 Server Internal Error',
}

const ANSWERS_TO_BYE: Readonly<Record<string, string>> = {
  '200': '200 OK (BYE)',
  '408': '408 Request Timeout (BYE)',
  '481': '481 Call/Transaction Does Not Exist (BYE)',
}

/** CSeq wraps round where back-offs may go on for ever: that is also what a log with many is counted by. */
const CSEQ_MODULUS = 8

const REGISTRATION = ['REGISTER', '200 OK (REGISTER)', 'refusal (REGISTER)']

export const sipMapping: Mapping = {
  map: mapSip,
  kinds: new Set([
    ...Object.values(ANSWERS),
    'INVITE',
    'ACK',
    'ACK (error)',
    'BYE',
    ...Object.values(ANSWERS_TO_BYE),
    ...REGISTRATION,
  ]),
  registration: new Set(REGISTRATION),
  options: { retransmissions: 6, 'retries after 491': 'unlimited' },
  serverPlace: () => 'server',
  ...sipFields,
}
