import { type HostInUse, IDS } from '../spec/mobike/in-use.ts'
import { type End, other } from '../spec/roaming.ts'
import { Counters } from './counters.ts'
import type { Mapping } from './mapping.ts'
import { mobikeFields } from './mobike-fields.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { isCharon, readCharon } from './read/charon.ts'
import { type OnePacket, packetsOf } from './translated.ts'
import { Whereabouts } from './whereabouts.ts'

type Fields = LogLine['fields']

/** RFC 7296 §3.1. */
const EXCHANGES: Readonly<Record<string, string>> = {
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
}
const SA_INIT = '34'
const AUTH = '35'
const INFORMATIONAL = '37'
const FLAG = { initiator: 0x08, response: 0x20 } as const
/** RFC 4555 §4.2. */
const NOTIFY = { supported: '16396', additional: new Set(['16397', '16398', '16399']), update: '16400' } as const
/** IKE, and where it goes with MOBIKE or behind a translator, together with data (RFC 3948 §2, RFC 4555 §3.3). */
const IKE_PORT = '500'
const BOTH_PORT = '4500'

const isResponse = ({ flags }: Fields): boolean => (Number(flags) & FLAG.response) !== 0
const senderOf = ({ flags }: Fields): End => ((Number(flags) & FLAG.initiator) !== 0 ? 'a' : 'b')
const isIke = ({ exchange }: Fields): boolean => exchange !== undefined

/** What two sightings of a packet have in common: a request that is sent again has it as well, but comes later. */
const identityOf = ({ exchange, flags, messageId, initiatorSpi, espSpi, espSequence }: Fields): string =>
  exchange === undefined ? [espSpi, espSequence].join(' ') : [exchange, flags, messageId, initiatorSpi].join(' ')

/**
 * IKEv2 and the data of its CHILD_SAs as `tshark` tells them, in the words of `spec/mobike`: every exchange of the IKE SA, from IKE_SA_INIT on. a is the initiator.
 * What exchanges say is encrypted. Where tshark has keys, the notifications of MOBIKE are read and compared; else any INFORMATIONAL request may be any.
 * Where an end is, its IKE packets say: data may have the address that it has left.
 */
function mapMobike(lines: readonly LogLine[], latency: number): Mapped {
  const leftOut = new LeftOut()
  const about = lines.filter(({ fields }) => isIke(fields) || fields.espSpi !== undefined)
  for (let i = about.length; i < lines.length; i++) leftOut.add('neither IKE nor ESP')
  const packets = packetsOf(withPlainPorts(about), identityOf, latency, leftOut)
  const first = packets.find(({ fields }) => isIke(fields))
  if (first === undefined || first.fields.exchange !== SA_INIT || isResponse(first.fields))
    throw new LogError(
      'The log has no IKE_SA_INIT before anything else, so that nobody knows who is who: it must begin with one.',
    )
  const where = new Whereabouts(first.source!, first.destination)
  const sa = new Sa(first.fields)
  const owners = new Map<string, End>()
  const counters = new Counters(
    packets.map(({ time, fields }) =>
      isIke(fields) ? null : { series: fields.espSpi!, number: Number(fields.espSequence), time },
    ),
    1,
  )
  const drafts: { readonly seen: Omit<Seen, 'source' | 'destination'>; readonly packet: OnePacket }[] = []
  for (const [i, packet] of packets.entries()) {
    const { line, time, until, fields, source, destination, differs } = packet
    const way = `from ${source ?? 'inside a translator'} to ${destination}`
    if (isIke(fields)) {
      if (sa.owns(fields)) where.sees(senderOf(fields), source)
      drafts.push({
        seen: { line, time, until, ...sa.says(fields, differs), words: `${wordsOf(fields)} ${way}` },
        packet,
      })
      continue
    }
    const spi = fields.espSpi!
    const sender = where.senderOf(source, destination, owners.get(spi))
    if (sender === undefined) {
      leftOut.add('data of others')
      continue
    }
    // Data say where an end is only if nothing else did: they may have the address that it has left.
    if (source !== undefined && where.hostAt(source) === undefined) where.sees(sender, source)
    const owner = owners.get(spi) ?? other(sender)
    owners.set(spi, owner)
    const number = owner === sender ? `of SPI ${spi}, which is its sender's own` : counters.of(i)
    drafts.push({
      seen: { line, time, until, kind: 'ESP', fields: { number: differs ?? number }, words: `ESP ${way}` },
      packet,
    })
  }
  const moves = where.stops.a.length + where.stops.b.length > 2
  if (!moves && drafts.every(({ seen }) => seen.unsupported === undefined))
    throw new LogError(
      'Nobody moves in this log: each end sends from one address only, so that it says nothing of MOBIKE.',
    )
  const seen = drafts.map(({ seen: one, packet: { source, destination } }) => ({
    ...one,
    source: source === undefined ? undefined : where.place(source),
    destination: where.place(destination),
  }))
  return { seen, leftOut: leftOut.reasons, stops: where.stops, showsServers: false }
}

