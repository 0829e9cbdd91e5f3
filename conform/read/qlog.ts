import type { Log, LogLine } from '../observation.ts'
import { errors } from './errors.ts'
import { type JsonObject, listOf, objectOf, type QlogTrace, RS, readQlogFile, textOf } from './qlog-file.ts'

/** Whether a file is a qlog, by how it begins, or by its name. */
export const isQlog = (head: string, path = ''): boolean =>
  /\.s?qlog$/.test(path) ||
  (head.replace(RS, '').trimStart().startsWith('{') && /"(qlog_version|qlog_format|file_schema)"\s*:/.test(head))

/** An event, whatever its draft calls its parts. */
interface Event {
  readonly line: number
  /** Milliseconds of its trace's clock. */
  readonly time: number
  /** Without what is before the colon ('transport:', 'quic:'). */
  readonly name: string
  readonly category: string
  readonly data: JsonObject
  /** Which path it is of, where the trace tells paths apart. */
  readonly path: string
}

/** RFC 9000 §19, by the names of the drafts. */
const FRAMES: Readonly<Record<string, number>> = {
  padding: 0,
  ping: 1,
  ack: 2,
  reset_stream: 4,
  stop_sending: 5,
  crypto: 6,
  new_token: 7,
  stream: 8,
  max_data: 16,
  max_stream_data: 17,
  max_streams: 18,
  data_blocked: 20,
  stream_data_blocked: 21,
  streams_blocked: 22,
  new_connection_id: 24,
  retire_connection_id: 25,
  path_challenge: 26,
  path_response: 27,
  connection_close: 28,
  application_close: 29,
  handshake_done: 30,
  datagram: 48,
}
/** One that has no name here is not probing. */
const ANOTHER = 1
const SHORT = /^(1-?rtt|onertt|short)$/i
const PACKET = /^packet_(sent|received)$/

/**
 * What one end of a QUIC connection has sent and got (draft-ietf-quic-qlog-quic-events, and the drafts before it), as lines of packets. Few programs write from where to where
 * a packet went: then who sent it is known, and no more.
 *
 * @throws InputError where it is no qlog, or has no packets of QUIC
 */
export function readQlog(path: string, text: string): Log {
  const { traces, cut } = readQlogFile(path, text)
  const read = traces.map((trace) => ({ trace, events: eventsOf(trace) }))
  const withPackets = read.filter(({ events }) => events.some(({ name }) => PACKET.test(name)))
  const [one] = withPackets
  if (one === undefined) {
    const categories = [...new Set(read.flatMap(({ events }) => events.map(({ category }) => category)))].sort()
    const has = categories.length === 0 ? 'it has no events' : `its events are of ${categories.join(', ')}`
    throw errors.notJudged(
      path,
      `it has no packets of QUIC (transport:packet_sent, quic:packet_sent): ${has}. The likeliest cause is a program that was told to log something else only, as HTTP/3.`,
    )
  }
  const lines = linesOf(one.trace, one.events)
  const warnings = [
    ...(cut === null ? [] : [`'${path}' is read up to there: ${cut}.`]),
    ...(withPackets.length === 1 ? [] : [`'${path}' has ${withPackets.length} traces, of which the first is read.`]),
    ...(lines.some(({ fields }) => fields.src !== undefined)
      ? []
      : [
          `'${path}' has no addresses of packets: who sends, in which order, answers to challenges and the end of the connection are judged, and not from where to where anything goes. A capture with keys says that.`,
        ]),
  ]
  return { lines, warnings }
}

/** Old drafts name what an event is a list of. */
const OLD_FIELDS = ['relative_time', 'category', 'event', 'data']

function eventsOf({ about, events }: QlogTrace): Event[] {
  const common = objectOf(about.common_fields)
  const names = listOf(about.event_fields).map((one) => String(one).toLowerCase())
  const unit = textOf(objectOf(about.configuration).time_units) ?? textOf(common.time_units)
  const isDelta = [common.time_format, objectOf(common.time_format).type].some((one) =>
    /^(delta|relative_to_previous_event)$/.test(String(one)),
  )
  let clock = 0
  return events.map(({ line, value }) => {
    const event: JsonObject = Array.isArray(value)
      ? Object.fromEntries((names.length > 0 ? names : OLD_FIELDS).map((name, i) => [name, value[i]]))
      : (value as JsonObject)
    const given = Number(event.time ?? event.relative_time ?? event.delta_time ?? 0)
    clock = isDelta || event.delta_time !== undefined ? clock + given : given
    const full =
      textOf(event.name) ?? `${textOf(event.category) ?? ''}:${textOf(event.event ?? event.event_type) ?? ''}`
    const [category = '', name = ''] =
      full.toLowerCase().split(':').length > 1 ? full.toLowerCase().split(':') : ['', full.toLowerCase()]
    const data = objectOf(event.data)
    return {
      line,
      time: unit === 'us' ? clock / 1000 : clock,
      name,
      category,
      data,
      path: textOf(event.tuple ?? event.path ?? data.tuple_id ?? data.path_id) ?? '',
    }
  })
}

