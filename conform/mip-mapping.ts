import { networkOf } from '../spec/internet/address.ts'
import { IDENTIFICATIONS } from '../spec/mip/mobile-node.ts'
import { ENDS, type End, homeOf } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { Numbering } from './numbering.ts'
import { Copies, isSet, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/** RFC 5944 §3.3, §3.4. */
const TYPE = { request: '1', reply: '3' } as const
const CODES: Readonly<Record<string, string>> = {
  0: '0 accepted',
  1: '1 accepted, no simultaneous bindings',
  133: '133 Identification mismatch',
}

interface Mobile {
  readonly end: End
  readonly home: string
  readonly agent: string
  /** One a stop. */
  readonly careOf: string[]
  readonly numbering: Numbering
  /** When it was last accepted, and how often it has registered again a while after that. */
  acceptedAt: number
  refreshes: number
}

/** Seconds after which a request is none that was sent again before its answer came. */
const LATER = 5

/**
 * MIPv4 registrations as `tshark` tells them, in the words of `spec/mip`. Who is who comes from the home addresses, the first of which is a's; where a
 * mobile node is, from its care-of address, whatever address it has on the link of a foreign agent (RFC 5944 §3.6.1). What comes before anybody has
 * registered a second care-of address is left out.
 */
function mapMip(lines: readonly LogLine[]): Mapped {
  const requests = lines.filter(({ fields }) => fields.mipType === TYPE.request)
  const mobiles = mobilesOf(requests)
  const agents = new Map(mobiles.map(({ agent, end }) => [agent, `ha-${end}`]))
  // A care-of address that a request goes to, and not only says, is a foreign agent's.
  const foreign = new Set(requests.filter(({ fields }) => fields.dst === fields.careOf).map(({ fields }) => fields.dst))
  const of = ({ fields }: LogLine): Mobile | undefined => mobiles.find(({ home }) => home === fields.home)
  const stopOf = (mobile: Mobile, careOf: string): string => {
    const place = `${mobile.end}@${mobile.careOf.indexOf(careOf)}`
    return foreign.has(careOf) ? `fa of ${place}` : place
  }
  const begins = requests.find((line) => of(line)!.careOf[0] !== line.fields.careOf)
  if (begins === undefined) {
    throw new LogError(
      'Nobody moves in this log: no Registration Request has a second care-of address. Does it begin with the first registration of each mobile node?',
    )
  }
  const leftOut = new LeftOut()
  const copies = new Copies()
  const seen: Seen[] = []
  for (const log of lines) {
    const { line, time, fields } = log
    if (log === begins) for (const { numbering } of mobiles) numbering.begin()
    const { src = '', dst = '', identification = '', mipType, careOf = '' } = fields
    const mobile = of(log)
    if (mobile === undefined || (mipType !== TYPE.request && mipType !== TYPE.reply)) {
      leftOut.add('no registration')
      continue
    }
    if (copies.has(JSON.stringify(fields), time)) {
      leftOut.add('seen twice by the router')
      continue
    }
    const end = (address: string, other: string): string => {
      if (agents.has(address)) return agents.get(address)!
      if (foreign.has(address)) return stopOf(mobile, address)
      // On the link of a foreign agent the mobile node is wherever that agent is.
      const at = mobile.careOf.indexOf(foreign.has(other) ? other : address)
      return at < 0 ? `unknown ${address}` : `${mobile.end}@${at}`
    }
    if (mipType === TYPE.reply && (fields.code === '0' || fields.code === '1')) mobile.acceptedAt = time
    if (mipType === TYPE.request && time - mobile.acceptedAt > LATER) {
      mobile.refreshes += 1
      mobile.acceptedAt = Number.POSITIVE_INFINITY
    }
    const more: Seen['fields'] =
      mipType === TYPE.request
        ? {
            home: homeOf(mobile.end),
            careOf: stopOf(mobile, careOf),
            identification: mobile.numbering.request(identification, `${careOf} ${mobile.refreshes}`) % IDENTIFICATIONS,
            simultaneous: String(isSet(fields.simultaneous)),
          }
        : {
            home: homeOf(mobile.end),
            identification: mobile.numbering.answer(identification, fields.code === '133') % IDENTIFICATIONS,
            code: CODES[fields.code ?? ''] ?? `${fields.code}`,
          }
    if (line < begins.line) {
      leftOut.add('before anybody moves')
      continue
    }
    const kind = mipType === TYPE.request ? 'Registration Request' : 'Registration Reply'
    const [source, destination] = [end(src, dst), end(dst, src)]
    seen.push({ line, time, kind, source, destination, fields: more, words: `${kind} from ${src} to ${dst}` })
  }
  const stops = Object.fromEntries(mobiles.map((mobile) => [mobile.end, mobile.careOf]))
  return { seen, leftOut: leftOut.reasons, stops, showsServers: true }
}

function mobilesOf(requests: readonly LogLine[]): Mobile[] {
  const mobiles: Mobile[] = []
  for (const { line, fields } of requests) {
    const { home = '', homeAgent: agent = '', careOf = '' } = fields
    if (fields.lifetime === '0')
      throw new LogError(`${home} deregisters (line ${line}): returning home is not read from logs.`)
    let mobile = mobiles.find((one) => one.home === home)
    if (mobile === undefined) {
      const end = ENDS[mobiles.length]
      if (end === undefined)
        throw new LogError(`The log has a third mobile node, ${home} (line ${line}); the model has two.`)
      mobile = {
        end,
        home,
        agent,
        careOf: [],
        numbering: new Numbering(),
        acceptedAt: Number.POSITIVE_INFINITY,
        refreshes: 0,
      }
      mobiles.push(mobile)
    }
    if (!mobile.careOf.includes(careOf)) mobile.careOf.push(careOf)
  }
  if (mobiles.length < 2)
    throw new LogError(`The log has registrations of ${mobiles.length} mobile nodes; the model is about two.`)
  return mobiles
}

export const mipMapping: Mapping = {
  map: mapMip,
  kinds: new Set(['Registration Request', 'Registration Reply']),
  registration: new Set(),
  options: {},
  // A foreign agent is told by who is with it when.
  serverPlace: ({ topology }, { name }) => {
    const network = /^fa (.*)/.exec(name)?.[1]
    if (network === undefined) return name
    const visits = topology.nodes
      .filter((n) => n.mobile)
      .map((n) => `${n.name}@${n.stops.findIndex((stop) => stop.some((address) => networkOf(address) === network))}`)
    return `fa of ${visits.find((visit) => !visit.endsWith('@-1'))}`
  },
  uses: [
    {
      field: 'src',
      use: 'compared',
      how: 'with where the model sends from; on the link of a foreign agent the mobile node is where that agent is',
    },
    { field: 'dst', use: 'compared', how: 'with where the model sends to' },
    { field: 'mipType', use: 'compared', how: 'as the kind of message' },
    { field: 'simultaneous', use: 'compared', of: 'Registration Request', how: 'the S bit (RFC 5944 §3.3)' },
    {
      field: 'lifetime',
      use: 'normalised',
      of: 'Registration Request',
      how: '0 deregisters, which is refused: returning home is not read from logs',
    },
    { field: 'home', use: 'compared', how: 'whose registration it is' },
    { field: 'homeAgent', use: 'normalised', how: 'who the home agents are' },
    { field: 'careOf', use: 'compared', of: 'Registration Request', how: 'with where the model is' },
    {
      field: 'identification',
      use: 'compared',
      how: 'counted: one a registration; a reply repeats one (RFC 5944 §5.7)',
    },
    { field: 'code', use: 'compared', of: 'Registration Reply', how: '0, 1 and 133 are known to the model' },
  ],
  capture: {
    what: 'a Mobile IPv4 registration',
    markers: ['mipType'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['mip.type', 'mipType'],
      ['mip.s', 'simultaneous'],
      ['mip.life', 'lifetime'],
      ['mip.homeaddr', 'home'],
      ['mip.haaddr', 'homeAgent'],
      ['mip.coa', 'careOf'],
      ['mip.ident', 'identification'],
      ['mip.code', 'code'],
    ],
  },
}
