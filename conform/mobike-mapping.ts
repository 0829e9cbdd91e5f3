import { ENDS, type End, other } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { Copies, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/** RFC 7296 §3.1. */
const EXCHANGE = { saInit: '34', informational: '37' } as const
const FLAG = { initiator: 0x08, response: 0x20 } as const

/**
 * IKEv2 as `tshark` tells it, in the words of `spec/mobike`. What an exchange says is encrypted: the first that an end begins at a new address is taken for the one
 * that tells of the move (the initiator's UPDATE_SA_ADDRESSES, RFC 4555 §3.5; the responder's ADDITIONAL_ADDRESSES, §3.6), whatever probes or updates are
 * in it; further exchanges at the same address are left out. An end may come back to an address that it had. a is the initiator. What comes before anybody
 * sends from a second address is left out.
 */
function mapMobike(lines: readonly LogLine[]): Mapped {
  const packets = lines.filter(({ fields }) => fields.exchange !== undefined)
  const first = packets.find(({ fields }) => fields.exchange === EXCHANGE.saInit && !isResponse(fields))
  if (first === undefined)
    throw new LogError('The log has no IKE_SA_INIT, so that nobody knows who is who: it must begin with one.')
  const { src: a = '', dst: b = '' } = first.fields
  const stops: Record<End, string[]> = { a: [a], b: [b] }
  const senderOf = ({ flags }: LogLine['fields']): End => ((Number(flags) & FLAG.initiator) !== 0 ? 'a' : 'b')
  for (const { fields } of packets) {
    const here = stops[senderOf(fields)]
    if (here.at(-1) !== fields.src) here.push(fields.src ?? '')
  }
  const begins = packets.find(({ fields }) => fields.src !== stops[senderOf(fields)][0])
  if (begins === undefined) throw new LogError('Nobody moves in this log: each end sends from one address only.')
  const place = (address: string): string => {
    const host = ENDS.find((end) => stops[end].includes(address))
    return host === undefined ? `unknown ${address}` : `${host}@${stops[host].indexOf(address)}`
  }
  const leftOut = new LeftOut()
  const copies = new Copies()
  /** The Message IDs that tell of each end's moves, by who asks: the n-th is that of its n-th move. */
  const tells: Record<End, string[]> = { a: [], b: [] }
  const told: Record<End, string> = { a, b }
  const seen: Seen[] = []
  for (const { line, time, fields } of lines) {
    const { src = '', dst = '', messageId = '' } = fields
    if (fields.exchange === undefined) leftOut.add('no IKE')
    else if (copies.has(JSON.stringify(fields), time)) leftOut.add('seen twice by the router')
    else if (line < begins.line) leftOut.add('before anybody moves')
    else if (fields.exchange !== EXCHANGE.informational) leftOut.add(`exchange ${fields.exchange} is not modelled`)
    else {
      const sender = senderOf(fields)
      const response = isResponse(fields)
      const asker = response ? other(sender) : sender
      // What was under way is sent again from there; only its successor tells.
      if (!response && told[asker] !== src && !tells[asker].includes(messageId)) {
        told[asker] = src
        tells[asker].push(messageId)
      }
      const id = tells[asker].indexOf(messageId) + 1
      if (id === 0) {
        leftOut.add('further exchanges at the same address')
        continue
      }
      const request = asker === 'a' ? 'UPDATE_SA_ADDRESSES' : 'ADDITIONAL_ADDRESSES'
      const kind = response ? 'INFORMATIONAL response' : request
      const more = response ? { id, of: asker === 'a' ? 'initiator' : 'responder' } : { id }
      const words = `${kind}, Message ID ${Number(messageId)}, from ${src} to ${dst}`
      seen.push({ line, time, kind, source: place(src), destination: place(dst), fields: more, words })
    }
  }
  if (seen.length === 0)
    throw new LogError('After somebody has moved, nothing of the log is an INFORMATIONAL exchange.')
  return { seen, leftOut: leftOut.reasons, stops, showsServers: false }
}

const isResponse = ({ flags }: LogLine['fields']): boolean => (Number(flags) & FLAG.response) !== 0

export const mobikeMapping: Mapping = {
  map: mapMobike,
  kinds: new Set(['UPDATE_SA_ADDRESSES', 'ADDITIONAL_ADDRESSES', 'INFORMATIONAL response']),
  registration: new Set(),
  options: { retransmissions: 12 },
  serverPlace: () => 'server',
  uses: [],
  capture: {
    what: 'IKE',
    markers: ['exchange'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['isakmp.exchangetype', 'exchange'],
      ['isakmp.messageid', 'messageId'],
      ['isakmp.flags', 'flags'],
    ],
  },
}