/** Seconds at which the clock of a trace begins: where it is of a day, logs of both ends can be put together. */
function beginningOf({ about }: QlogTrace): number {
  const { reference_time } = objectOf(about.common_fields)
  const given = textOf(reference_time) ?? textOf(objectOf(reference_time).epoch) ?? '0'
  const milliseconds = /^-?[\d.]+$/.test(given) ? Number(given) : Date.parse(given)
  return Number.isFinite(milliseconds) ? milliseconds / 1000 : 0
}

function linesOf(trace: QlogTrace, events: readonly Event[]): LogLine[] {
  const isClient = vantageOf(trace, events) === 'client'
  const begin = beginningOf(trace)
  const paths = new Map<string, { readonly local: Fields; readonly remote: Fields }>()
  let preferred = preferredIn(events)
  return events.flatMap(({ line, time, name, data, path }): LogLine[] => {
    if (name === 'tuple_assigned' || name === 'path_assigned')
      paths.set(path, {
        local: endpointOf(objectOf(data.tuple_local ?? data.path_local)),
        remote: endpointOf(objectOf(data.tuple_remote ?? data.path_remote)),
      })
    const [, does] = PACKET.exec(name) ?? []
    if (does === undefined) return []
    const isSent = does === 'sent'
    const known = paths.get(path)
    const way =
      known === undefined ? {} : isSent ? fromTo(known.local, known.remote) : fromTo(known.remote, known.local)
    const sender = isSent === isClient ? 'client' : 'server'
    const fields = { ...way, sender, ...preferred, ...fieldsOf(data) }
    preferred = {}
    return [{ line, time: begin + time / 1000, fields }]
  })
}

type Fields = Readonly<Record<string, string>>

/** By the trace, or by who sent the first packet. */
function vantageOf({ about }: QlogTrace, events: readonly Event[]): 'client' | 'server' {
  const said = textOf(objectOf(about.vantage_point).type)
  const seenBy = said === 'network' ? textOf(objectOf(about.vantage_point).flow) : said
  if (seenBy === 'client' || seenBy === 'server') return seenBy
  return events.find(({ name }) => PACKET.test(name))!.name === 'packet_sent' ? 'client' : 'server'
}

function endpointOf(info: JsonObject): Fields {
  const [address, port] = [textOf(info.ip_v4 ?? info.ip_v6), textOf(info.port_v4 ?? info.port_v6)]
  return { ...(address === undefined ? {} : { address }), ...(port === undefined ? {} : { port }) }
}

/** The server's preferred address, among its transport parameters (RFC 9000 §18.2). */
function preferredIn(events: readonly Event[]): Fields {
  const info = objectOf(events.find(({ data }) => data.preferred_address !== undefined)?.data.preferred_address)
  const id = textOf(info.connection_id)
  const { address, port } = endpointOf(info)
  return {
    ...(address === undefined ? {} : { preferred: address }),
    ...(port === undefined ? {} : { preferredPort: port }),
    ...(id === undefined ? {} : { preferredId: id }),
  }
}

/** Where one of the ends has no address, nobody knows the way. */
function fromTo(from: Fields, to: Fields): Fields {
  if (from.address === undefined || to.address === undefined) return {}
  return {
    src: from.address,
    dst: to.address,
    ...(from.port === undefined ? {} : { srcPort: from.port }),
    ...(to.port === undefined ? {} : { dstPort: to.port }),
  }
}

function fieldsOf(data: JsonObject): Fields {
  const header = objectOf(data.header)
  const frames = Array.isArray(data.frames) ? data.frames.map(objectOf) : null
  const typeOf = (frame: JsonObject): number => FRAMES[textOf(frame.frame_type)?.toLowerCase() ?? ''] ?? ANOTHER
  const each = (type: number, field: string): string | undefined => {
    const values = (frames ?? []).flatMap((frame) => (typeOf(frame) === type ? (textOf(frame[field]) ?? []) : []))
    return values.length === 0 ? undefined : values.join(',')
  }
  const type = textOf(header.packet_type ?? data.packet_type) ?? ''
  const all: Readonly<Record<string, string | undefined>> = {
    headerForm: SHORT.test(type) ? '0' : '1',
    packetNumber: textOf(header.packet_number),
    dcid: textOf(header.dcid),
    scid: textOf(header.scid),
    frames: frames === null || frames.length === 0 ? undefined : frames.map(typeOf).join(','),
    newId: each(FRAMES.new_connection_id!, 'connection_id'),
    newIdSequence: each(FRAMES.new_connection_id!, 'sequence_number'),
    retirePriorTo: each(FRAMES.new_connection_id!, 'retire_prior_to'),
    retired: each(FRAMES.retire_connection_id!, 'sequence_number'),
    challenge: each(FRAMES.path_challenge!, 'data'),
    response: each(FRAMES.path_response!, 'data'),
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
