import { fileURLToPath } from 'node:url'
import type { LogLine } from '../../conform/observation.ts'
import { readNdjson } from '../../conform/read/ndjson.ts'

/** The captures of real software, a variant that each is a run of, and how many of its packets are compared. */
export const captures: readonly (readonly [capture: string, target: string, packets: number])[] = [
  ['sip-direct-one-move', 'sip/direct', 3],
  ['sip-direct-double-jump', 'sip/direct', 36],
  ['sip-proxy-loose-route-double-jump', 'sip/home-proxy-rfc', 34],
  ['sip-proxy-look-up-double-jump', 'sip/home-proxy-relookup', 88],
  ['sip-proxy-relookup-resend-double-jump', 'sip/resend-add-branch', 78],
  ['sip-proxy-replace-double-jump', 'sip/resend-replace-branch', 18],
  ['sip-direct-callee-moves-and-caller-hangs-up', 'sip/direct', 5],
  ['sip-direct-caller-moves-and-returns', 'sip/direct', 8],
  ['sip-direct-double-jump-caller-returns-and-hangs-up', 'sip/direct', 26],
  ['sip-proxy-look-up-refused-caller-hangs-up', 'sip/home-proxy-relookup', 13],
  ['sip-direct-callee-moves-and-hangs-up-unnoticed', 'sip/direct', 22],
  ['sip-proxy-look-up-caller-moves-on', 'sip/home-proxy-relookup', 22],
  ['sip-proxy-loose-route-caller-gives-up', 'sip/home-proxy-rfc', 36],
  ['sip-proxy-resend-callee-gives-up', 'sip/resend-add-branch', 49],
  ['sip-proxy-loose-route-caller-returns-and-gives-up', 'sip/home-proxy-rfc', 22],
  ['sip-proxy-look-up-both-move-in-turn', 'sip/home-proxy-relookup', 31],
  ['mipv6-double-jump', 'mipv6/ro-rfc', 33],
  ['mipv6-re-forwarding-double-jump', 'mipv6/home-address', 32],
  ['wireguard-double-jump', 'wireguard/roaming', 17],
  ['wireguard-one-move', 'wireguard/roaming', 7],
  ['wireguard-one-keepalive-its-end-moves', 'wireguard/one-keepalive', 40],
  ['wireguard-double-jump-one-returns', 'wireguard/persistent-keepalive', 56],
  ['wireguard-translated-port-changes', 'wireguard/persistent-keepalive', 55],
  ['wireguard-three-networks', 'wireguard/persistent-keepalive', 42],
  ['wireguard-addresses-kept', 'wireguard/roaming', 27],
  ['mobike-double-jump', 'mobike/single-homed', 26],
  ['mobike-one-move', 'mobike/single-homed', 10],
  ['mobike-responder-moves', 'mobike/silent-initiator', 38],
  ['mobike-double-jump-initiator-returns', 'mobike/silent-initiator', 60],
  ['mobike-initiator-moves-twice', 'mobike/silent-initiator', 38],
  ['mobike-both-return-soon', 'mobike/silent-initiator', 29],
  ['mobike-both-move-and-return', 'mobike/silent-initiator', 60],
  ['mobike-both-move-in-turn', 'mobike/silent-initiator', 69],
  ['quic-one-move', 'quic/client-migration', 18],
  ['quic-double-jump', 'quic/client-migration', 25],
  ['quic-client-returns', 'quic/client-migration', 20],
  ['quic-client-probes-first', 'quic/client-migration', 25],
  ['quic-client-moves-twice', 'quic/client-migration', 15],
  ['quic-client-moves-unnoticed', 'quic/client-migration', 23],
  ['quic-server-moves', 'quic/client-migration', 35],
  ['quic-translated-port-changes', 'quic/client-migration', 30],
  ['quic-ngtcp2-client-migrates', 'quic/client-migration', 35],
  ['quic-ngtcp2-client-moves-unnoticed', 'quic/client-migration', 25],
]

/** A capture as its log of JSON lines, for generators: they run in `dist`. */
export async function realLog(capture: string): Promise<readonly LogLine[]> {
  const file = new URL(`../../../test/conform/captures/${capture}.ndjson`, import.meta.url)
  return (await readNdjson(fileURLToPath(file))).lines
}
