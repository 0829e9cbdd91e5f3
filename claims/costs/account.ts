import { InputError, list } from '../../analysis/errors.ts'
import { NoAnswer } from '../no-answer.ts'
import type { Searches } from '../searches.ts'
import { hopsOfLegs, type Leg, legsOf } from './datagram.ts'
import { type LengthsOf, lengthOf, sourceOf } from './formats.ts'
import { type Handoff, handoffOf, type Said } from './handoff.ts'
import { hopsBetween, type Topology } from './topology.ts'

/** What a handoff of a variant costs, message by message and node by node, as it is in a run of the model. */
export interface Account {
  readonly target: string
  readonly messages: readonly MessageCost[]
  readonly nodes: readonly NodeCost[]
  readonly data: readonly DataCost[]
  /** Of the whole handoff; bytes null where some message's length is not known. */
  readonly handoff: Sum
  readonly refreshes: readonly RefreshCost[]
  /** Of a session: all its handoffs, each as this one, and all refreshes. */
  readonly session: Sum
  /** Where bytes are from; null: nothing says any. */
  readonly source: string | null
}

export interface Sum {
  readonly messages: number
  readonly hops: number
  /** Of IP packets, each counted once. */
  readonly bytes: number | null
  /** Each counted on every hop. */
  readonly bytesOnLinks: number | null
}

export interface MessageCost {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly hops: number
  readonly bytes: number | null
}

/** What a node has to do, and to keep. */
export interface NodeCost {
  readonly name: string
  readonly sent: number
  readonly received: number
  readonly bytesSent: number | null
  /** Values in its state, nested ones one by one: before the move, and after all is said. What is null or empty is none. */
  readonly kept: readonly [before: number, after: number]
}

/** User data from one end to the other, after the handoff. */
export interface DataCost {
  readonly from: string
  readonly to: string
  /** Nodes that they pass; null: they do not arrive. */
  readonly by: readonly string[] | null
  readonly hops: number | null
  /** Headers around them at most, and those of all hops together. */
  readonly tunnels: number | null
  readonly headersOnLinks: number | null
  readonly headerBytesOnLinks: number | null
}

/** What two nodes say to each other in the handoff is said again, each so many seconds. */
export interface Refresh {
  readonly one: string
  readonly other: string
  readonly seconds: number
}
export interface RefreshCost extends Refresh {
  readonly times: number
  readonly each: Sum
}

export interface AccountAsked {
  readonly topology: Topology
  readonly handoffs: number
  /** How long the session lasts. */
  readonly seconds: number
  readonly refreshes: readonly Refresh[]
  /** Bytes of each header around data. */
  readonly outerHeader: number
}

/**
 * @param written what messages take on the wire
 * @throws NoAnswer where there is no run in which a handoff comes to its end
 */
export function accountOf(searches: Searches, target: string, asked: AccountAsked, written: LengthsOf): Account {
  const handoff = handoffOf(searches, target)
  const { topology } = asked
  const protocol = handoff.found.protocol.name
  const lengths = written(handoff)
  const messages = handoff.messages.map((said) => messageCost(said, topology, lengthOf(protocol, lengths, said)))
  const refreshes = asked.refreshes.map((refresh): RefreshCost => {
    const { one, other, seconds } = refresh
    const own = messages.filter(({ from, to }) => (from === one && to === other) || (from === other && to === one))
    if (own.length === 0)
      throw new InputError(
        `--refresh: '${one}' and '${other}' say nothing to each other in a handoff of ${target}, so there is nothing to say again. Those that do: ${list([...new Set(messages.map(({ from, to }) => `${from}-${to}`))])}.`,
      )
    return { ...refresh, times: Math.floor(asked.seconds / seconds), each: sumOf(own) }
  })
  const whole = sumOf(messages)
  const [one, other] = handoff.found.variant.subject.ends
  return {
    target,
    messages,
    nodes: nodesOf(handoff, messages),
    data: [dataCost(handoff, one, other, asked), dataCost(handoff, other, one, asked)],
    handoff: whole,
    refreshes,
    session: [times(whole, asked.handoffs), ...refreshes.map(({ each, times: often }) => times(each, often))].reduce(
      plus,
    ),
    source: messages.some(({ bytes }) => bytes !== null) ? sourceOf(protocol, lengths !== null) : null,
  }
}

const messageCost = ({ name, from, to }: Said, topology: Topology, bytes: number | null): MessageCost => ({
  name,
  from,
  to,
  hops: hopsBetween(topology, from, to),
  bytes,
})

function sumOf(messages: readonly MessageCost[]): Sum {
  return messages
    .map(({ hops, bytes }) => ({ messages: 1, hops, bytes, bytesOnLinks: bytes === null ? null : bytes * hops }))
    .reduce(plus, { messages: 0, hops: 0, bytes: 0, bytesOnLinks: 0 })
}

const both = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other

function plus(one: Sum, other: Sum): Sum {
  return {
    messages: one.messages + other.messages,
    hops: one.hops + other.hops,
    bytes: both(one.bytes, other.bytes),
    bytesOnLinks: both(one.bytesOnLinks, other.bytesOnLinks),
  }
}

function times({ messages, hops, bytes, bytesOnLinks }: Sum, often: number): Sum {
  return {
    messages: messages * often,
    hops: hops * often,
    bytes: bytes === null ? null : bytes * often,
    bytesOnLinks: bytesOnLinks === null ? null : bytesOnLinks * often,
  }
}

const nodesOf = ({ before, after }: Handoff, messages: readonly MessageCost[]): NodeCost[] =>
  after.layout.topology.nodes.map(({ name }) => {
    const own = messages.filter(({ from }) => from === name)
    return {
      name,
      sent: own.length,
      received: messages.filter(({ to }) => to === name).length,
      bytesSent: sumOf(own).bytes,
      kept: [valuesIn(before.state(name)), valuesIn(after.state(name))],
    }
  })

/** Numbers, words and truths in plain data. */
function valuesIn(data: unknown): number {
  if (data === null || data === undefined) return 0
  if (typeof data !== 'object') return 1
  return Object.values(data).reduce((sum: number, one) => sum + valuesIn(one), 0)
}

function dataCost(
  { after }: Handoff,
  from: string,
  to: string,
  { topology, outerHeader }: Pick<AccountAsked, 'topology' | 'outerHeader'>,
): DataCost {
  const legs = legsIn(() => legsOf(after, from, to))
  if (legs === null)
    return { from, to, by: null, hops: null, tunnels: null, headersOnLinks: null, headerBytesOnLinks: null }
  const headers = legs.reduce((sum, leg) => sum + leg.tunnels * hopsBetween(topology, leg.from, leg.to), 0)
  return {
    from,
    to,
    by: legs.slice(1).map((leg) => leg.from),
    hops: hopsOfLegs(legs, topology),
    tunnels: Math.max(...legs.map(({ tunnels }) => tunnels)),
    headersOnLinks: headers,
    headerBytesOnLinks: headers * outerHeader,
  }
}

/** Null where data do not arrive. */
function legsIn(legs: () => Leg[]): Leg[] | null {
  try {
    return legs()
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}
