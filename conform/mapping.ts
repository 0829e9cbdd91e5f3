import type { Address } from '../spec/internet/address.ts'
import type { Layout } from '../spec/internet/layout.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Placed } from '../spec/internet/topology.ts'
import type { End } from '../spec/roaming.ts'
import type { Log, LogLine, Mapped } from './observation.ts'

/** How logs of a protocol are read: the mapping into the model's words, and what of the model they can show. */
export interface Mapping {
  /** `latency`: seconds that a packet is on its way at most. */
  readonly map: (lines: readonly LogLine[], latency: number) => Mapped
  /** The kinds of message that a log can show at all. */
  readonly kinds: ReadonlySet<string>
  /** Those of them that only a log which shows servers has. */
  readonly registration: ReadonlySet<string>
  /** What is assumed of the scenario besides what the log shows. */
  readonly options: Scenario['options']
  /** Whether packets may be taken in another order than they were sent in: by a network, or a program with several threads. Else links keep their order. */
  readonly links?: Scenario['links']
  /**
   * From where a host in a state may send messages of a kind, in that state or a later one, though its host neither is there nor will be. Nothing is concluded where the
   * mapping does not say, nor may it say where a node sends on later what others have sent, as home agents do.
   */
  readonly sendsFrom?: SendsFrom
  /** What a server is called in what is seen; 'server' for all of them, if there is no telling them apart. */
  readonly serverPlace: (layout: Layout, server: Placed) => string
  readonly capture: CaptureFields
  /** How a program of the protocol writes its own log, where that can be read. */
  readonly programLog?: ProgramLog
  /** What is done with each field of a line; docs/reality.md has it as a table. */
  readonly uses: readonly FieldUse[]
}

export type SendsFrom = (host: End, kind: string, state: unknown, scenario: Scenario) => readonly Address[]

/** What is done with a field of a line. */
export interface FieldUse {
  /** As the schema of logs calls it. */
  readonly field: string
  /** Compared with what the model sends; read and put into the model's words (a number counted from where it begins); or not looked at. */
  readonly use: 'compared' | 'normalised' | 'ignored'
  /** The kinds of message that it is of, by commas; all, if it does not say. */
  readonly of?: string
  /** With what it is compared, how it is put into words, or why it is ignored. */
  readonly how: string
}

/** How a capture becomes lines of a log, by tshark. */
/** Where a datagram comes from and goes to, as tshark calls it. */
export const UDP_ADDRESSES: CaptureFields['fields'] = [
  ['ip.src', 'src'],
  ['ip.dst', 'dst'],
  ['ipv6.src', 'src'],
  ['ipv6.dst', 'dst'],
  ['udp.srcport', 'srcPort'],
  ['udp.dstport', 'dstPort'],
]

export interface CaptureFields {
  /** What the packets are, in words. */
  readonly what: string
  /** tshark's names of the fields, and ours; several of tshark's may fill one of ours. */
  readonly fields: readonly (readonly [tshark: string, ours: string])[]
  /** What tshark has to be told about ports, as its option -d says it. */
  readonly decodeAs?: readonly string[]
  /** A packet without any of these (ours) is not about the protocol. */
  readonly markers: readonly string[]
}

/** A log that a program writes for people. */
export interface ProgramLog {
  /** Whose it is. */
  readonly what: string
  /** Whether a line is one of it; or, of what begins like JSON, whether a file is one, by its beginning or its name. */
  readonly isLine?: (text: string) => boolean
  readonly isFile?: (head: string, path: string) => boolean
  /** Fields that captures have not. */
  readonly fields?: readonly string[]
  /** What it says of packets, with the fields of the schema of logs; `path` is for what is said of mistakes. */
  readonly read: (path: string, text: string) => Log
}

/** What Wireshark's display filter lets through of a capture that is to be judged: docs/wireshark.md has it for each protocol. */
export function displayFilterOf({ fields, markers }: CaptureFields): string {
  const any = fields.flatMap(([tshark, ours]) => (markers.includes(ours) ? [tshark] : []))
  // An ICMP error quotes the packet that it is about.
  return `(${any.join(' or ')}) and not icmp and not icmpv6`
}

/** Whether a use is of a kind of message. */
export const isOf = ({ of }: FieldUse, kind: string): boolean => of === undefined || of.split(', ').includes(kind)
