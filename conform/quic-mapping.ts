import type { End } from '../spec/roaming.ts'
import { Counters } from './counters.ts'
import type { FieldUse, Mapping } from './mapping.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { Challenges } from './quic-challenges.ts'
import { ConnectionIds } from './quic-ids.ts'
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

/** What two sightings of a packet have in common: a packet number is never used twice (§12.3). */
const identityOf = ({ headerForm, packetNumber, dcid, sender }: Fields): string =>
  [headerForm, packetNumber, sender ?? dcid].join(' ')

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
  return { seen, leftOut: leftOut.reasons, stops: reader.stops, showsServers: false }
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

  constructor(client: string, server: string, preferred: string | undefined) {
    this.#where = new Whereabouts(client, server)
    this.#preferred = preferred
  }

  get stops(): Mapped['stops'] {
    return this.#where.stops
  }

  /** An address as the model has it; undefined where the log has none. */
  place(address: string | undefined): string | undefined {
    if (address === undefined || Object.values(NOWHERE).includes(address)) return undefined
    return address === this.#preferred ? 'b elsewhere' : this.#where.place(address)
  }

  read(packet: OnePacket): Reading {
    const { fields, source, destination } = packet
    const sender = this.#senderOf(packet)
    if (source !== this.#preferred) this.#where.sees(sender, source)
    if (isLong(fields)) {
      for (const id of listOf(fields.scid)) this.#ids.supplies(sender, id, 0)
      if (fields.preferredId !== undefined) this.#ids.supplies('b', fields.preferredId, 1)
    }
    const sequences = numbersOf(fields.newIdSequence)
    for (const [i, id] of listOf(fields.newId).entries()) this.#ids.supplies(sender, id, sequences[i] ?? -1)
    if (isLong(fields)) return { packet, sender, frames: [], cid: undefined, unsupported: undefined }
    const { dcid, frames } = fields
    const cid = this.#ids.says(sender, { dcid, source, destination, retires: numbersOf(fields.retired) })
    if (frames === undefined) return { packet, sender, frames: [], cid, unsupported: UNREADABLE }
    return { packet, sender, frames: this.#framesOf(sender, packet), cid, unsupported: undefined }
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

const uses: readonly FieldUse[] = [
  {
    field: 'src',
    use: 'normalised',
    how: "where its sender is: another address than before is a move, or a translator's doing. Compared where the model says which one it is: a response comes from where its challenge went",
  },
  { field: 'srcPort', use: 'normalised', how: 'as a part of src' },
  {
    field: 'dst',
    use: 'compared',
    how: 'of data, with where the newest non-probing packet of the peer came from (§9.3); of a response, with where its challenge came from (§8.2.2); of a challenge, with where the peer is or was',
  },
  { field: 'dstPort', use: 'compared', how: 'as a part of dst' },
  {
    field: 'headerForm',
    use: 'normalised',
    how: 'what has a long header is the handshake: it says who is the client (who sends first), and is left out',
  },
  { field: 'connection', use: 'normalised', how: 'that of the first packet; others are left out' },
  { field: 'sender', use: 'normalised', how: 'who sends, where the log has no addresses' },
  {
    field: 'packetNumber',
    use: 'compared',
    how: 'with those before it of its sender: it is greater (§12.3). Where some are missing, they were lost before anybody saw them, or a datagram of the handshake had them',
  },
  {
    field: 'dcid',
    use: 'compared',
    how: 'one that its receiver has supplied and its sender has not retired (§5.1.2); not one that went to another address before, unless the peer keeps to its own as well (§9.5)',
  },
  { field: 'scid', use: 'normalised', how: 'of the handshake: the first connection ID of its sender' },
  { field: 'newId', use: 'normalised', how: 'what its sender supplies in NEW_CONNECTION_ID' },
  { field: 'newIdSequence', use: 'normalised', how: 'which of them it is' },
  {
    field: 'retired',
    use: 'normalised',
    how: 'what its sender retires; not the one that the packet itself goes to (§19.16)',
  },
  {
    field: 'frames',
    use: 'normalised',
    how: 'PATH_CHALLENGE, PATH_RESPONSE and CONNECTION_CLOSE are each a message; all others that are not probing (§9.1) are data, together one',
  },
  {
    field: 'challenge',
    use: 'compared',
    of: 'PATH_CHALLENGE',
    how: 'with those before it: each has data of its own (§8.2.1)',
  },
  {
    field: 'response',
    use: 'compared',
    of: 'PATH_RESPONSE',
    how: 'with the challenge that it answers, once, and on the path that this came by (§8.2.2)',
  },
  { field: 'preferred', use: 'normalised', how: "the server's preferred address (§9.6)" },
  { field: 'preferredPort', use: 'normalised', how: 'as a part of preferred' },
  { field: 'preferredId', use: 'normalised', how: 'its connection ID' },
  {
    field: 'length',
    use: 'ignored',
    how: 'challenges and responses fill 1200 octets where the amplification limit lets them (§8.2.1, §8.2.2); programs do not (see below), and no verdict turns on it',
  },
]

export const quicMapping: Mapping = {
  map: mapQuic,
  kinds: new Set(['data', 'PATH_CHALLENGE', 'PATH_RESPONSE', 'CONNECTION_CLOSE']),
  registration: new Set(),
  options: {},
  links: 'bag',
  serverPlace: () => 'server',
  programLog: { what: 'QUIC (qlog)', isFile: isQlog, fields: ['sender'], read: readQlog },
  uses,
  capture: {
    what: 'QUIC',
    markers: ['headerForm'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['udp.srcport', 'srcPort'],
      ['udp.dstport', 'dstPort'],
      ['udp.length', 'length'],
      ['quic.header_form', 'headerForm'],
      ['quic.connection.number', 'connection'],
      ['quic.packet_number', 'packetNumber'],
      ['quic.dcid', 'dcid'],
      ['quic.scid', 'scid'],
      ['quic.frame_type', 'frames'],
      ['quic.nci.connection_id', 'newId'],
      ['quic.nci.sequence', 'newIdSequence'],
      ['quic.rci.sequence', 'retired'],
      ['quic.path_challenge.data', 'challenge'],
      ['quic.path_response.data', 'response'],
      ['tls.quic.parameter.preferred_address.ipv4address', 'preferred'],
      ['tls.quic.parameter.preferred_address.ipv4port', 'preferredPort'],
      ['tls.quic.parameter.preferred_address.connectionid', 'preferredId'],
    ],
  },
}
