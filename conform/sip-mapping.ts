import type { Mapping } from './mapping.ts'
import { Copies, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/**
 * SIP as `tshark` tells it, in the words of `spec/sip`. Fields: src, dst (addresses), method, status, cseq, cseqMethod, callId, branch, contact,
 * requestUri, fromTag, toTag.
 *
 * The model begins with an established dialog: what comes before the first ACK is left out. So are copies that a router shows on its other side,
 * the transaction of a BYE (its repetitions and answers), a REGISTER that only refreshes or goes with another of the same move, and what belongs to
 * neither. CSeq is counted from the first re-INVITE of each side, modulo the model's.
 */
function mapSip(lines: readonly LogLine[], modulus: number): Mapped {
  const leftOut = new LeftOut()
  const calls = lines.filter(({ fields }) => fields.method === 'INVITE' || fields.cseqMethod === 'INVITE')
  const first = calls.find(({ fields }) => fields.method === 'INVITE')
  if (first === undefined)
    throw new LogError(
      'No line of the log is an INVITE, so that there is no call to judge. Is it a capture of SIP, and are its fields those of the schema?',
    )
  const callId = first.fields.callId
  const speaker = speakerIn(lines, first)
  const begins = lines.findIndex(({ fields }) => fields.method === 'ACK' && fields.callId === callId)
  if (begins < 0)
    throw new LogError(
      'The call of the log is never established: there is no ACK. A call that is being set up is no run of this model.',
    )

  const stops: Record<string, string[]> = { a: [addressOf(first.fields.contact ?? '')], b: [] }
  const hostAt = new Map<string, string>()
  const learn = (host: 'a' | 'b', address: string): void => {
    if (address === '' || hostAt.get(address) === host) return
    hostAt.set(address, host)
    if (!stops[host]!.includes(address)) stops[host]!.push(address)
  }
  for (const { fields } of lines) {
    const host = speaker(fields)
    // Only what a host itself sends says where it is: a registrar repeats old contacts.
    if (host !== null && fields.src === addressOf(fields.contact ?? '')) learn(host, fields.src)
  }
  // A server is registered with, or speaks of the call without being one of its ends.
  const servers = new Set(
    lines.flatMap(({ fields: { src = '', dst = '', method, callId: call } }) => [
      ...(method === 'REGISTER' ? [dst] : []),
      ...(call === callId && !hostAt.has(src) ? [src] : []),
    ]),
  )
  const place = (address: string): string => {
    const host = hostAt.get(address)
    if (host !== undefined) return `${host}@${stops[host]!.indexOf(address)}`
    return servers.has(address) ? 'server' : `unknown ${address}`
  }
  const cseqs: Record<string, string[]> = { a: [], b: [] }
  const registered = new Map<string, string>()
  const keptRegisters = new Set<string>()
  const copies = new Copies()
  const byes = new Set<string>()
  const seen: Seen[] = []

  for (const [i, { line, time, fields }] of lines.entries()) {
    const { src = '', dst = '', method = '', status = '', cseq = '', cseqMethod = '', branch = '' } = fields
    if (method === '' && status === '') {
      leftOut.add('no SIP')
      continue
    }
    const own = branch.split(',')[0]!
    if (copies.has(`${src} ${dst} ${method}${status} ${cseq} ${branch}`, time)) {
      leftOut.add('seen twice by the router')
      continue
    }
    if (
      i <= begins ||
      (method === 'ACK' &&
        fields.callId === callId &&
        seen.length === 0 &&
        i <= begins + 4 &&
        cseq === lines[begins]!.fields.cseq)
    ) {
      leftOut.add('before the dialog is established')
      continue
    }
    const source = place(src)
    const destination = place(dst)
    const sender = source.split('@')[0]!
    const add = (kind: string, more: Readonly<Record<string, string | number>>): void => {
      seen.push({
        line,
        time,
        kind,
        source,
        destination,
        fields: more,
        words: `${method === '' ? `${status} ${cseqMethod}` : method} CSeq ${cseq} from ${src} to ${dst}`,
      })
    }
    if (cseqMethod === 'REGISTER' || method === 'REGISTER') {
      if (method === 'REGISTER') {
        const contact = addressOf(fields.contact ?? '')
        if (registered.get(sender) === contact || (!registered.has(sender) && contact === stops[sender]?.[0])) {
          leftOut.add('a further REGISTER of the same address')
          continue
        }
        registered.set(sender, contact)
        keptRegisters.add(own)
        add('REGISTER', { contact: place(contact) })
      } else if (keptRegisters.delete(own)) add('200 OK (REGISTER)', {})
      else leftOut.add('an answer to a further REGISTER')
      continue
    }
    if (fields.callId !== callId) {
      leftOut.add('another call')
      continue
    }
    const owner = ownerAt(source, destination, method !== '') ?? transactionOwner(fields, lines, speaker)
    if (cseqMethod === 'BYE' || method === 'BYE') {
      if (method === 'BYE' && !byes.has(`${own}`)) {
        byes.add(own)
        add('BYE', {})
      } else leftOut.add('the transaction of a BYE')
      continue
    }
    const known = cseqs[owner]!
    if (cseqMethod === 'INVITE' || method === 'INVITE' || method === 'ACK') {
      if (!known.includes(cseq)) known.push(cseq)
      const number = (1 + known.indexOf(cseq) + 1) % modulus
      const contact =
        fields.contact === undefined || fields.contact === '' ? {} : { contact: place(addressOf(fields.contact)) }
      if (method === 'INVITE') add('INVITE', { cseq: number, ...contact })
      else if (method === 'ACK') {
        // The ACK of an error repeats the branch of its INVITE (RFC 3261 §17.1.1.3).
        const ofError = lines.some(
          (other) => other.fields.method === 'INVITE' && other.fields.branch?.split(',')[0] === own,
        )
        add(ofError ? 'ACK (error)' : 'ACK', { cseq: number })
      } else if (status === '180' || status === '183') leftOut.add('provisional responses that the model leaves out')
      else add(NAMES[status] ?? `status ${status}`, { cseq: number, ...(status === '200' ? contact : {}) })
      continue
    }
    leftOut.add(`${method || status} is not modelled`)
  }
  if (seen.length === 0) {
    throw new LogError(
      `Nothing of the log's ${lines.length} lines is about a call that moves: ${Object.entries(leftOut.reasons)
        .map(([why, n]) => `${n} ${why}`)
        .join(', ')}.`,
    )
  }
  return { seen, leftOut: leftOut.reasons, stops, showsServers: servers.size > 0 }
}

const NAMES: Readonly<Record<string, string>> = {
  '100': '100 Trying',
  '200': '200 OK',
  '408': '408 Request Timeout',
  '481': '481 Call/Transaction Does Not Exist',
  '491': '491 Request Pending',
  '500': '500 Server Internal Error',
}

/** 'sip:A-0x55@10.1.0.2:5060' is user A-0x55 at 10.1.0.2. */
const userOf = (uri: string): string => /^sips?:([^@;>]+)@/.exec(uri)?.[1] ?? ''
const addressOf = (uri: string): string =>
  /^<?sips?:(?:[^@>;]*@)?\[?([0-9a-fA-F.:]+?)\]?(?::\d+)?(?:[;>?]|$)/.exec(uri)?.[1] ?? ''

/** Which host a message is from, by its tags (RFC 3261 §12.1), or by the user in its Contact. */
type Speaker = (fields: LogLine['fields']) => 'a' | 'b' | null

/** a makes the call; b is whoever answers it. */
function speakerIn(lines: readonly LogLine[], first: LogLine): Speaker {
  const { callId, fromTag, contact } = first.fields
  const answers = lines.filter(
    ({ fields }) => fields.callId === callId && fields.status === '200' && fields.cseqMethod === 'INVITE',
  )
  const userOfA = userOf(contact ?? '')
  const toTag = answers.find(({ fields }) => fields.toTag !== undefined)?.fields.toTag
  const userOfB = answers.map(({ fields }) => userOf(fields.contact ?? '')).find((user) => user !== userOfA) ?? ''
  const byTags = fromTag !== undefined && toTag !== undefined
  const byUsers = userOfA !== '' && userOfB !== ''
  if (!byTags && !byUsers)
    throw new LogError('The log does not tell who calls whom: the call has neither tags, nor Contacts with two users.')
  return (fields) => {
    if (byTags && fields.callId === callId) {
      const tag = fields.method === undefined ? fields.toTag : fields.fromTag
      if (tag === fromTag) return 'a'
      if (tag === toTag) return 'b'
    }
    if (!byUsers) return null
    const user = userOf(fields.contact ?? '')
    return user === userOfA ? 'a' : user === userOfB ? 'b' : null
  }
}

/** Whose transaction it is, seen from the host at either end: a request's sender, or whoever gets a response. */
function ownerAt(source: string, destination: string, isRequest: boolean): 'a' | 'b' | null {
  const [near, far] = (isRequest ? [source, destination] : [destination, source]).map((place) => place.split('@')[0]!)
  if (near === 'a' || near === 'b') return near
  return far === 'a' ? 'b' : far === 'b' ? 'a' : null
}

/** Whose INVITE a request or response belongs to: it has the CSeq that this side's INVITE had. */
function transactionOwner(fields: LogLine['fields'], lines: readonly LogLine[], speaker: Speaker): 'a' | 'b' {
  const branches = new Set((fields.branch ?? '').split(','))
  const invite = lines.find(
    (other) =>
      other.fields.method === 'INVITE' &&
      other.fields.cseq === fields.cseq &&
      (branches.has(other.fields.branch?.split(',')[0] ?? '') || other.fields.callId === fields.callId),
  )
  return (invite === undefined ? null : speaker(invite.fields)) ?? 'a'
}

/** CSeq wraps round where back-offs may go on for ever: that is also what a log with many is counted by. */
const CSEQ_MODULUS = 8

const REGISTRATION = ['REGISTER', '200 OK (REGISTER)']

export const sipMapping: Mapping = {
  map: (lines) => mapSip(lines, CSEQ_MODULUS),
  kinds: new Set([...Object.values(NAMES), 'INVITE', 'ACK', 'ACK (error)', 'BYE', ...REGISTRATION]),
  registration: new Set(REGISTRATION),
  options: { retransmissions: 6, 'retries after 491': 'unlimited' },
  serverPlace: () => 'server',
  uses: [],
  capture: {
    what: 'SIP',
    markers: ['method', 'status'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['sip.Method', 'method'],
      ['sip.Status-Code', 'status'],
      ['sip.CSeq.seq', 'cseq'],
      ['sip.CSeq.method', 'cseqMethod'],
      ['sip.Call-ID', 'callId'],
      ['sip.Via.branch', 'branch'],
      ['sip.contact.uri', 'contact'],
      ['sip.r-uri', 'requestUri'],
      ['sip.from.tag', 'fromTag'],
      ['sip.to.tag', 'toTag'],
    ],
  },
}
