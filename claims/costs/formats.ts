import type { PacketLabel } from '../../checker/model.ts'
import type { Handoff, Said } from './handoff.ts'

/** What messages of a handoff take, where something writes them as packets; null where it does not. */
export type LengthsOf = (handoff: Handoff) => Lengths | null
type Lengths = (packet: PacketLabel) => number | null

/** Octets of headers: IPv4 (RFC 791 §3.1), UDP (RFC 768), TCP without options (RFC 9293 §3.1). */
const [IPV4, UDP, TCP] = [20, 8, 20]

/** Lengths that a format says. */
interface Format {
  readonly source: string
  /** Octets of the IP packet, by the message's name. */
  readonly of: Readonly<Record<string, number>>
}

/** A datagram with such a frame is padded to 1200 octets. */
const PATH = IPV4 + UDP + 1200
/** MP_JOIN of a SYN, a SYN/ACK and an ACK; ADD_ADDR of an IPv4 address with its HMAC, and its echo; REMOVE_ADDR of one address. */
const [JOIN, JOIN_ANSWER, JOIN_ACK, ADD, ECHO, REMOVE] = [12, 16, 24, 16, 8, 4]

/** Of protocols that are not written on the wire here, the messages whose lengths do not depend on what is negotiated or said. Over IPv4. */
const FORMATS: Readonly<Record<string, Format>> = {
  wireguard: {
    source: 'WireGuard whitepaper §5.4.2, §5.4.3, §5.4.6: initiation 148, response 92, keepalive 32 octets of UDP',
    of: {
      'handshake initiation': IPV4 + UDP + 148,
      'handshake response': IPV4 + UDP + 92,
      keepalive: IPV4 + UDP + 32,
    },
  },
  quic: {
    source: 'RFC 9000 §8.2.1, §8.2.2: datagrams with PATH_CHALLENGE or PATH_RESPONSE are padded to 1200 octets',
    of: {
      'data, PATH_CHALLENGE': PATH,
      'ACK, PATH_RESPONSE, PATH_CHALLENGE': PATH,
      PATH_RESPONSE: PATH,
      PATH_CHALLENGE: PATH,
      'PATH_RESPONSE, PATH_CHALLENGE': PATH,
      'data, PATH_RESPONSE': PATH,
    },
  },
  mptcp: {
    source:
      'RFC 8684 §3.2, §3.4.1, §3.4.2: MP_JOIN 12, 16 and 24, ADD_ADDR 16 and 8, REMOVE_ADDR 4 octets, without other TCP options',
    of: {
      'SYN (MP_JOIN)': IPV4 + TCP + JOIN,
      'SYN/ACK (MP_JOIN)': IPV4 + TCP + JOIN_ANSWER,
      'ACK (MP_JOIN), REMOVE_ADDR': IPV4 + TCP + JOIN_ACK + REMOVE,
      ADD_ADDR: IPV4 + TCP + ADD,
      'ADD_ADDR echo': IPV4 + TCP + ECHO,
    },
  },
}

/** Where the lengths of a protocol's messages are from: null where nothing says them. */
export const sourceOf = (protocol: string, isWritten: boolean): string | null =>
  isWritten ? 'the packets that `explain --format pcapng` writes' : (FORMATS[protocol]?.source ?? null)

/** Octets of a message as an IP packet; null where neither a writer nor a format says. */
export function lengthOf(protocol: string, written: Lengths | null, { name, packet }: Said): number | null {
  return written?.(packet) ?? FORMATS[protocol]?.of[name] ?? null
}
