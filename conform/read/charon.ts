import type { Log, LogLine } from '../observation.ts'
import { errors } from './errors.ts'

/** `… 12[NET] <home|1> sending packet: …`: what comes before the thread, the thread, the subsystem, what it says. */
const LINE =
  /^(.*?)(\d\d)\[(DMN|MGR|IKE|CHD|JOB|CFG|KNL|NET|ASN|ENC|TNC|IMC|IMV|PTS|TLS|APP|ESP|LIB)\] (?:<[^>]*> )?(.*)$/
/** By %Y-%m-%dT%H:%M:%S, and as syslog has it, which has no year. */
const DATE = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?/
const SYSLOG_DATE = /([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:[.,](\d+))?/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Syslog's days may be those of a leap year. */
const SOME_YEAR = 2000

const MESSAGE = /^(generating|parsed) (\S+) (request|response) (\d+) \[ (.*)\]$/
const PACKET = /^(sending|received) packet: from (\S+)\[(\d+)\] to (\S+)\[(\d+)\]/
const AGAIN = /^(?:retransmit \d+ of (request) with message ID|received retransmit of request with ID) (\d+)/
/** It probes a path with its latest request, in any thread. */
const PROBE = /^checking path /
/** RFC 7296 §3.1. */
const EXCHANGES: Readonly<Record<string, string>> = {
  IKE_SA_INIT: '34',
  IKE_AUTH: '35',
  CREATE_CHILD_SA: '36',
  INFORMATIONAL: '37',
}
const INITIATOR = 0x08
const RESPONSE = 0x20
/** What charon calls notifications of MOBIKE (RFC 4555 §4.2). */
const NOTIFICATIONS: Readonly<Record<string, string>> = {
  MOBIKE_SUP: '16396',
  ADD_4_ADDR: '16397',
  ADD_6_ADDR: '16398',
  NO_ADD_ADDR: '16399',
  UPD_SA_ADDR: '16400',
  COOKIE2: '16401',
}

interface IkeMessage {
  readonly exchange: string
  readonly isResponse: boolean
  readonly id: string
  readonly payloads: string
}

/** What a thread is about: its messages, and the packet that it has got. */
interface Thread {
  made: IkeMessage | null
  got: Pick<LogLine, 'line' | 'time' | 'fields'> | null
}

export const isCharon = (text: string): boolean => LINE.test(text)

/**
 * What strongSwan's charon writes with its usual level of 1 (`charon.filelog`, syslog or the journal), as lines of packets of IKEv2: those that it has sent, and those that have
 * come. What goes to it and is lost it does not know, so that the logs of both ends tell all.
 *
 * @throws InputError naming the line that has no time
 */
export function readCharon(path: string, text: string): Log {
  const lines: LogLine[] = []
  const reader = new Reader()
  let isCoarse = true
  for (const [i, raw] of text.split('\n').entries()) {
    const [, before = '', thread = '', subsystem = '', says = ''] = LINE.exec(raw.trimEnd()) ?? []
    if (!['NET', 'ENC', 'IKE'].includes(subsystem)) continue
    const time = timeIn(before)
    if (time === null)
      throw errors.notJudged(
        path,
        `line ${i + 1} has no time. 'time_format = %Y-%m-%dT%H:%M:%S' and 'time_add_ms = yes' in the section of the log (strongswan.conf, charon.filelog) give it one.`,
      )
    if (!Number.isInteger(time)) isCoarse = false
    const line = reader.read(i + 1, time, thread, says)
    if (line !== null) lines.push(line)
  }
  if (lines.length === 0) throw errors.notJudged(path, "no line of charon's log is of a packet of IKEv2")
  const warnings = isCoarse
    ? [
        `'${path}' has times of whole seconds only, so that what comes within one cannot be told apart by them; 'time_add_ms = yes' in strongswan.conf.`,
      ]
    : []
  return { lines, warnings }
}

/** Seconds; null where there is no time. */
function timeIn(text: string): number | null {
  const date = DATE.exec(text)
  const syslog = date === null ? SYSLOG_DATE.exec(text) : null
  if (date === null && syslog === null) return null
  const [year, month, ...others] =
    date === null
      ? [SOME_YEAR, MONTHS.indexOf(syslog![1]!), ...syslog!.slice(2)]
      : [Number(date[1]), Number(date[2]) - 1, ...date.slice(3)]
  const [day, hour, minute, second, fraction] = others
  const whole = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second)) / 1000
  return whole + Number(`0.${fraction ?? '0'}`)
}

/** Puts together what a thread has made and sent, or got and read. */
class Reader {
  readonly #threads = new Map<string, Thread>()
  /** What this end has made, by kind and Message ID: it may be sent again by any thread. */
  readonly #own = new Map<string, IkeMessage>()
  /** Its latest request. */
  #latest: IkeMessage | null = null
  /** Whether this end is the initiator of the IKE SA. */
  #initiates: boolean | null = null

  read(line: number, time: number, name: string, says: string): LogLine | null {
    const thread = this.#threads.get(name) ?? { made: null, got: null }
    this.#threads.set(name, thread)
    const packet = PACKET.exec(says)
    if (packet !== null) return this.#packet(thread, { line, time }, packet.slice(1))
    const message = MESSAGE.exec(says)
    if (message !== null) return this.#message(thread, message.slice(1))
    if (PROBE.test(says)) thread.made = this.#latest
    const again = AGAIN.exec(says)
    if (again !== null) thread.made = this.#own.get(`${again[1] === undefined} ${again[2]}`) ?? null
    return null
  }

  #packet(thread: Thread, at: Pick<LogLine, 'line' | 'time'>, words: readonly string[]): LogLine | null {
    const [does, src, srcPort, dst, dstPort] = words as [string, string, string, string, string]
    const got = { ...at, fields: { src, srcPort, dst, dstPort } }
    if (does === 'received') {
      thread.got = got
      thread.made = null
      return null
    }
    return thread.made === null ? null : this.#line(got, thread.made, true)
  }

  #message(thread: Thread, words: readonly string[]): LogLine | null {
    const [does, exchange, kind, id, payloads] = words as [string, string, string, string, string]
    // RFC 7383: a part of a message, which is told of as a whole besides.
    if (payloads.startsWith('EF(')) return null
    const message: IkeMessage = { exchange, isResponse: kind === 'response', id, payloads }
    if (exchange === 'IKE_SA_INIT') this.#initiates = (does === 'generating') !== message.isResponse
    if (does === 'generating') {
      thread.made = message
      if (!message.isResponse) this.#latest = message
      this.#own.set(`${message.isResponse} ${id}`, message)
      return null
    }
    const { got } = thread
    thread.got = null
    return got === null ? null : this.#line(got, message, false)
  }

  #line({ line, time, fields }: LogLine, { exchange, isResponse, id, payloads }: IkeMessage, isOwn: boolean): LogLine {
    const isInitiator = isOwn === (this.#initiates ?? true)
    const types = [...payloads.matchAll(/N\((\w+)\)/g)].flatMap(([, type]) => NOTIFICATIONS[type!] ?? [])
    return {
      line,
      time,
      fields: {
        ...fields,
        exchange: EXCHANGES[exchange] ?? exchange,
        messageId: id,
        flags: `0x${((isInitiator ? INITIATOR : 0) | (isResponse ? RESPONSE : 0)).toString(16).padStart(2, '0')}`,
        decrypted: 'by charon',
        ...(types.length === 0 ? {} : { notify: types.join() }),
      },
    }
  }
}