/**
 * Ports 500 and 4500 are one place: IKE goes from the one to the other at its second exchange, and behind a translator it then has another port as well.
 */
function withPlainPorts(lines: readonly LogLine[]): LogLine[] {
  const plain = lines.map((line): LogLine => {
    const { srcPort, dstPort, ...fields } = line.fields
    const isOwn = (port: string | undefined): boolean => port === undefined || port === IKE_PORT || port === BOTH_PORT
    return {
      ...line,
      fields: {
        ...fields,
        ...(isOwn(srcPort) ? {} : { srcPort: srcPort! }),
        ...(isOwn(dstPort) ? {} : { dstPort: dstPort! }),
        ...(dstPort === undefined ? {} : { wirePort: isResponse(fields) ? (srcPort ?? '') : dstPort }),
      },
    }
  })
  const later = plain.find(({ fields }) => fields.exchange === AUTH && fields.srcPort !== undefined)
  if (later === undefined) return plain
  const { src, srcPort } = later.fields
  return plain.map((line) => {
    const { fields } = line
    if (fields.exchange !== SA_INIT) return line
    if (fields.src === src && fields.srcPort !== undefined) return { ...line, fields: { ...fields, srcPort: srcPort! } }
    if (fields.dst === src && fields.dstPort !== undefined) return { ...line, fields: { ...fields, dstPort: srcPort! } }
    return line
  })
}

function wordsOf(fields: Fields): string {
  const { exchange = '', messageId } = fields
  const name = EXCHANGES[exchange] ?? `exchange ${exchange}`
  const id = `Message ID ${Number(messageId)}`
  if (isResponse(fields)) return `${name} response, ${id},`
  const notified = exchange === INFORMATIONAL ? notifiedIn(fields) : 'other'
  if (notified !== undefined && notified !== 'other') return `${notified}, ${id},`
  if (notified !== undefined) return `${name} request, ${id},`
  const perhaps = senderOf(fields) === 'a' ? 'UPDATE_SA_ADDRESSES' : 'ADDITIONAL_ADDRESSES'
  return `${name} request (${perhaps}, or another), ${id},`
}

/** What a request notifies of, if tshark could read it. */
function notifiedIn({ notify, decrypted }: Fields): string | undefined {
  if (notify === undefined && decrypted === undefined) return undefined
  if ((notify ?? '').split(',').includes(NOTIFY.update)) return 'UPDATE_SA_ADDRESSES'
  return listsAddresses({ notify: notify ?? '' }) ? 'ADDITIONAL_ADDRESSES' : 'other'
}

/** Also that there are no additional ones. */
const listsAddresses = ({ notify = '' }: Fields): boolean =>
  notify.split(',').some((type) => NOTIFY.additional.has(type))

