import type { Story } from '../counterexamples/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { pcapng } from './pcapng.ts'
import { sipPackets } from './sip.ts'
import { ipv4Addresses, timeline } from './timeline.ts'
import { udpOverIpv4 } from './udp.ts'

/** Protocols whose runs can be written as packets. */
export const written = ['sip'] as const

/** A run as a capture that Wireshark opens, and how many of its packets have no form on the wire. */
export function captureOf(internet: Internet, story: Story): { capture: Uint8Array; leftOut: number } {
  const ip = ipv4Addresses(internet)
  const held = (name: string): string => story.moments[0]!.held[name]![0]!
  const sent = timeline(internet, story)
  // A run whose re-INVITEs go to a server is of a call that was set up by way of it.
  const servers = ['server-a', 'server-b'].map(held)
  const goesByProxy = sent.some(
    ({ packet }) => packet.message.kind === 'INVITE' && servers.includes(packet.destination),
  )
  const { packets, leftOut } = sipPackets(sent, ip, {
    a: held('a'),
    b: held('b'),
    proxyOfB: goesByProxy ? held('server-b') : null,
  })
  const captured = packets.map(({ seconds, source, destination, text }) => ({
    seconds,
    bytes: udpOverIpv4(source, destination, 5060, Buffer.from(text)),
  }))
  return { capture: pcapng(captured), leftOut }
}
