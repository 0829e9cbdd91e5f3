/** Header overhead of media packets (001 Table 1), in bytes. */
export const IP_UDP_RTP = 20 + 8 + 12
/** IP-in-IP with UDP encapsulation, as the table has it. */
export const TUNNEL = 20 + 8

/** Share of the headers in a packet, in per cent. */
export const share = (headers: number, payload: number): number => (100 * headers) / (headers + payload)

/** 64 kb/s and 5.3 kb/s; the table does not say how many milliseconds a packet holds: 20 and 30 fit its numbers. */
export const G711 = (64_000 * 0.02) / 8
export const G7231 = Math.round((5_300 * 0.03) / 8)
