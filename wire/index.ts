import type { PacketLabel } from '../checker/model.ts'
import type { Story } from '../counterexamples/index.ts'
import { networkOf } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { ipv4Addresses, ipv6Addresses } from './addresses.ts'
import { hipPackets } from './hip.ts'
import { mipPackets } from './mip.ts'
import { mipv6Packets } from './mipv6.ts'
import { type Captured, pcapng } from './pcapng.ts'
import { sipPackets } from './sip.ts'
import { type Sent, type Told, timeline } from './timeline.ts'
import { udpOverIpv4 } from './udp.ts'

/** A run, what of it was sent when, and where nodes are at first. */
interface Run {
  readonly internet: Internet
  readonly sent: readonly Sent[]
  readonly startOf: (name: string) => string
}

interface Written {
  readonly packets: readonly Captured[]
  /** How many of the run's packets have no form on the wire. */
  readonly leftOut: number
}

const ENDS = ['a', 'b'] as const

const writers: Readonly<Record<string, (run: Run) => Written>> = {
  sip: ({ internet, sent, startOf }) => {
    // A run whose re-INVITEs go to a server is of a call that was set up by way of it.
    const servers = ENDS.map((end) => startOf(`server-${end}`))
    const goesByProxy = sent.some(
      ({ packet }) => packet.message.kind === 'INVITE' && servers.includes(packet.destination),
    )
    const { packets, leftOut } = sipPackets(sent, ipv4Addresses(internet), {
      a: startOf('a'),
      b: startOf('b'),
      proxyOfB: goesByProxy ? startOf('server-b') : null,
    })
    const captured = packets.map(({ seconds, source, destination, text }) => ({
      seconds,
      bytes: udpOverIpv4(source, destination, 5060, Buffer.from(text)),
    }))
    return { packets: captured, leftOut }
  },
  mipv6: ({ internet, sent, startOf }) => {
    const mobile = (end: 'a' | 'b') => ({ ...atHome(startOf, end), start: startOf(end) })
    const optimizes = sent.some(({ packet }) => packet.message.kind === 'CoTI')
    return mipv6Packets(sent, ipv6Addresses(internet), { a: mobile('a'), b: mobile('b') }, optimizes)
  },
  mip: ({ internet, sent, startOf }) => {
    const foreignAgents = internet.layout.topology.nodes.filter(({ name }) => name.startsWith('fa '))
    const mobiles = ENDS.map((end) => {
      const start = startOf(end)
      const by = foreignAgents.find(({ name }) => name === `fa ${networkOf(start)}`)?.stops[0]?.[0] ?? null
      return { ...atHome(startOf, end), start, by }
    })
    return mipPackets(sent, ipv4Addresses(internet), mobiles)
  },
  hip: ({ internet, sent }) => hipPackets(sent, ipv6Addresses(internet)),
}

/** A home agent is in the home network of its mobile node. */
function atHome(startOf: Run['startOf'], end: string): { agent: string; home: string } {
  const agent = startOf(`ha-${end}`)
  return { agent, home: `${networkOf(agent)}/${end}` }
}

/** Protocols whose runs can be written as packets. */
export const written: readonly string[] = Object.keys(writers)

/** The packets of a run of a protocol that is `written`, as they are on the wire. */
function packetsOf(
  protocol: string,
  internet: Internet,
  story: Story,
): Written & { readonly isPossible: boolean; readonly sent: readonly Told[] } {
  const startOf = (name: string): string => {
    const n = internet.layout.topology.nodes.find((one) => one.name === name)
    if (n === undefined) throw new Error(`There is no node '${name}' in this run.`)
    return n.stops[0]![0]!
  }
  const { sent, isPossible } = timeline(internet, story)
  return { ...writers[protocol]!({ internet, sent, startOf }), isPossible, sent }
}

/** How many bytes a packet of a run has, as an IP packet; null where some of its packets have no form on the wire. */
export function lengthsOf(
  protocol: string,
  internet: Internet,
  story: Story,
): ((packet: PacketLabel) => number | null) | null {
  if (!written.includes(protocol)) return null
  const { packets, leftOut, sent } = packetsOf(protocol, internet, story)
  if (leftOut > 0) return null
  // What comes before sets up what the run begins with.
  const ofRun = packets.slice(packets.length - sent.length)
  const known = new Map(sent.map(({ label }, i) => [keyOf(label), ofRun[i]!.bytes.length]))
  return (packet) => known.get(keyOf(packet)) ?? null
}

/** Tunnels by what is in them as well. */
const keyOf = ({ name, detail, source, destination, inside = [] }: PacketLabel): string =>
  JSON.stringify([name, detail, source, destination, inside.map(keyOf)])

/** A run as a capture that Wireshark opens, how many of its packets have no form on the wire, and whether a clock could have such a run. */
export function captureOf(
  protocol: string,
  internet: Internet,
  story: Story,
): { capture: Uint8Array; leftOut: number; isPossible: boolean } {
  const { packets, leftOut, isPossible } = packetsOf(protocol, internet, story)
  return { capture: pcapng(packets), leftOut, isPossible }
}
