import { ENDS, type End } from '../spec/roaming.ts'
import type { Mapping } from './mapping.ts'
import { Copies, LeftOut, LogError, type LogLine, type Mapped, type Seen } from './observation.ts'

/** RFC 7401 §5.3; types of parameters: §5.2, RFC 8003 §4. */
const PACKET = { update: '16', close: '18' } as const
const REGISTRATION = { request: '930', response: '934' } as const

interface Host {
  readonly end: End
  readonly hit: string
  /** Where it is at first, and the locators that it has announced: one a stop. */
  readonly locators: string[]
  /** Its Update IDs as they come. */
  readonly ids: string[]
}

/**
 * HIP UPDATEs as `tshark` tells them, in the words of `spec/hip`. Hosts are known by their Host Identity Tags; a is the first that announces a locator.
 * Update IDs are counted as they come, one a move; echoes are told apart by what they repeat.
 */
function mapHip(lines: readonly LogLine[]): Mapped {
  const updates = lines.filter(({ fields }) => fields.hipType === PACKET.update || fields.hipType === PACKET.close)
  const registrars = new Set(
    updates
      .filter((line) => parametersOf(line).includes(REGISTRATION.request))
      .map(({ fields }) => fields.receiver ?? ''),
  )
  const hosts = hostsOf(updates, registrars)
  const places = placesOf(updates, hosts, registrars)
  const leftOut = new LeftOut()
  const known = new Set(updates)
  const echoes = new Map<string, number>()
  const copies = new Copies()
  const seen: Seen[] = []
  for (const log of lines) {
    const { line, time, fields } = log
    const { src = '', dst = '', updateId, ack, echo = '', sender = '', receiver = '' } = fields
    if (!known.has(log)) {
      leftOut.add('no UPDATE and no CLOSE')
      continue
    }
    if (copies.has(JSON.stringify(fields), time)) {
      leftOut.add('seen twice by the router')
      continue
    }
    const host = (hit: string): Host | undefined => hosts.find((one) => one.hit === hit)
    const numberOf = (hit: string, id: string): number => 1 + (host(hit)?.ids.indexOf(id) ?? -2)
    const parameters = parametersOf(log)
    const add = (kind: string, more: Seen['fields']): void => {
      const [source, destination] = [places.get(src) ?? `unknown ${src}`, places.get(dst) ?? `unknown ${dst}`]
      seen.push({ line, time, kind, source, destination, fields: more, words: `${kind} from ${src} to ${dst}` })
    }
    if (fields.hipType === PACKET.close) add('CLOSE', {})
    else if (fields.locator !== undefined && updateId !== undefined) {
      const announced = { locator: places.get(locatorIn(log)) ?? 'unknown', id: numberOf(sender, updateId) }
      if (parameters.includes(REGISTRATION.request)) add('registration', announced)
      else add('UPDATE (LOCATOR_SET)', { ...announced, from: host(sender)?.end ?? 'unknown' })
    } else if (parameters.includes(REGISTRATION.response))
      add('registration response', { id: numberOf(receiver, ack ?? '') })
    else if (ack !== undefined) {
      echoes.set(echo, numberOf(receiver, ack))
      add('UPDATE (ACK, ECHO_REQUEST)', { id: numberOf(receiver, ack) })
    } else add('UPDATE (ECHO_RESPONSE)', { id: echoes.get(echo) ?? -1 })
  }
  const stops = Object.fromEntries(hosts.map(({ end, locators }) => [end, locators]))
  return { seen, leftOut: leftOut.reasons, stops, showsServers: [...places.values()].includes('server') }
}

const parametersOf = ({ fields }: LogLine): string[] => (fields.parameters ?? '').split(',')

/** tshark tells a locator twice, as what is in the set and as an address. */
const locatorIn = ({ fields }: LogLine): string => (fields.locator ?? '').split(',')[0]!

