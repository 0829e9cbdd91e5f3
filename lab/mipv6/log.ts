import type { LogLine } from '../../conform/observation.ts'
import { decodeIpv6, type Ipv6Packet } from '../../wire/ipv6.ts'
import type { Captured } from '../../wire/pcapng.ts'

const TYPES = { HoTI: 1, CoTI: 2, HoT: 3, CoT: 4, BU: 5, BA: 6 } as const

/** What `tshark` would read of a capture of Mobile IPv6, without the detour (docs/log.schema.json). */
export const logOf = (captured: readonly Captured[]): LogLine[] =>
  captured.map(({ seconds, bytes }, i) => ({
    line: i + 1,
    time: seconds,
    fields: fieldsOf(decodeIpv6(Buffer.from(bytes))),
  }))

function fieldsOf(packet: Ipv6Packet): LogLine['fields'] {
  const { payload, source: src, destination: dst, homeAddress, routingHome } = packet
  if ('tunnel' in payload) {
    const inner = fieldsOf(payload.tunnel)
    return { ...inner, src: `${src},${inner.src}`, dst: `${dst},${inner.dst}` }
  }
  const fields: Record<string, string> = { src, dst }
  if (homeAddress !== undefined) fields.homeAddress = homeAddress
  if (routingHome !== undefined) fields.routingHome = routingHome
  if (!('mobility' in payload)) return fields
  const { mobility: m } = payload
  fields.mhtype = String(TYPES[m.type])
  if ('cookie' in m) fields.cookie = `0x${m.cookie.toString('hex')}`
  if ('seq' in m) fields.seq = String(m.seq)
  if (m.type === 'BA') fields.status = String(m.status)
  if (m.type === 'BU') {
    fields.homeRegistration = m.home ? '1' : '0'
    if (m.alternateCareOf !== undefined) fields.careOf = m.alternateCareOf
  }
  return fields
}
