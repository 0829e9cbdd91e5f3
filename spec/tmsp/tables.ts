import type { Address } from '../index.ts'

/**
 * The address mapping of TMSP (003 §III-B–D): a connection keeps, for its application, the addresses that it began with; on the wire
 * it uses those of now. Pure functions of the linked tables.
 */
export interface Tables {
  /** The mapping table, by port: the addresses that the application knows, and the peer. */
  readonly mapping: Readonly<Record<number, Mapping>>
  /** The URI table: where each peer is. */
  readonly careOf: Readonly<Record<string, Address>>
}

export interface Mapping {
  /** RSA and RDA: real source and destination address, as they were when the connection began. */
  readonly source: Address
  readonly destination: Address
  readonly peer: string
}

/** A datagram as the application or the wire has it. */
export interface Datagram {
  readonly source: Address
  readonly destination: Address
  readonly port: number
}

/** 003 §III-D  Out: the source becomes my own care-of address, the destination the peer's. */
export function outgoing(tables: Tables, here: Address, datagram: Datagram): Datagram {
  const entry = tables.mapping[datagram.port]
  if (entry === undefined) return datagram
  return { ...datagram, source: here, destination: tables.careOf[entry.peer] ?? datagram.destination }
}

/** In: matched by port, the source becomes RDA and the destination RSA. (The paper writes 'DSA'.) */
export function incoming(tables: Tables, datagram: Datagram): Datagram {
  const entry = tables.mapping[datagram.port]
  return entry === undefined ? datagram : { ...datagram, source: entry.destination, destination: entry.source }
}