function hostsOf(updates: readonly LogLine[], registrars: ReadonlySet<string>): Host[] {
  const hosts: Host[] = []
  const host = (hit: string): Host | null => {
    const known = hosts.find((one) => one.hit === hit)
    if (known !== undefined || registrars.has(hit)) return known ?? null
    const end = ENDS[hosts.length]
    if (end === undefined) throw new LogError(`The log has a third host, with the HIT ${hit}; the model has two.`)
    const added: Host = { end, hit, locators: [], ids: [] }
    hosts.push(added)
    return added
  }
  const announcing = updates.filter(({ fields }) => fields.locator !== undefined && fields.updateId !== undefined)
  if (announcing.length === 0) throw new LogError('No UPDATE of the log announces a locator: nobody moves in it.')
  for (const { fields } of [...announcing, ...updates]) {
    host(fields.sender ?? '')
    host(fields.receiver ?? '')
  }
  for (const line of announcing) {
    const { sender = '', updateId = '' } = line.fields
    const one = host(sender)!
    if (!one.ids.includes(updateId)) one.ids.push(updateId)
    if (!one.locators.includes(locatorIn(line))) one.locators.push(locatorIn(line))
  }
  return hosts
}

/** Whose each address is, and at which stop. What a host never announced is where it was at first. */
function placesOf(
  updates: readonly LogLine[],
  hosts: readonly Host[],
  registrars: ReadonlySet<string>,
): Map<string, string> {
  const places = new Map<string, string>()
  for (const { fields } of updates) {
    for (const [hit, address] of [
      [fields.sender, fields.src],
      [fields.receiver, fields.dst],
    ]) {
      if (registrars.has(hit ?? '')) places.set(address ?? '', 'server')
    }
    // What a rendezvous server relays comes from where its sender never was (RFC 8004 §4.2).
    const sender = hosts.find(({ hit }) => hit === fields.sender)
    if (
      fields.locator !== undefined &&
      fields.updateId !== undefined &&
      sender?.locators.includes(fields.src ?? '') === false
    )
      places.set(fields.src ?? '', 'server')
  }
  for (const host of hosts) {
    const first = updates
      .flatMap(({ fields }) => [
        ...(fields.sender === host.hit ? [fields.src ?? ''] : []),
        ...(fields.receiver === host.hit ? [fields.dst ?? ''] : []),
      ])
      .find((address) => !host.locators.includes(address) && places.get(address) !== 'server')
    host.locators.unshift(first ?? 'not seen')
    for (const [i, address] of host.locators.entries()) places.set(address, `${host.end}@${i}`)
  }
  return places
}

export const hipMapping: Mapping = {
  map: mapHip,
  kinds: new Set([
    'UPDATE (LOCATOR_SET)',
    'UPDATE (ACK, ECHO_REQUEST)',
    'UPDATE (ECHO_RESPONSE)',
    'CLOSE',
    'registration',
    'registration response',
  ]),
  registration: new Set(['registration', 'registration response']),
  // UPDATE_RETRY_MAX (RFC 7401 §6.11).
  options: { retransmissions: 5 },
  serverPlace: () => 'server',
  uses: [
    { field: 'src', use: 'compared', how: 'with where the model sends from' },
    { field: 'dst', use: 'compared', how: 'with where the model sends to' },
    { field: 'hipType', use: 'normalised', how: 'UPDATE and CLOSE; others are left out' },
    { field: 'sender', use: 'normalised', how: 'who a host is, by its Host Identity Tag' },
    { field: 'receiver', use: 'normalised', how: 'as the sender' },
    { field: 'parameters', use: 'compared', how: 'as the kind of message: a registration asks for one or grants one' },
    { field: 'updateId', use: 'compared', of: 'UPDATE (LOCATOR_SET)', how: 'counted: one a move (RFC 7401 §5.2.16)' },
    { field: 'ack', use: 'compared', of: 'UPDATE (ACK, ECHO_REQUEST)', how: 'with the Update IDs that were sent' },
    { field: 'locator', use: 'compared', of: 'UPDATE (LOCATOR_SET)', how: 'with where the model is' },
    { field: 'echo', use: 'compared', how: 'a response repeats what a request said' },
  ],
  capture: {
    what: 'HIP',
    markers: ['hipType'],
    fields: [
      ['ip.src', 'src'],
      ['ip.dst', 'dst'],
      ['ipv6.src', 'src'],
      ['ipv6.dst', 'dst'],
      ['hip.packet_type', 'hipType'],
      ['hip.hit_sndr', 'sender'],
      ['hip.hit_rcvr', 'receiver'],
      ['hip.type', 'parameters'],
      ['hip.tlv_seq_update_id', 'updateId'],
      ['hip.tlv_ack_updid', 'ack'],
      ['hip.tlv.locator_address', 'locator'],
      ['hip.tlv.opaque_data', 'echo'],
    ],
  },
}
