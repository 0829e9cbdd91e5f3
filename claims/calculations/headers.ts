import { above0, from0 } from './quantities.ts'

/** Header overhead of media packets (001 Table 1), in bytes. */
export const IP_UDP_RTP = 20 + 8 + 12
/** IP-in-IP with UDP encapsulation, as the table has it. */
export const TUNNEL = 20 + 8

/** Share of the headers in a packet, in per cent; headers and payload in bytes. */
export const share = (headers: number, payload: number): number =>
  (100 * from0('The length of the headers', headers, 'bytes')) /
  (headers + above0('The length of the payload', payload, 'bytes'))

/** Milliseconds of sound in a packet: the table does not say how many; these fit its numbers. */
export const [G711_PACKET, G7231_PACKET] = [20, 30]

const bytes = (bitsASecond: number, milliseconds: number): number => Math.round((bitsASecond * milliseconds) / 8000)
export const G711 = bytes(64_000, G711_PACKET)
export const G7231 = bytes(5_300, G7231_PACKET)
