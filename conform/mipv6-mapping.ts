import { ENDS, type End, homeOf } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { Numbering } from './numbering.ts'
import { Copies, isSet, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/** RFC 6275 §6.1. */
const MH = { HoTI: '1', CoTI: '2', HoT: '3', CoT: '4', BU: '5', BA: '6' } as const
const STATUS: Readonly<Record<string, string>> = {
  0: 'accepted',
  1: 'accepted',
  135: '135 sequence number out of window',
  136: '136 expired home nonce index',
}

interface Mobile {
  readonly end: End
  readonly home: string
  readonly agent: string
  readonly careOf: string[]
}

/**
 * Mobile IPv6 as `tshark` tells it, in the words of `spec/mipv6`: Mobility Headers, with the addresses of all IPv6 headers around them. Who is who comes
 * from the home registrations, the first of which is a's; what comes before anybody has a second care-of address is left out.
 */
function mapMipv6(lines: readonly LogLine[]): Mapped {
  const mobiles = mobilesOf(lines)
  const leftOut = new LeftOut()
  const byAddress = new Map<string, string>()
  for (const { end, home, agent, careOf } of mobiles) {
    byAddress.set(home, homeOf(end))
    byAddress.set(agent, `ha-${end}`)
    for (const [i, address] of careOf.entries()) byAddress.set(address, `${end}@${i}`)
  }
  // Whoever else sends in the open has been told to send on: a forwarder (004 §IV.A).
  const place = (address: string): string => byAddress.get(address) ?? 'forwarder'
  // Whichever path is faster: a test may come before the registration.
  const later = new Set(mobiles.flatMap(({ careOf }) => careOf.slice(1)))
  const begins = lines.findIndex(({ fields: { src = '', dst = '', careOf = '' } }) =>
    [...src.split(','), ...dst.split(','), careOf].some((address) => later.has(address)),
  )
  if (begins < 0) {
    throw new LogError(
      'Nobody moves in this log: no home registration has a second care-of address. Does it begin with the first registration of each mobile node?',
    )
  }
  const numbers = new Map<string, Numbering>()
  const numbering = (kind: string, end: string): Numbering => {
    const key = `${kind} ${end}`
    if (!numbers.has(key)) numbers.set(key, new Numbering())
    return numbers.get(key)!
  }
  const cookies = new Set<string>()
  /** How many care-of tests each address has asked for: after another one an update is a new one. */
  const tests = new Map<string, number>()
  const copies = new Copies()
  const seen: Seen[] = []

  for (const [i, { line, time, fields }] of lines.entries()) {
    if (i === begins) for (const one of numbers.values()) one.begin()
    const { mhtype = '', seq = '', cookie = '', src = '', dst = '' } = fields
    if (mhtype === '') {
      leftOut.add('no Mobility Header')
      continue
    }
    if (copies.has(JSON.stringify(fields), time)) {
      leftOut.add('seen twice by the router')
      continue
    }
    const way = src.split(',').map((source, k) => ({ source, destination: dst.split(',')[k] ?? '' }))
    const [outer, inner] = [way[0]!, way.at(-1)!]
    const add = (kind: string, more: Seen['fields']): void => {
      if (i < begins) {
        leftOut.add('before anybody moves')
        return
      }
      const [around, ...inside] = way.map((one) => ({ source: place(one.source), destination: place(one.destination) }))
      seen.push({
        ...{ line, time, kind, ...around!, fields: more },
        ...(inside.length === 0 ? {} : { inside }),
        words: `${kind}${seq === '' ? '' : ` ${seq}`} from ${outer.source} to ${outer.destination}`,
      })
    }
    switch (mhtype) {
      case MH.HoTI:
      case MH.CoTI:
        cookies.add(cookie)
        if (mhtype === MH.CoTI && way.length === 1) tests.set(outer.source, 1 + (tests.get(outer.source) ?? 0))
        add(mhtype === MH.HoTI ? 'HoTI' : 'CoTI', {})
        break
      case MH.HoT:
      case MH.CoT: {
        const kind = mhtype === MH.HoT ? 'HoT' : 'CoT'
        add(cookies.has(cookie) ? kind : `${kind} with a cookie that nobody sent`, {})
        break
      }
      case MH.BU: {
        const end = mobiles.find(({ home }) => home === fields.homeAddress)?.end ?? 'unknown'
        const careOf = careOfIn({ line, time, fields })
        const kind = isSet(fields.homeRegistration) ? 'BU (home)' : 'BU'
        const number = numbering(kind, end).request(seq, `${careOf} ${kind === 'BU' ? tests.get(careOf) : ''}`)
        add(kind, {
          seq: number,
          coa: place(careOf),
          ...(kind === 'BU' ? { home: place(fields.homeAddress ?? '') } : {}),
        })
        break
      }
      case MH.BA: {
        const end =
          mobiles.find(({ home }) => home === fields.routingHome)?.end ?? place(inner.destination).split('@')[0]!
        const ofHome = mobiles.some((mobile) => mobile.end === end && mobile.agent === inner.source)
        const status = STATUS[fields.status ?? ''] ?? `status ${fields.status}`
        const number = numbering(ofHome ? 'BU (home)' : 'BU', end).answer(seq, status !== 'accepted')
        if (ofHome) add(status === 'accepted' ? 'BA (home)' : `BA (home) ${status}`, { seq: number })
        else add('BA', { seq: number, status })
        break
      }
      default:
        leftOut.add(`Mobility Header type ${mhtype} is not modelled`)
    }
  }
  const stops = Object.fromEntries(mobiles.map(({ end, careOf }) => [end, careOf]))
  return { seen, leftOut: leftOut.reasons, stops, showsServers: true }
}

const isHomeUpdate = ({ fields }: LogLine): boolean => fields.mhtype === MH.BU && isSet(fields.homeRegistration)

/** The alternate care-of address, else where the update comes from (RFC 6275 §6.2.5). */
const careOfIn = ({ fields }: LogLine): string => fields.careOf ?? (fields.src ?? '').split(',').at(-1)!

const mobileOf = (mobiles: readonly Mobile[], { fields }: LogLine): Mobile | undefined =>
  mobiles.find(({ home }) => home === fields.homeAddress)

function mobilesOf(lines: readonly LogLine[]): Mobile[] {
  const mobiles: Mobile[] = []
  for (const line of lines.filter(isHomeUpdate)) {
    const { homeAddress: home = '', dst: agent = '' } = line.fields
    if (home === '') throw new LogError(`Line ${line.line} is a home registration without a home address.`)
    let mobile = mobileOf(mobiles, line)
    if (mobile === undefined) {
      const end = ENDS[mobiles.length]
      if (end === undefined)
        throw new LogError(`The log has a third mobile node, ${home} (line ${line.line}); the model has two.`)
      mobile = { end, home, agent, careOf: [] }
      mobiles.push(mobile)
    }
    const careOf = careOfIn(line)
    if (careOf === home) throw new LogError(`${home} returns home (line ${line.line}), which the model leaves out.`)
    if (!mobile.careOf.includes(careOf)) mobile.careOf.push(careOf)
  }
  if (mobiles.length < 2) {
    throw new LogError(
      `The log has home registrations of ${mobiles.length} mobile nodes; the model is about two, each of which registers with its home agent.`,
    )
  }
  return mobiles
}

export const mipv6Mapping: Mapping = {
  map: mapMipv6,
  kinds: new Set(['BU (home)', 'BA (home)', 'HoTI', 'CoTI', 'HoT', 'CoT', 'BU', 'BA']),
  registration: new Set(),
  options: {},
  serverPlace: (_, { name }) => name.split(' ')[0]!,
  uses: [
    {
      field: 'src',
      use: 'compared',
      how: 'the addresses of all IPv6 headers, from the outside in, with those that the model sends from',
    },
    { field: 'dst', use: 'compared', how: 'with where the model sends to, tunnels and all' },
    { field: 'mhtype', use: 'compared', how: 'as the kind of message' },
    {
      field: 'seq',
      use: 'normalised',
      of: 'BU',
      how: 'counted: one a registration, whether it is sent again with the same number or the next (RFC 6275 §11.8)',
    },
    { field: 'seq', use: 'compared', of: 'BA', how: 'with those of the updates that were sent' },
    { field: 'homeRegistration', use: 'compared', of: 'BU', how: 'as the kind of message' },
    { field: 'status', use: 'compared', of: 'BA', how: 'accepted, 135 and 136 are known to the model' },
    { field: 'careOf', use: 'compared', of: 'BU', how: 'with where the model is; without the option it is the source' },
    { field: 'homeAddress', use: 'compared', of: 'BU', how: 'whose update it is' },
    { field: 'routingHome', use: 'normalised', of: 'BA', how: 'whose acknowledgement it is' },
    { field: 'cookie', use: 'normalised', of: 'HoTI, CoTI', how: 'what its answer repeats' },
    { field: 'cookie', use: 'compared', of: 'HoT, CoT', how: 'with those that were sent' },
  ],
  capture: {
    what: 'Mobile IPv6',
    markers: ['mhtype'],
    // Dual-stack Mobile IPv6 carries IPv6 in UDP (RFC 5555 §4.4.1).
    decodeAs: ['udp.port==4191,ipv6'],
    fields: [
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['mip6.mhtype', 'mhtype'],
      ['mip6.bu.seqnr', 'seq'],
      ['mip6.ba.seqnr', 'seq'],
      ['mip6.bu.h_flag', 'homeRegistration'],
      ['mip6.ba.status', 'status'],
      ['mip6.acoa.acoa', 'careOf'],
      ['ipv6.opt.mipv6.home_address', 'homeAddress'],
      ['ipv6.routing.mipv6.home_address', 'routingHome'],
      ['mip6.hoti.cookie', 'cookie'],
      ['mip6.coti.cookie', 'cookie'],
      ['mip6.hot.cookie', 'cookie'],
      ['mip6.cot.cookie', 'cookie'],
    ],
  },
}
