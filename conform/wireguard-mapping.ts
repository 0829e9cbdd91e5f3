import { type End, other } from '../spec/roaming.ts'
import { Counters } from './counters.ts'
import { type FieldUse, type Mapping, UDP_ADDRESSES } from './mapping.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { packetsOf } from './translated.ts'
import { Whereabouts } from './whereabouts.ts'

/** Whitepaper §5.4. */
const TYPE = { initiation: '1', response: '2', cookie: '3', transport: '4' } as const
/** A UDP datagram with transport data of length zero: two headers and an authenticator (§5.4.6). */
const KEEPALIVE_LENGTH = '40'

type Fields = LogLine['fields']

/** What two sightings of a packet have in common: an index or a counter is never used twice. */
const identityOf = ({ wgType, wgSender, wgReceiver, counter }: Fields): string =>
  [wgType, wgSender, wgReceiver, counter].join(' ')

/**
 * WireGuard as `tshark` tells it, in the words of `spec/wireguard`. What is encrypted it cannot tell, but who sends what to which address, in which
 * session. a is who sends persistent keepalives, if one end alone does; else who initiates the first handshake. A log must begin before that: else nobody knows
 * whose indices are whose. Other tunnels, between others, are left out. What an initiator sends first in a session confirms its keys (§5.4.4), whether it carries data or not.
 */
function mapWireGuard(lines: readonly LogLine[], latency: number): Mapped {
  const leftOut = new LeftOut()
  const about = lines.filter(({ fields }) => fields.wgType !== undefined)
  for (let i = about.length; i < lines.length; i++) leftOut.add('no WireGuard')
  const packets = packetsOf(about, identityOf, latency, leftOut)
  const first = packets[0]
  if (first === undefined || first.fields.wgType !== TYPE.initiation)
    throw new LogError(
      `${first === undefined ? 'The log has no WireGuard' : `The first packet of WireGuard in the log, line ${first.line}, is no handshake initiation`}, so that nobody knows whose indices are whose. Begin the capture before the tunnel is brought up.`,
    )
  const sessions = new Sessions()
  const indices = new Indices()
  const counters = new Counters(
    packets.map(({ time, fields: { wgType, wgReceiver = '', counter } }) =>
      wgType === TYPE.transport ? { series: wgReceiver, number: Number(counter), time } : null,
    ),
    0,
  )
  // Who is who is not known before the end: until then the first initiator is a.
  const where = new Whereabouts(first.source!, first.destination)
  const keepers = new Keepers()
  const drafts: (Omit<Seen, 'source' | 'destination' | 'words'> & {
    readonly from: string | undefined
    readonly to: string
  })[] = []
  for (const [i, { line, time, until, fields, source, destination, differs }] of packets.entries()) {
    const { wgType = '', length } = fields
    const sender = where.senderOf(source, destination, sessions.ownerOf(fields.wgReceiver))
    if (sender === undefined && where.hostAt(destination) === undefined) {
      leftOut.add('another tunnel')
      continue
    }
    where.sees(sender, source)
    const said = sessions.says(sender, fields)
    const number = differs ?? (wgType === TYPE.transport ? counters.of(i) : indices.of(fields))
    const kind =
      wgType !== TYPE.transport
        ? (KINDS[wgType] ?? `type ${wgType}`)
        : said.confirms
          ? 'key confirmation'
          : length === KEEPALIVE_LENGTH
            ? 'keepalive'
            : 'data'
    if (sender !== undefined) keepers.sees(sender, kind, time)
    drafts.push({
      line,
      time,
      until,
      kind,
      from: source,
      to: destination,
      fields: { number, ...(said.receiver === undefined ? {} : { receiver: said.receiver }) },
      ...(wgType === TYPE.cookie
        ? { unsupported: 'A cookie reply tells of a host under load, which is not modelled' }
        : {}),
    })
  }
  sessions.check()
  if (keepers.alone() === 'b') where.swap()
  const seen = drafts.map(
    ({ from, to, ...rest }): Seen => ({
      ...rest,
      source: from === undefined ? undefined : where.place(from),
      destination: where.place(to),
      words: `${rest.kind} from ${from ?? 'inside a translator'} to ${to}`,
    }),
  )
  return { seen, leftOut: leftOut.reasons, stops: where.stops, showsServers: false }
}

const KINDS: Readonly<Record<string, string>> = {
  [TYPE.initiation]: 'handshake initiation',
  [TYPE.response]: 'handshake response',
  [TYPE.cookie]: 'cookie reply',
}

interface Session {
  readonly initiator: End
  /** Among those that were answered. */
  readonly order: number
  confirmed: boolean
}

/** Whose indices are whose, and which session a packet is of. */
class Sessions {
  readonly #initiations = new Map<string, End>()
  readonly #owners = new Map<string, { readonly end: End; readonly session: Session }>()
  readonly #latest: Record<End, number> = { a: 0, b: 0 }
  readonly #unknown = new Map<string, number>()
  #count = 0

  /** Who chose an index. */
  ownerOf(index: string | undefined): End | undefined {
    if (index === undefined) return undefined
    return this.#owners.get(index)?.end ?? this.#initiations.get(index)
  }

