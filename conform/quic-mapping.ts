import type { End } from '../spec/roaming.ts'
import { Counters } from './counters.ts'
import type { Mapping } from './mapping.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { Challenges } from './quic-challenges.ts'
import { quicCapture, quicUses } from './quic-fields.ts'
import { ConnectionIds, SUPPLIED } from './quic-ids.ts'
import { isQlog, readQlog } from './read/qlog.ts'
import { type OnePacket, packetsOf } from './translated.ts'
import { Whereabouts } from './whereabouts.ts'

type Fields = LogLine['fields']

/** RFC 9000 §19. */
const FRAME = { padding: 0, newConnectionId: 24, pathChallenge: 26, pathResponse: 27, close: 28, applicationClose: 29 }
/** §9.1. */
const PROBING: readonly number[] = [FRAME.padding, FRAME.newConnectionId, FRAME.pathChallenge, FRAME.pathResponse]
const CLOSES: readonly number[] = [FRAME.close, FRAME.applicationClose]
/** What a log without addresses has in their place. */
const NOWHERE: Readonly<Record<string, string>> = { client: 'the client', server: 'the server' }
const ENDS_OF: Readonly<Record<string, End>> = { client: 'a', server: 'b' }

/** A datagram with a long header: the handshake, which comes before all that is looked at here. */
const isLong = ({ headerForm = '' }: Fields): boolean => headerForm.split(',').some((one) => Number(one) === 1)
const listOf = (field: string | undefined): string[] => (field === undefined ? [] : field.split(','))
const numbersOf = (field: string | undefined): number[] => listOf(field).map(Number)

/** Whether a packet is a probing one (§9.1). */
const isProbing = (fields: Fields): boolean =>
  !isLong(fields) && fields.frames !== undefined && numbersOf(fields.frames).every((type) => PROBING.includes(type))

/** What two sightings of a packet have in common: a packet number is never used twice (§12.3), but in a handshake three times. */
const identityOf = (fields: Fields): string =>
  [fields.headerForm, fields.packetNumber, fields.sender ?? fields.dcid, isLong(fields) ? fields.frames : ''].join(' ')

/**
 * QUIC as tshark tells it with the keys of TLS, or as qlogs do, in the words of `spec/quic`: what packets with short headers say of paths, frame by frame. a is the
 * client. A log must begin with the handshake: it says who is the client, and whose connection IDs are whose. Other connections are left out.
 */
function mapQuic(lines: readonly LogLine[], latency: number): Mapped {
  const leftOut = new LeftOut()
  const packets = packetsOf(theConnection(lines, leftOut).map(withPlace), identityOf, latency, leftOut)
  mustBeReadable(packets)
  const { fields: start, source: one, destination: another } = packets[0]!
  const [client, server] = start.sender === 'server' ? [another, one!] : [one!, another]
  const reader = new Reader(client, server, preferredIn(packets))
  const readings = packets.map((packet) => reader.read(packet))
  const counters = new Counters(
    readings.map(({ sender, packet: { fields, time } }) =>
      isLong(fields) || fields.packetNumber === undefined
        ? null
        : { series: sender, number: Number(fields.packetNumber), time },
    ),
    0,
  )
  const seen = readings.flatMap(({ packet, sender, frames, cid, unsupported }, i): Seen[] => {
    if (isLong(packet.fields)) {
      leftOut.add('the handshake')
      return []
    }
    const { line, time, until, fields, source, destination, differs } = packet
    const way = `from ${source ?? 'inside a translator'} to ${destination}`
    const number = fields.packetNumber === undefined ? undefined : (differs ?? counters.of(i))
    const at = { line, time, until, source: reader.place(source), destination: reader.place(destination) }
    if (unsupported !== undefined)
      return [{ ...at, kind: 'not read', fields: {}, words: `a packet ${way}`, unsupported }]
    return frames.map(({ kind, says }) => ({
      ...at,
      kind,
      fields: {
        by: sender === 'a' ? 'client' : 'server',
        ...says,
        ...(number === undefined ? {} : { number }),
        ...(cid === undefined ? {} : { cid }),
      },
      words: `${kind} (packet ${fields.packetNumber ?? '?'}) ${way}`,
    }))
  })
  if (seen.length === 0) throw new LogError('No packet after the handshake has any frame but those of it.')
  return { seen, leftOut: leftOut.reasons, stops: reader.stops, overlaps: reader.overlaps, showsServers: false }
}

