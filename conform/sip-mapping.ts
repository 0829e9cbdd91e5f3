import type { Address } from '../spec/internet/address.ts'
import { ENDS } from '../spec/roaming.ts'
import type { UserAgent } from '../spec/sip/user-agent-state.ts'
import { doneBy } from '../spec/sip/variants.ts'
import type { Mapping } from './mapping.ts'
import { LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'
import { actionsIn } from './sip-actions.ts'
import { endsOf } from './sip-ends.ts'
import { sipFields } from './sip-fields.ts'
import { type Headers, isRequest, methodOf, topOf } from './sip-headers.ts'
import { ANSWERS, ANSWERS_TO_BYE, ANSWERS_TO_CANCEL, Reader } from './sip-reader.ts'
import { routesIn } from './sip-routes.ts'
import { packetsOf } from './translated.ts'

/**
 * SIP as `tshark` tells it, in the words of `spec/sip`. Fields: see `sip-fields.ts`.
 *
 * The model begins with an established dialog: what comes before the first ACK is left out. So are copies that a router shows on its other side, a REGISTER
 * that only refreshes or goes with another of the same move, and what belongs to neither. CSeq is counted from the first re-INVITE of each side, modulo the
 * model's (`CSEQ_MODULUS`). What headers must say of each other is held against RFC 3261: a line that goes against it is no message of the model.
 */
function mapSip(all: readonly LogLine[], latency: number): Mapped {
  const leftOut = new LeftOut()
  const about = all.filter(({ fields }) => methodOf(fields) !== '')
  for (let i = about.length; i < all.length; i++) leftOut.add('no SIP')
  const packets = packetsOf(about, identityOf, latency, leftOut)
  // Both ends' own addresses, whoever translates them on the way.
  const lines = packets.map((packet): LogLine => {
    const { line, time, fields, source = fields.src ?? '', destination } = packet
    return { line, time, fields: { ...fields, src: source, dst: destination } }
  })
  const ends = endsOf(lines)
  const reader = new Reader(lines, ends)
  const seen: Seen[] = []
  for (const [i, { line, time, fields }] of lines.entries()) {
    const { src = '', dst = '', status = '', cseq = '' } = fields
    const read = reader.read(i, fields)
    if ('left' in read) {
      leftOut.add(read.left)
      continue
    }
    const { kind = 'no message of the model', more = {}, unsupported } = read
    const { differs, until } = packets[i]!
    const name = isRequest(fields) ? fields.method : `${status} ${fields.cseqMethod}`
    seen.push({
      line,
      time,
      until,
      kind: differs === undefined ? kind : `${kind}, ${differs}`,
      source: ends.place(src),
      destination: ends.place(dst),
      fields: more,
      words: `${name} CSeq ${cseq} from ${src} to ${dst}`,
      ...(unsupported === undefined ? {} : { unsupported }),
    })
  }
  if (seen.length === 0) {
    throw new LogError(
      `Nothing of the log's ${all.length} lines is about a call that moves: ${Object.entries(leftOut.reasons)
        .map(([why, n]) => `${n} ${why}`)
        .join(', ')}.`,
    )
  }
  return {
    seen,
    leftOut: leftOut.reasons,
    stops: ends.stops,
    showsServers: ends.showsServers,
    options: {
      'registrations refused': reader.refused.join(' '),
      'copies are new transactions': hasCopiesWithNewVias(lines),
      actions: actionsIn(seen),
      ...routesIn(lines, ends, latency),
    },
    furtherOptions: { actions: [actionsIn(seen), ...ENDS.map((end) => `${end} notices`)].join(', ') },
  }
}

/** All that a line says, but where it was seen. Without branches, what a proxy sends on looks like what it got. */
function identityOf(headers: Headers): string {
  const { src, dst, srcPort: _, dstPort: __, ...others } = headers
  return JSON.stringify(headers.branch === undefined ? [others, src, dst] : others)
}

/** §17.2.3  A copy whose Via has another sent-by than the first one is another transaction: programs that move write it anew. */
function hasCopiesWithNewVias(lines: readonly LogLine[]): boolean {
  const first = new Map<string, string>()
  return lines.some(({ fields }) => {
    const { sentBy } = fields
    if (!isRequest(fields) || fields.branch === undefined || sentBy === undefined) return false
    const id = `${fields.method} ${topOf(fields)}`
    const before = first.get(id)
    if (before === undefined) first.set(id, sentBy)
    return before !== undefined && before !== sentBy
  })
}

const REGISTRATION = ['REGISTER', '200 OK (REGISTER)', 'refusal (REGISTER)']

/** A program that notices late sends from the address that it knows; by the time it takes another one for its own, its host may have left that too. */
const knownTo = ({ here, unnoticed }: UserAgent): Address[] => [here, ...(unnoticed === undefined ? [] : [unnoticed])]

export const sipMapping: Mapping = {
  map: mapSip,
  kinds: new Set([
    ...Object.values(ANSWERS),
    'INVITE',
    'ACK',
    'ACK (error)',
    'BYE',
    ...Object.values(ANSWERS_TO_BYE),
    'CANCEL',
    ...Object.values(ANSWERS_TO_CANCEL),
    ...REGISTRATION,
  ]),
  registration: new Set(REGISTRATION),
  options: { retransmissions: 6, 'retries after 491': 'unlimited' },
  sendsFrom: (host, _kind, state, scenario) =>
    doneBy(scenario, host).includes('notices') ? knownTo(state as UserAgent) : [],
  serverPlace: () => 'server',
  ...sipFields,
}
