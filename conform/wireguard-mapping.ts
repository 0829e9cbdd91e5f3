import { ENDS, type End, other } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { Copies, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/** Whitepaper §5.4. */
const TYPE = { initiation: '1', response: '2', cookie: '3', transport: '4' } as const
/** A UDP datagram with transport data of length zero: two headers and an authenticator (§5.4.6). */
const KEEPALIVE_LENGTH = '40'

/**
 * WireGuard as `tshark` tells it, in the words of `spec/wireguard`: what is encrypted it cannot tell, but who sends what to which address. a is who
 * initiates the first handshake; indices say who the others are. What comes before anybody sends from a second address is left out, and so are
 * data that follow others from the same place to the same place: they say nothing new. What an initiator sends first after the response confirms the
 * keys (§5.4.4, last paragraph), whether it carries data or not.
 */
function mapWireGuard(lines: readonly LogLine[]): Mapped {
  const packets = lines.filter(({ fields }) => fields.wgType !== undefined)
  const first = packets.find(({ fields }) => fields.wgType === TYPE.initiation)
  if (first === undefined)
    throw new LogError('The log has no handshake, so that nobody knows who is who: it must begin with one.')
  const hostAt = new Map<string, End>([
    [first.fields.src ?? '', 'a'],
    [first.fields.dst ?? '', 'b'],
  ])
  const stops: Record<End, string[]> = { a: [first.fields.src ?? ''], b: [first.fields.dst ?? ''] }
  /** Whose session an index is: who chose it. */
  const owners = new Map<string, End>()
  for (const { fields } of packets) {
    const { src = '', dst = '', wgSender, wgReceiver } = fields
    const receiver = owners.get(wgReceiver ?? '') ?? hostAt.get(dst)
    const sender = hostAt.get(src) ?? (receiver === undefined ? undefined : other(receiver))
    if (sender === undefined) continue
    if (wgSender !== undefined) owners.set(wgSender, sender)
    if (hostAt.has(src)) continue
    hostAt.set(src, sender)
    stops[sender].push(src)
  }
  const later = new Set(ENDS.flatMap((end) => stops[end].slice(1)))
  const begins = packets.find(({ fields }) => later.has(fields.src ?? ''))
  if (begins === undefined) throw new LogError('Nobody moves in this log: each end sends from one address only.')
  const place = (address: string): string => {
    const host = hostAt.get(address)
    return host === undefined ? `unknown ${address}` : `${host}@${stops[host].indexOf(address)}`
  }
  const leftOut = new LeftOut()
  const copies = new Copies()
  const said = new Set<string>()
  const confirms = new Set<End>()
  const seen: Seen[] = []
  for (const { line, time, fields } of lines) {
    const { src = '', dst = '', wgType, length } = fields
    if (wgType === undefined) {
      leftOut.add('no WireGuard')
      continue
    }
    if (copies.has(JSON.stringify(fields), time)) {
      leftOut.add('seen twice by the router')
      continue
    }
    if (line < begins.line) {
      leftOut.add('before anybody moves')
      continue
    }
    const host = hostAt.get(src)
    let kind = KINDS[wgType]
    if (wgType === TYPE.transport) {
      const confirming = host !== undefined && confirms.delete(host)
      kind = length === KEEPALIVE_LENGTH || confirming ? 'keepalive' : 'data'
    }
    if (wgType === TYPE.response && hostAt.has(dst)) confirms.add(hostAt.get(dst)!)
    if (kind === undefined) {
      leftOut.add(`type ${wgType} is not modelled`)
      continue
    }
    if (kind === 'data' && said.has(`${src} ${dst}`)) {
      leftOut.add('further data')
      continue
    }
    if (kind === 'data') said.add(`${src} ${dst}`)
    const words = `${kind} from ${src} to ${dst}`
    seen.push({ line, time, kind, source: place(src), destination: place(dst), fields: {}, words })
  }
  return { seen, leftOut: leftOut.reasons, stops, showsServers: false }
}

const KINDS: Readonly<Record<string, string>> = {
  [TYPE.initiation]: 'handshake initiation',
  [TYPE.response]: 'handshake response',
}

export const wireGuardMapping: Mapping = {
  map: mapWireGuard,
  kinds: new Set(['handshake initiation', 'handshake response', 'data', 'keepalive']),
  registration: new Set(),
  options: {},
  serverPlace: () => 'server',
  capture: {
    what: 'WireGuard',
    markers: ['wgType'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['udp.length', 'length'],
      ['wg.type', 'wgType'],
      ['wg.sender', 'wgSender'],
      ['wg.receiver', 'wgReceiver'],
      ['wg.counter', 'counter'],
    ],
  },
}
