import { ENDS, type End } from '../spec/roaming.ts'
import { LogError, type LogLine } from './observation.ts'
import { addressOf, type Headers, hops, isRequest, methodOf, topOf, userOf } from './sip-headers.ts'

/** The call of a log, and who of it is where. */
export interface Ends {
  readonly callId: string | undefined
  /** Of each end; null where the log has none. */
  readonly tags: Readonly<Record<End, string>> | null
  /** Which end a message is from, by its tags (RFC 3261 §12.1), or by the user in its Contact; null where that does not show. */
  readonly speaker: (headers: Headers) => End | null
  /** The position of the first ACK: the call is established, and the model begins. */
  readonly begins: number
  /** The addresses that each end sends from, in order, from then on; it may come back to one. */
  readonly stops: Readonly<Record<End, readonly string[]>>
  /** 'a@1', 'server', or what is unknown. */
  readonly place: (address: string) => string
  readonly endAt: (address: string) => End | null
  readonly showsServers: boolean
  readonly isRegistrar: (address: string) => boolean
  /** Contacts that only who is behind a NAT has: what the wire shows stands for them. */
  readonly behindNat: ReadonlySet<string>
}

/** @throws LogError where there is no call, or nobody can tell who is who */
export function endsOf(lines: readonly LogLine[]): Ends {
  if (!lines.some(({ fields }) => fields.method === 'INVITE'))
    throw new LogError(
      'No line of the log is an INVITE, so that there is no call to judge. Is it a capture of SIP, and are its fields those of the schema?',
    )
  const isAckOf2xx = acksOf2xxIn(lines)
  const first = firstInviteOf(lines, isAckOf2xx)
  if (first === undefined)
    throw new LogError(
      'No call of the log is ever established: no 2xx of an INVITE is acknowledged. A call that is being set up, or given up before it is answered, is no run of this model.',
    )
  const { callId } = first.fields
  const begins = lines.findIndex(({ fields }) => fields.callId === callId && isAckOf2xx(fields))
  const isInDialog = first.fields.toTag !== undefined || lines[begins]!.fields.cseq !== first.fields.cseq
  if (isInDialog)
    throw new LogError(
      `The log begins in the middle of a call: its first INVITE (line ${first.line}) ${first.fields.toTag === undefined ? 'has another CSeq than the first ACK' : 'has a To tag (RFC 3261 §12.2.1.1)'}. Begin the capture before the call is set up.`,
    )
  const { speaker, tags } = speakerIn(lines, first)
  const registrars = registrarsIn(lines)
  const isProxied = registrars.size > 0 || lines.some(({ fields }) => hops(fields) > 1)
  const hostAt = new Map<string, End>()
  for (const { fields } of lines) {
    const end = speaker(fields)
    if (end !== null && isSentByItself(fields, { registrars, isProxied, callId })) hostAt.set(fields.src ?? '', end)
  }
  const endAt = (address: string): End | null => hostAt.get(address) ?? null
  // A server is spoken to, and speaks, without being an end.
  const ofTheCall = lines.filter(({ fields }) => fields.callId === callId)
  const spokenTo = new Set(ofTheCall.map(({ fields }) => fields.dst ?? ''))
  const servers = new Set([
    ...registrars,
    ...ofTheCall.flatMap(({ fields: { src = '' } }) => (!hostAt.has(src) && spokenTo.has(src) ? [src] : [])),
  ])
  const stops = stopsOf(lines, begins, endAt, addressOf(first.fields.contact))
  const natted = nattedIn(lines, { endAt, speaker })
  const place = (address: string): string => {
    const wire = natted.get(address) ?? address
    const end = endAt(wire)
    if (end !== null) return `${end}@${stops[end].indexOf(wire)}`
    return servers.has(wire) ? 'server' : `unknown ${wire}`
  }
  return {
    callId,
    tags,
    speaker,
    begins,
    stops,
    place,
    endAt,
    showsServers: servers.size > 0,
    isRegistrar: (address) => registrars.has(address),
    behindNat: new Set(natted.keys()),
  }
}

/** Where REGISTERs go and are answered from; where none is, wherever one goes. */
function registrarsIn(lines: readonly LogLine[]): ReadonlySet<string> {
  const of = (wanted: (headers: Headers) => string | undefined): string[] =>
    lines.flatMap(({ fields }) => (methodOf(fields) === 'REGISTER' ? (wanted(fields) ?? []) : []))
  const asked = of((headers) => (isRequest(headers) ? headers.dst : undefined))
  const answering = new Set(of((headers) => (isRequest(headers) ? undefined : headers.src)))
  const both = asked.filter((one) => answering.has(one))
  return new Set(both.length > 0 ? both : asked)
}

