import { createHmac } from 'node:crypto'

/** An address that a packet has, on the way or in a tunnel. */
interface Header {
  readonly source: string
  readonly destination: string
}

/** What both ends agreed on: how packets are protected, and which addresses they may have (RFC 4301 §4.4.2, from memory). */
export interface SecurityAssociation {
  readonly spi: number
  readonly protocol: 'AH' | 'ESP'
  readonly mode: 'transport' | 'tunnel'
  /** Where its packets go: known when it is made. */
  readonly destination: string
  readonly key: string
  /** Of the inner header in a tunnel, else of the only one. */
  readonly selectors: Header
}

export interface ProtectedPacket {
  readonly spi: number
  readonly outer: Header
  /** Of a tunnel. */
  readonly inner: Header | null
  readonly checkValue: Buffer
}

/** AH covers the outer addresses (RFC 4302 §3.3.3), ESP nothing outside itself (RFC 4303 §2.8). */
const covered = ({ protocol }: SecurityAssociation, outer: Header, inner: Header | null): string =>
  JSON.stringify([protocol === 'AH' ? outer : null, inner, 'payload'])

const checkValueOf = (association: SecurityAssociation, outer: Header, inner: Header | null): Buffer =>
  createHmac('sha1', association.key)
    .update(covered(association, outer, inner))
    .digest()
    .subarray(0, 12)

/** What the sender makes: for the addresses that the association was made with; then whatever maps addresses has the packet go elsewhere. */
export function protect(association: SecurityAssociation, now: string): ProtectedPacket {
  const inner = association.mode === 'tunnel' ? association.selectors : null
  const made = { source: association.selectors.source, destination: association.destination }
  return {
    spi: association.spi,
    outer: { ...made, destination: now },
    inner,
    checkValue: checkValueOf(association, made, inner),
  }
}

const find = (
  database: readonly SecurityAssociation[],
  packet: ProtectedPacket,
  by: 'SPI' | 'SPI and destination',
): SecurityAssociation | undefined =>
  database.find(
    ({ spi, destination }) => spi === packet.spi && (by === 'SPI' || destination === packet.outer.destination),
  )

/** What the receiver makes of a packet (RFC 4301 §5.2, from memory): looks up, checks, and holds the addresses against what was agreed. */
export function receive(
  database: readonly SecurityAssociation[],
  packet: ProtectedPacket,
  by: 'SPI' | 'SPI and destination',
): 'taken' | 'no association is found' | 'the check value is wrong' | 'the addresses are not what was agreed' {
  const association = find(database, packet, by)
  if (association === undefined) return 'no association is found'
  if (!checkValueOf(association, packet.outer, packet.inner).equals(packet.checkValue))
    return 'the check value is wrong'
  const { source, destination } = packet.inner ?? packet.outer
  const agreed = source === association.selectors.source && destination === association.selectors.destination
  return agreed ? 'taken' : 'the addresses are not what was agreed'
}