/** The IKE SA of a log. */
class Sa {
  readonly #initiatorSpi: string | undefined
  #responderSpi: string | undefined
  /** The Message ID of each end's latest request. */
  readonly #latest: Record<End, number> = { a: -1, b: -1 }

  constructor({ initiatorSpi }: Fields) {
    this.#initiatorSpi = initiatorSpi
  }

  owns({ initiatorSpi }: Fields): boolean {
    return initiatorSpi === this.#initiatorSpi
  }

  says(fields: Fields, differs: string | undefined): Pick<Seen, 'kind' | 'fields' | 'unsupported'> {
    const { exchange = '', initiatorSpi } = fields
    const unsupported = this.#whyNot(fields)
    if (unsupported !== null) return { kind: 'not modelled', fields: {}, unsupported }
    const asker = isResponse(fields) ? other(senderOf(fields)) : senderOf(fields)
    const notified = exchange === INFORMATIONAL && !isResponse(fields) ? notifiedIn(fields) : undefined
    return {
      kind: isResponse(fields) ? 'IKE response' : 'IKE request',
      fields: {
        exchange: EXCHANGES[exchange]!,
        of: asker === 'a' ? 'initiator' : 'responder',
        id: differs ?? this.#idOf(fields, asker),
        spis: this.#spisOf(fields) ?? (initiatorSpi === this.#initiatorSpi ? 'of this SA' : 'of another SA'),
        ...(notified === undefined ? {} : { notify: notified, lists: listsAddresses(fields) ? 'yes' : 'no' }),
      },
    }
  }

  /** Why a packet is none of the model; null where it is one. */
  #whyNot(fields: Fields): string | null {
    const { exchange = '', wirePort, notify = '' } = fields
    if (!this.owns(fields) && exchange === SA_INIT)
      return 'Another IKE SA is made: only one is modelled, and MOBIKE keeps the one that there is'
    if (EXCHANGES[exchange] === undefined) return `Exchange ${exchange} is not modelled`
    if (exchange !== SA_INIT && wirePort === IKE_PORT)
      return `${EXCHANGES[exchange]} goes to port 500, so that the ends have not agreed on MOBIKE (RFC 4555 §3.3)`
    if (exchange !== AUTH) return null
    const hasKeys = notifiedIn(fields) !== undefined
    return hasKeys && !notify.split(',').includes(NOTIFY.supported)
      ? 'An end does not say MOBIKE_SUPPORTED (RFC 4555 §3.1): this IKE SA has no MOBIKE'
      : null
  }

  /** The Message ID as the model counts; what is wrong with one that is neither the latest nor the next. */
  #idOf(fields: Fields, asker: End): number | string {
    const id = Number(fields.messageId)
    const latest = this.#latest[asker]
    const isNext = !isResponse(fields) && id === latest + 1
    if (id !== latest && !isNext) return `${id}, when ${latest} was the latest`
    this.#latest[asker] = id
    return id % IDS
  }

  #spisOf(fields: Fields): string | undefined {
    const { exchange, responderSpi } = fields
    if (responderSpi === undefined || (exchange === SA_INIT && !isResponse(fields))) return undefined
    this.#responderSpi ??= responderSpi
    return responderSpi === this.#responderSpi ? undefined : `of the responder's SPI ${responderSpi}`
  }
}

export const mobikeMapping: Mapping = {
  map: mapMobike,
  kinds: new Set(['IKE request', 'IKE response', 'ESP']),
  registration: new Set(),
  options: {},
  links: 'bag',
  // Data keep the addresses of before for a while.
  sendsFrom: (_host, kind, state) =>
    kind === 'ESP' ? [(state as HostInUse).here, (state as HostInUse).data.from] : [],
  serverPlace: () => 'server',
  programLog: { what: "strongSwan's charon", isLine: isCharon, read: readCharon },
  ...mobikeFields,
}
