/** How a receiver finds a security association: by SPI alone, or by SPI and destination (RFC 4301 §4.1). */
export interface SecurityAssociation {
  readonly spi: number
  readonly destination: string
}

export const find = (
  database: readonly SecurityAssociation[],
  packet: { readonly spi: number; readonly destination: string },
  by: 'SPI' | 'SPI and destination',
): SecurityAssociation | undefined =>
  database.find(({ spi, destination }) => spi === packet.spi && (by === 'SPI' || destination === packet.destination))