/** The lines of the first connection. tshark numbers connections; what it cannot read it may not find one for. */
function theConnection(lines: readonly LogLine[], leftOut: LeftOut): LogLine[] {
  const quic = lines.filter(({ fields }) => fields.headerForm !== undefined)
  for (let i = quic.length; i < lines.length; i++) leftOut.add('no QUIC')
  const first = quic[0]
  if (first === undefined || !isLong(first.fields))
    throw new LogError(
      `${first === undefined ? 'The log has no QUIC' : `The first packet of QUIC in the log, line ${first.line}, is none of a handshake`}, so that nobody knows who is the client, and whose connection IDs are whose. Begin the log before the connection is made.`,
    )
  return quic.filter(({ fields: { connection = first.fields.connection } }) => {
    const isOurs = connection === first.fields.connection
    if (!isOurs) leftOut.add('another connection')
    return isOurs
  })
}

function mustBeReadable(packets: readonly OnePacket[]): void {
  const short = packets.filter(({ fields }) => !isLong(fields))
  if (short.length === 0)
    throw new LogError('The log has no packet of QUIC after the handshake: it says nothing of migration.')
  if (short.every(({ fields }) => fields.frames === undefined))
    throw new LogError(
      "None of the packets after the handshake can be read: they are encrypted. Give the keys that the program wrote (SSLKEYLOGFILE): --tshark-option 'tls.keylog_file:keys.txt'. A qlog of the program needs none.",
    )
}

/** The server's preferred address, with its port where the log has ports. */
function preferredIn(packets: readonly OnePacket[]): string | undefined {
  const said = packets.find(({ fields }) => fields.preferred !== undefined)?.fields
  if (said === undefined) return undefined
  return said.preferredPort === undefined ? said.preferred : `${said.preferred}:${said.preferredPort}`
}

/** A line of a log without addresses goes from the one end to the other. */
function withPlace(line: LogLine): LogLine {
  const { src, sender } = line.fields
  if (src !== undefined || sender === undefined) return line
  const receiver = sender === 'client' ? 'server' : 'client'
  return { ...line, fields: { ...line.fields, src: NOWHERE[sender]!, dst: NOWHERE[receiver]! } }
}

interface Reading {
  readonly packet: OnePacket
  readonly sender: End
  readonly frames: readonly { readonly kind: string; readonly says: Readonly<Record<string, string>> }[]
  readonly cid: string | undefined
  readonly unsupported: string | undefined
}

/** Reads one packet after the other. */
class Reader {
  readonly #where: Whereabouts
  readonly #ids = new ConnectionIds()
  readonly #challenges = new Challenges()
  readonly #preferred: string | undefined
  /** Where an end has only probed from, beside the address that it uses. */
  readonly #probed: Partial<Record<End, string>> = {}
  #overlaps = false

  constructor(client: string, server: string, preferred: string | undefined) {
    this.#where = new Whereabouts(client, server)
    this.#preferred = preferred
  }

  get stops(): Mapped['stops'] {
    return this.#where.stops
  }

  /** Whether an end has probed from one address while it used another one (§9.1). */
  get overlaps(): boolean {
    return this.#overlaps
  }

  /** An address as the model has it; undefined where the log has none. */
  place(address: string | undefined): string | undefined {
    if (address === undefined || Object.values(NOWHERE).includes(address)) return undefined
    return address === this.#preferred ? 'b elsewhere' : this.#where.place(address)
  }

