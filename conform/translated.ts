import { A_MOMENT, type LeftOut, type LogLine } from './observation.ts'

/** A packet of a log, once, with its addresses on the side of the network where no translator changes them any more. */
export interface OnePacket extends LogLine {
  /** Undefined where it was seen inside only, so that the log does not say which address it would have got. */
  readonly source: string | undefined
  readonly destination: string
  /** Seconds: when it was seen last. */
  readonly until: number
  /** What is wrong, if two sightings of it differ and no translator explains that. */
  readonly differs: string | undefined
}

const endpoint = (address: string, port: string | undefined): string =>
  port === undefined ? address : joined(address, port)
const joined = (address: string, port: string): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** From where a line comes, and where it goes to: with ports, where the log has them. */
export const sourceOf = ({ fields }: LogLine): string => endpoint(fields.src ?? '', fields.srcPort)
export const destinationOf = ({ fields }: LogLine): string => endpoint(fields.dst ?? '', fields.dstPort)

/** That a translator changes one address into another is believed if it does so with more packets than one. */
const TWICE = 2

/**
 * The packets of a log. A router shows a packet when it comes in and when it goes out, a translator of addresses (NAT) with other addresses, captures at both hosts
 * when it leaves and when it arrives: the second sighting is no other packet. Its source is what it has at last, its destination what it has at first, so that either is what the other end knows.
 *
 * @param identityOf equal for sightings of one packet, and for no others
 * @param latency seconds from one sighting of a packet to the next where captures at two hosts were merged: it was on its way between them
 */
export function packetsOf(
  lines: readonly LogLine[],
  identityOf: (fields: LogLine['fields']) => string,
  latency: number,
  leftOut: LeftOut,
): OnePacket[] {
  const merged = together(lines, identityOf, latency)
  const late = merged.filter((all) => all.length > 1 && all.at(-1)!.time - all[0]!.time >= A_MOMENT)
  // Unless most packets were seen a while later again, whatever comes a while later is another packet.
  const sightings = 2 * late.length > merged.length ? merged : together(lines, identityOf, A_MOMENT)
  const translations = translationsIn(sightings)
  const inside = new Set([...translations].filter(([, packets]) => packets >= TWICE).map(([pair]) => insideOf(pair)))
  return sightings.map((all): OnePacket => {
    const [first, last] = [all[0]!, all.at(-1)!]
    for (let i = 1; i < all.length; i++) leftOut.add('seen twice')
    const [source, destination, until] = [sourceOf(last), destinationOf(first), last.time]
    const changes = all.slice(1).flatMap((line, i) => changesBetween(all[i]!, line))
    const odd = changes.find((pair) => (translations.get(pair) ?? 0) < TWICE)
    if (odd !== undefined)
      return {
        ...first,
        source: sourceOf(first),
        destination,
        until,
        differs: `seen again a moment later as from ${source} to ${destinationOf(last)}`,
      }
    const isInsideOnly = inside.has(source)
    return { ...first, source: isInsideOnly ? undefined : source, destination, until, differs: undefined }
  })
}

/** Seconds for which a router keeps a packet for a neighbour that it cannot find (Linux asks three times, once a second). */
const KEPT = 4

/** The lines that show one packet. */
function together(
  lines: readonly LogLine[],
  identityOf: (fields: LogLine['fields']) => string,
  within: number,
): LogLine[][] {
  const all: LogLine[][] = []
  const latest = new Map<string, LogLine[]>()
  /** What has come in, and not gone out yet. */
  const inside = new Map<string, LogLine[][]>()
  for (const line of lines) {
    const identity = identityOf(line.fields)
    const known = latest.get(identity)
    const waiting = inside.get(identity) ?? []
    const isSoon = known !== undefined && line.time - known.at(-1)!.time < within
    const before = isSoon
      ? known
      : line.direction === 'out'
        ? waiting.find((one) => line.time - one[0]!.time < KEPT)
        : undefined
    if (before !== undefined) {
      before.push(line)
      if (line.direction === 'out')
        inside.set(
          identity,
          waiting.filter((one) => one !== before),
        )
      continue
    }
    const fresh = [line]
    latest.set(identity, fresh)
    all.push(fresh)
    if (line.direction === 'in') inside.set(identity, [...waiting, fresh])
  }
  return all
}

const INTO = ' > '
const insideOf = (pair: string): string => pair.slice(0, pair.indexOf(INTO))

/** Inside and outside, if a packet has another address in the second sighting than in the first. */
function changesBetween(one: LogLine, next: LogLine): string[] {
  const [source, translated] = [sourceOf(one), sourceOf(next)]
  const [destination, inside] = [destinationOf(one), destinationOf(next)]
  return [
    ...(source === translated ? [] : [`${source}${INTO}${translated}`]),
    ...(destination === inside ? [] : [`${inside}${INTO}${destination}`]),
  ]
}

function translationsIn(sightings: readonly (readonly LogLine[])[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const all of sightings) {
    for (const pair of new Set(all.slice(1).flatMap((line, i) => changesBetween(all[i]!, line))))
      found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}
