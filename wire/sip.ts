import type { Packet } from '../spec/internet/packet.ts'
import type { SipMessage } from '../spec/sip/messages.ts'
import type { AddressBook } from './addresses.ts'
import type { Sent } from './timeline.ts'

/** A SIP message, from and to IP addresses, as it goes over UDP. */
export interface SipPacket {
  readonly seconds: number
  readonly source: string
  readonly destination: string
  readonly text: string
}

type Host = 'a' | 'b'
const other = (host: Host): Host => (host === 'a' ? 'b' : 'a')

/** RFC 3261 §8.1.1.7: every branch begins so. */
const COOKIE = 'z9hG4bK'
/** Each side counts its requests from a number of its own (§12.1). */
const FIRST_CSEQ: Readonly<Record<Host, number>> = { a: 100, b: 500 }

/**
 * The messages of a run of `spec/sip` as real SIP (RFC 3261 §7, §20), after the set-up of the dialog that they are in.
 *
 * @param ip IPv4 addresses of the model's addresses
 * @param starts where a and b are when the call is set up, and the proxies that it goes by, if it does
 * @returns the messages, and how many of the run's are no SIP
 */
export function sipPackets(
  sent: readonly Sent[],
  ip: AddressBook,
  starts: { readonly a: string; readonly b: string; readonly proxyOfB: string | null },
): { packets: SipPacket[]; leftOut: number } {
  const writer = new SipWriter(ip)
  const SETUP = 0.1
  const packets = writer.setUp(starts)
  const later = sent.flatMap(({ seconds, packet }) => writer.write(seconds + SETUP * 10, packet))
  return { packets: [...packets, ...later], leftOut: sent.length - later.length }
}

interface Invite {
  readonly owner: Host
  readonly cseq: number
  readonly source: string
  readonly destination: string
  readonly requestUri: string
  readonly via: readonly string[]
}