  read(packet: OnePacket): Reading {
    const { fields, source, destination } = packet
    const sender = this.#senderOf(packet)
    if (source !== this.#preferred) this.#sees(sender, source, isProbing(fields))
    if (isLong(fields)) {
      for (const id of listOf(fields.scid)) this.#ids.supplies(sender, id, 0)
      if (fields.activeIds !== undefined) this.#ids.takes(sender, Number(fields.activeIds))
      if (fields.preferredId !== undefined) this.#ids.supplies('b', fields.preferredId, 1)
    }
    const sequences = numbersOf(fields.newIdSequence)
    for (const [i, id] of listOf(fields.newId).entries()) this.#ids.supplies(sender, id, sequences[i] ?? -1)
    if (isLong(fields)) return { packet, sender, frames: [], cid: undefined, unsupported: undefined }
    const { dcid, frames } = fields
    const cid = this.#ids.says(sender, {
      dcid,
      source,
      destination,
      retires: numbersOf(fields.retired),
      supplies: sequences,
      retirePriorTo: numbersOf(fields.retirePriorTo),
    })
    if (frames === undefined) return { packet, sender, frames: [], cid, unsupported: UNREADABLE }
    const said = this.#framesOf(sender, packet)
    // A packet that says nothing of paths, as one of NEW_CONNECTION_ID alone, is none of the model's if its connection IDs are wrong.
    const isWrong = said.length === 0 && cid !== undefined && cid !== SUPPLIED
    return { packet, sender, frames: isWrong ? [{ kind: cid, says: {} }] : said, cid, unsupported: undefined }
  }

  /** Where an end sends from it is; but who has only probed from a new address may still use the one before. */
  #sees(sender: End, source: string | undefined, probes: boolean): void {
    const [before, here] = this.#where.stops[sender].slice(-2)
    if (this.#probed[sender] !== undefined && this.#probed[sender] === here && source === before) {
      this.#overlaps = true
      return
    }
    const isNew = source !== undefined && source !== this.#where.stops[sender].at(-1)
    this.#where.sees(sender, source)
    if (isNew && probes) this.#probed[sender] = source
    else if (!probes && source === this.#probed[sender]) delete this.#probed[sender]
  }

  #senderOf({ fields, source, destination }: OnePacket): End {
    const known = fields.sender === undefined ? undefined : ENDS_OF[fields.sender]
    if (known !== undefined) return known
    if (source === this.#preferred && source !== undefined) return 'b'
    const receiver = destination === this.#preferred ? 'b' : this.#ids.ownerOf(fields.dcid)
    return this.#where.senderOf(source, destination, receiver) ?? 'a'
  }

  /** What a packet says of paths: whatever else is in it is data. */
  #framesOf(sender: End, { fields, source, destination }: OnePacket): Reading['frames'] {
    const types = numbersOf(fields.frames)
    const responses = listOf(fields.response).map((data) => ({
      kind: 'PATH_RESPONSE',
      says: { echoes: this.#challenges.answers(sender, data, source, destination) },
    }))
    const challenges = listOf(fields.challenge).map((data) => ({
      kind: 'PATH_CHALLENGE',
      says: { challenge: this.#challenges.asks(sender, data, source, destination) },
    }))
    const others = types.filter((type) => !PROBING.includes(type))
    const closes = others.some((type) => CLOSES.includes(type))
    return [
      ...responses,
      ...challenges,
      ...(closes ? [{ kind: 'CONNECTION_CLOSE', says: {} }] : others.length > 0 ? [{ kind: 'data', says: {} }] : []),
    ]
  }
}

const UNREADABLE =
  'A packet that cannot be read, between others that can: it is encrypted with other keys, is a stateless reset, or several that the host had put together (segmentation offload: switch tx-udp-segmentation off, by ethtool -K, where it is sent)'

export const quicMapping: Mapping = {
  map: mapQuic,
  kinds: new Set(['data', 'PATH_CHALLENGE', 'PATH_RESPONSE', 'CONNECTION_CLOSE']),
  registration: new Set(),
  options: {},
  links: 'bag',
  serverPlace: () => 'server',
  programLog: { what: 'QUIC (qlog)', isFile: isQlog, fields: ['sender'], read: readQlog },
  uses: quicUses,
  capture: quicCapture,
}