  /** What a packet says of its session, and whether it is the first of its initiator in it. */
  says(
    sender: End | undefined,
    { wgType, wgSender = '', wgReceiver = '' }: Fields,
  ): { receiver?: string; confirms?: true } {
    if (wgType === TYPE.initiation) {
      if (sender !== undefined) this.#initiations.set(wgSender, sender)
      return {}
    }
    if (sender === undefined) return { receiver: `${wgReceiver}, from nobody who is known` }
    const owner = this.ownerOf(wgReceiver)
    if (owner === undefined) {
      this.#unknown.set(wgReceiver, (this.#unknown.get(wgReceiver) ?? 0) + 1)
      return { receiver: `${wgReceiver}, which nobody chose` }
    }
    if (owner === sender) return { receiver: `${wgReceiver}, which its sender chose` }
    if (wgType === TYPE.response) return this.#answers(sender, wgSender, wgReceiver)
    if (wgType !== TYPE.transport) return {}
    return this.#transports(sender, wgReceiver)
  }

  #answers(sender: End, index: string, initiation: string): { receiver: string } {
    if (!this.#initiations.has(initiation)) return { receiver: `${initiation}, which is no initiation's` }
    this.#count += 1
    const session: Session = { initiator: other(sender), order: this.#count, confirmed: false }
    this.#owners.set(initiation, { end: other(sender), session })
    this.#owners.set(index, { end: sender, session })
    return FITS
  }

  #transports(sender: End, index: string): { receiver: string; confirms?: true } {
    const session = this.#owners.get(index)?.session
    if (session === undefined) return { receiver: `${index}, whose handshake has no answer` }
    if (session.order < this.#latest[sender]) return { receiver: `${index}, of a session that its sender had left` }
    if (sender !== session.initiator && !session.confirmed)
      return { receiver: `${index}, of a session that is not confirmed` }
    this.#latest[sender] = session.order
    if (sender !== session.initiator || session.confirmed) return FITS
    session.confirmed = true
    return { ...FITS, confirms: true }
  }

  /** @throws LogError where data go on in a session that is older than the log */
  check(): void {
    const [index] = [...this.#unknown].find(([, packets]) => packets > 1) ?? []
    if (index === undefined) return
    throw new LogError(
      `Index ${index}, to which packets are sent, is of no handshake in the log: it begins in a session. Begin the capture before the tunnel is brought up.`,
    )
  }
}

const FITS = { receiver: 'chosen by the receiver' } as const

/** What is wrong with the index of a handshake, if anything is: each is new. */
class Indices {
  readonly #known = new Set<string>()

  of({ wgType, wgSender }: Fields): string {
    if (wgSender === undefined) return wgType === TYPE.initiation ? 'none' : 'new'
    const isNew = !this.#known.has(wgSender)
    this.#known.add(wgSender)
    return isNew ? 'new' : `${wgSender}, which was there before`
  }
}

/** KEEPALIVE_TIMEOUT, less a tick. */
const PASSIVE = 9

/** Who sends keepalives that answer no data. */
class Keepers {
  readonly #owes: Record<End, number | null> = { a: null, b: null }
  readonly #keeps: Record<End, boolean> = { a: false, b: false }

  sees(sender: End, kind: string, time: number): void {
    const since = this.#owes[sender]
    if (kind === 'keepalive' && (since === null || time - since < PASSIVE)) this.#keeps[sender] = true
    if (kind === 'keepalive' || kind === 'data' || kind === 'key confirmation') this.#owes[sender] = null
    if (kind === 'data' || kind === 'key confirmation') this.#owes[other(sender)] ??= time
  }

  /** The only one, if there is one. */
  alone(): End | null {
    const { a, b } = this.#keeps
    return a === b ? null : a ? 'a' : 'b'
  }
}

const uses: readonly FieldUse[] = [
  {
    field: 'src',
    use: 'normalised',
    how: 'where its sender is, or was before it noticed a move: an address that it was not at is a move, since WireGuard has no other sign of one. Of a packet that shows on both sides of a translator, the address outside',
  },
  { field: 'srcPort', use: 'normalised', how: 'as a part of src' },
  { field: 'dst', use: 'compared', how: "with the sender's endpoint: where the last authentic packet came from" },
  { field: 'dstPort', use: 'compared', how: 'as a part of dst' },
  { field: 'wgType', use: 'compared', how: 'as the kind of message' },
  {
    field: 'wgReceiver',
    use: 'compared',
    of: 'handshake response, key confirmation, data, keepalive',
    how: 'with the indices that the other end chose: of a handshake that was answered, confirmed, and is not older than one that its sender has used',
  },
  {
    field: 'counter',
    use: 'compared',
    of: 'key confirmation, data, keepalive',
    how: 'with those before it in its session: it is greater. Where some are missing, they were lost before anybody saw them',
  },
  {
    field: 'wgSender',
    use: 'normalised',
    of: 'handshake initiation, handshake response',
    how: 'the name of a session, by which later packets are held against it; none comes twice',
  },
  {
    field: 'length',
    use: 'normalised',
    of: 'key confirmation, data, keepalive',
    how: '40 is a keepalive, anything longer data; not of the first of a session, which confirms its keys either way',
  },
]

export const wireGuardMapping: Mapping = {
  map: mapWireGuard,
  kinds: new Set(['handshake initiation', 'handshake response', 'key confirmation', 'data', 'keepalive']),
  registration: new Set(['DNS update response']),
  options: {},
  links: 'bag',
  serverPlace: () => 'server',
  uses,
  capture: {
    what: 'WireGuard',
    markers: ['wgType'],
    fields: [
      ...UDP_ADDRESSES,
      ['udp.length', 'length'],
      ['wg.type', 'wgType'],
      ['wg.sender', 'wgSender'],
      ['wg.receiver', 'wgReceiver'],
      ['wg.counter', 'counter'],
    ],
  },
}