/** The ACK of an error has the Via branch of its INVITE (RFC 3261 §17.1.1.3), that of a 2xx has its own. */
function acksOf2xxIn(lines: readonly LogLine[]): (headers: Headers) => boolean {
  const invites = new Set(
    lines.flatMap(({ fields }) => (fields.method === 'INVITE' && fields.branch !== undefined ? [topOf(fields)] : [])),
  )
  return (headers) => headers.method === 'ACK' && (headers.branch === undefined || !invites.has(topOf(headers)))
}

/** The INVITE that sets up the first call that is established: others are given up before, or refused and asked for again, with credentials for example. */
function firstInviteOf(lines: readonly LogLine[], isAckOf2xx: (headers: Headers) => boolean): LogLine | undefined {
  const ack = lines.find(({ fields }) => isAckOf2xx(fields))?.fields
  const invites = lines.filter(({ fields }) => fields.method === 'INVITE' && fields.callId === ack?.callId)
  const isRefused = ({ fields }: LogLine): boolean =>
    lines.some(
      ({ fields: one }) =>
        one.cseqMethod === 'INVITE' &&
        Number(one.status) >= 300 &&
        one.callId === fields.callId &&
        one.cseq === fields.cseq,
    )
  return invites.find((one) => one.fields.cseq === ack?.cseq || !isRefused(one)) ?? invites[0]
}

/** A server repeats old Contacts, and sends on what others sent: only what an end itself sends says where it is. */
function isSentByItself(
  headers: Headers,
  {
    registrars,
    isProxied,
    callId,
  }: { registrars: ReadonlySet<string>; isProxied: boolean; callId: string | undefined },
): boolean {
  const { src = '', contact } = headers
  if (src === '' || registrars.has(src)) return false
  if (src === addressOf(contact)) return true
  if (headers.callId !== callId && headers.method !== 'REGISTER') return false
  // A server's own requests within a call are ACKs of errors and CANCELs.
  const isOwn = isRequest(headers) && hops(headers) === 1 && !['ACK', 'CANCEL'].includes(methodOf(headers))
  return !isProxied || isOwn
}

function stopsOf(
  lines: readonly LogLine[],
  begins: number,
  endAt: (address: string) => End | null,
  callerAt: string,
): Record<End, string[]> {
  const stops: Record<End, string[]> = { a: [], b: [] }
  for (const [i, { fields }] of lines.entries()) {
    const { src = '' } = fields
    const end = endAt(src)
    if (end === null || stops[end].at(-1) === src) continue
    // Where somebody was before the call is no stop of it.
    if (i <= begins) stops[end] = [src]
    else stops[end].push(src)
  }
  if (stops.a.length === 0 && callerAt !== '') stops.a = [callerAt]
  return stops
}

/** Contacts that are never seen on the wire, and that their users put into their Vias as well, with where these send from. */
function nattedIn(
  lines: readonly LogLine[],
  { endAt, speaker }: Pick<Ends, 'endAt' | 'speaker'>,
): ReadonlyMap<string, string> {
  const sources = new Set(lines.map(({ fields }) => fields.src))
  const natted = new Map<string, string>()
  for (const { fields } of lines) {
    const { src = '', contact, sentBy } = fields
    const told = addressOf(contact)
    const end = endAt(src)
    if (end !== null && end === speaker(fields) && told !== '' && told === sentBy && !sources.has(told))
      natted.set(told, src)
  }
  return natted
}

/** a makes the call; b is whoever answers it. */
function speakerIn(lines: readonly LogLine[], first: LogLine): Pick<Ends, 'speaker' | 'tags'> {
  const { callId, fromTag, contact } = first.fields
  const answers = lines.filter(
    ({ fields }) => fields.callId === callId && fields.status === '200' && fields.cseqMethod === 'INVITE',
  )
  const userOfA = userOf(contact)
  const toTag = answers.find(({ fields }) => fields.toTag !== undefined)?.fields.toTag
  const userOfB = answers.map(({ fields }) => userOf(fields.contact)).find((user) => user !== userOfA) ?? ''
  const tags = fromTag !== undefined && toTag !== undefined ? { a: fromTag, b: toTag } : null
  const byUsers = userOfA !== '' && userOfB !== ''
  if (tags === null && !byUsers)
    throw new LogError('The log does not tell who calls whom: the call has neither tags, nor Contacts with two users.')
  const speaker = (headers: Headers): End | null => {
    if (tags !== null && headers.callId === callId) {
      const tag = isRequest(headers) ? headers.fromTag : headers.toTag
      const end = ENDS.find((one) => tags[one] === tag)
      if (end !== undefined) return end
    }
    if (!byUsers) return null
    const user = userOf(headers.contact)
    return user === userOfA ? 'a' : user === userOfB ? 'b' : null
  }
  return { tags, speaker }
}