class SipWriter {
  readonly #ip: AddressBook
  /** CSeq on the wire of each side's last requests, by the model's. */
  readonly #cseq: Readonly<Record<Host, Map<number, number>>> = {
    a: new Map([[1, FIRST_CSEQ.a]]),
    b: new Map([[1, FIRST_CSEQ.b]]),
  }
  readonly #last: Record<Host, { model: number; wire: number }> = {
    a: { model: 1, wire: FIRST_CSEQ.a },
    b: { model: 1, wire: FIRST_CSEQ.b },
  }
  readonly #invites: Invite[] = []
  /** The Vias of a BYE, by where it came from and went to. */
  readonly #byes = new Map<string, readonly string[]>()
  /** Where each branch was first sent from. */
  readonly #sentBy = new Map<string, string>()
  #serial = 0

  constructor(ip: AddressBook) {
    this.#ip = ip
  }

  /** INVITE, 200, ACK: by b's proxy, where there is one. */
  setUp({ a, b, proxyOfB }: { a: string; b: string; proxyOfB: string | null }): SipPacket[] {
    const way = proxyOfB === null ? [a, b] : [a, proxyOfB, b]
    const hops = way.slice(1).map((to, i): [string, string] => [way[i]!, to])
    const back = hops.map(([from, to]): [string, string] => [to, from]).reverse()
    const request = { cseq: 1, requestUri: b }
    const messages: [string, string, SipMessage][] = [
      ...hops.map(([s, d]): [string, string, SipMessage] => [
        s,
        d,
        { kind: 'INVITE', from: 'a', contact: a, ...request },
      ]),
      ...back.map(([s, d]): [string, string, SipMessage] => [s, d, { kind: '200 OK', cseq: 1, contact: b }]),
      ...hops.map(([s, d]): [string, string, SipMessage] => [s, d, { kind: 'ACK', ...request }]),
    ]
    return messages.flatMap(([source, destination, message], i) =>
      this.write(i / 100, { source, destination, hops: 1, message }),
    )
  }

  /** Nothing for what is no SIP (media, messages of Interceptors). */
  write(seconds: number, { source, destination, message }: Packet): SipPacket[] {
    const text = this.#text(source, destination, message as SipMessage)
    return text === null ? [] : [{ seconds, source: this.#ip(source), destination: this.#ip(destination), text }]
  }

  #text(source: string, destination: string, m: SipMessage): string | null {
    const owner = m.kind === 'INVITE' ? (m.from as Host) : this.#ownerOf(source, destination, m.kind)
    switch (m.kind) {
      case 'INVITE': {
        if (hostOf(source) === owner) this.#count(owner, m.cseq)
        const via = this.#via(source, owner, `${COOKIE}-${owner}${this.#wire(owner, m.cseq)}`, destination)
        this.#invites.push({ owner, cseq: m.cseq, source, destination, requestUri: m.requestUri, via })
        return this.#request('INVITE', this.#wire(owner, m.cseq), owner, m.requestUri, via, m.contact)
      }
      case 'ACK':
        return this.#request('ACK', this.#wire(owner, m.cseq), owner, m.requestUri, this.#newVia(source, owner))
      case 'ACK (error)': {
        const invite = this.#inviteOf(owner, m.cseq, destination, source)
        const via = invite?.via.slice(0, 1) ?? this.#newVia(source, owner)
        return this.#request('ACK', this.#wire(owner, m.cseq), owner, invite?.requestUri ?? destination, via)
      }
      case 'CANCEL': {
        const via = this.#inviteOf(owner, m.cseq, source, destination)?.via.slice(0, 1) ?? []
        return this.#request('CANCEL', this.#wire(owner, m.cseq), owner, m.requestUri, via)
      }
      case '200 OK (CANCEL)':
      case '481 Call/Transaction Does Not Exist (CANCEL)': {
        const status = m.kind.slice(0, -' (CANCEL)'.length)
        const via = this.#inviteOf(owner, m.cseq, destination, source)?.via.slice(0, 1) ?? []
        return this.#message(
          `SIP/2.0 ${status}`,
          via,
          owner,
          this.#wire(owner, m.cseq),
          'CANCEL',
          undefined,
          other(owner),
        )
      }
      case 'BYE':
        return this.#request(
          'BYE',
          this.#last[owner].wire + 1,
          owner,
          m.requestUri,
          this.#byeVia(source, destination, owner),
        )
      case '200 OK (BYE)':
      case '481 Call/Transaction Does Not Exist (BYE)':
      case '408 Request Timeout (BYE)': {
        const status = m.kind.slice(0, -' (BYE)'.length)
        return this.#message(
          `SIP/2.0 ${status}`,
          this.#byes.get(`${destination} ${source}`) ?? [],
          owner,
          this.#last[owner].wire + 1,
          'BYE',
          undefined,
          other(owner),
        )
      }
      case 'REGISTER':
        return this.#register('REGISTER sip:example.org SIP/2.0', source, m.from as Host, m.cseq, m.contact)
      case '200 OK (REGISTER)':
        return this.#register('SIP/2.0 200 OK', destination, hostOf(destination)!, m.cseq, null)
      case 'refusal (REGISTER)':
        return this.#register('SIP/2.0 403 Forbidden', destination, hostOf(destination)!, m.cseq, null)
      case 'RTP':
      case 'Forward':
      case 'Forwarding':
        return null
      default: {
        const via = this.#inviteOf(owner, m.cseq, source, destination)?.via ?? []
        const contact = m.kind === '200 OK' ? m.contact : undefined
        return this.#message(
          `SIP/2.0 ${m.kind}`,
          via,
          owner,
          this.#wire(owner, m.cseq),
          'INVITE',
          contact,
          other(owner),
        )
      }
    }
  }

  /** Whose transaction it is: a request's sender, or whoever a response goes to; seen from the host at either end. */
  #ownerOf(source: string, destination: string, kind: string): Host {
    const isRequest = kind.startsWith('ACK') || ['BYE', 'CANCEL', 'REGISTER'].includes(kind)
    const [near, far] = isRequest ? [source, destination] : [destination, source]
    return hostOf(near) ?? other(hostOf(far) ?? 'b')
  }

  #count(owner: Host, model: number): void {
    if (this.#last[owner].model === model) return
    this.#last[owner] = { model, wire: this.#last[owner].wire + 1 }
    this.#cseq[owner].set(model, this.#last[owner].wire)
  }

  #wire(owner: Host, model: number): number {
    return this.#cseq[owner].get(model) ?? this.#last[owner].wire
  }

  #inviteOf(owner: Host, cseq: number, server: string, client: string): Invite | undefined {
    const these = this.#invites.filter((one) => one.owner === owner && one.cseq === cseq).reverse()
    return (
      these.find((one) => one.destination === server && one.source === client) ??
      these.find((one) => one.source === client) ??
      these.find((one) => one.destination === server) ??
      these[0]
    )
  }

  /** The Vias of an INVITE: a proxy adds its own on top, one a branch (§16.6). */
  #via(source: string, owner: Host, branch: string, destination: string): string[] {
    if (hostOf(source) === owner) return [this.#viaLine(source, branch)]
    const below = this.#invites.findLast((one) => one.owner === owner && one.destination === source)?.via ?? []
    return [this.#viaLine(source, `${branch}-${this.#ip(destination).replaceAll('.', '-')}`), ...below]
  }

  /** One transaction, whose copies have the same branch; a proxy adds its own on top. */
  #byeVia(source: string, destination: string, owner: Host): string[] {
    // Each proxy has a branch of its own (§16.6).
    const branch = `${COOKIE}-${owner}-bye`
    const own = this.#viaLine(
      source,
      hostOf(source) === owner ? branch : `${branch}-${this.#ip(destination).replaceAll('.', '-')}`,
    )
    const below = [...this.#byes].findLast(([way]) => way.endsWith(` ${source}`))?.[1] ?? []
    const via = hostOf(source) === owner ? [own] : [own, ...below]
    this.#byes.set(`${source} ${destination}`, via)
    return via
  }

  #newVia(source: string, owner: Host): string[] {
    this.#serial += 1
    return [this.#viaLine(source, `${COOKIE}-${owner}-n${this.#serial}`)]
  }

  /** A copy is what was sent first, Via and all, wherever its sender has moved since: with another it would be a new transaction (§17.2.3). */
  #viaLine(source: string, branch: string): string {
    const key = `${hostOf(source) ?? source} ${branch}`
    const sentBy = this.#sentBy.get(key) ?? this.#ip(source)
    this.#sentBy.set(key, sentBy)
    return `Via: SIP/2.0/UDP ${sentBy}:5060;branch=${branch}`
  }

  #request(
    method: string,
    cseq: number,
    owner: Host,
    requestUri: string,
    via: readonly string[],
    contact?: string,
  ): string {
    const uri = `sip:${other(owner)}@${this.#ip(requestUri)}:5060`
    return this.#message(`${method} ${uri} SIP/2.0`, via, owner, cseq, method, contact, owner)
  }

  #message(
    first: string,
    via: readonly string[],
    owner: Host,
    cseq: number,
    method: string,
    contact: string | undefined,
    whose: Host,
  ): string {
    const body =
      contact === undefined
        ? ''
        : lines(
            'v=0',
            `o=${whose} 1 ${cseq} IN IP4 ${this.#ip(contact)}`,
            's=-',
            `c=IN IP4 ${this.#ip(contact)}`,
            't=0 0',
            'm=audio 4000 RTP/AVP 0',
          )
    const head = lines(
      first,
      ...via,
      ...(first.startsWith('SIP') ? [] : ['Max-Forwards: 70']),
      `From: <sip:${owner}@example.org>;tag=of-${owner}`,
      `To: <sip:${other(owner)}@example.org>${first.startsWith('INVITE') && cseq === FIRST_CSEQ.a ? '' : `;tag=of-${other(owner)}`}`,
      'Call-ID: call@example.org',
      `CSeq: ${cseq} ${method}`,
      ...(contact === undefined ? [] : [`Contact: <sip:${whose}@${this.#ip(contact)}:5060>`]),
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${body.length}`,
    )
    return `${head}\r\n${body}`
  }

  /** A registration is no part of the dialog: a Call-ID of its own (§10.2). */
  #register(first: string, address: string, who: Host, cseq: number, contact: string | null): string {
    return `${lines(
      first,
      this.#viaLine(address, `${COOKIE}-r-${who}${cseq}`),
      ...(first.startsWith('SIP') ? [] : ['Max-Forwards: 70']),
      `From: <sip:${who}@example.org>;tag=r-${who}`,
      `To: <sip:${who}@example.org>${first.startsWith('SIP') ? ';tag=registrar' : ''}`,
      `Call-ID: register-${who}@example.org`,
      `CSeq: ${cseq} REGISTER`,
      ...(contact === null ? [] : [`Contact: <sip:${who}@${this.#ip(contact)}:5060>`]),
      'Content-Length: 0',
    )}\r\n`
  }
}

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('')

/** An address 'west-2/a' is a host's, 'home-a/server' is not. */
function hostOf(address: string): Host | null {
  const owner = address.slice(address.indexOf('/') + 1)
  return owner === 'a' || owner === 'b' ? owner : null
}
