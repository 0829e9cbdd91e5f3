import { finally_, globally, is, ltl, or, type Property } from '../../checker/property.ts'
import { type Checked, predicate } from '../../properties/index.ts'
import type { Node, View } from '../../spec/index.ts'
import { HIJACK, REACH } from '../../spec/property-ids.ts'
import { PORT, type Server } from '../../spec/tmsp/ports.ts'
import { protect, receive, type SecurityAssociation } from '../calculations/security-association.ts'
import { type Claim, search, statement } from '../claim.ts'
import { both, dataFlow, seen, underWay } from '../evidence.ts'
import { inDomain } from './domain.ts'
import { MISDELIVERY } from './properties.ts'

/** 003 §V: a time-up for UDP ports, too. */
const entryExpires = (nodes: readonly Node[]): readonly Node[] =>
  nodes.map((n) => {
    if (n.name !== 's') return n
    const armed = (me: Server) => (me.tables.mapping[PORT] === undefined ? [] : ['mapping expiry'])
    return { ...n, role: { ...n.role, armed: armed as never } }
  })

const hasEntry = (view: View): boolean => view.state<Server>('s').tables.mapping[PORT] !== undefined

/** Either there is an entry when another host has the address, or no host ever gets what is meant for another. */
const unlessTheEntryIsThere = (checked: Checked): Property => {
  const outlived = predicate(checked, 'the entry is there, and another host has the address', (view) =>
    hasEntry(view) && view.hasMoved('m2') && view.held('m2').length > 0 ? true : 'no entry, or nobody has the address',
  )
  const demand = checked.subject.always![MISDELIVERY]!
  return { id: '', ...ltl(or(finally_(is(outlived)), globally(is(predicate(checked, MISDELIVERY, demand.holds))))) }
}

const answeredWithoutEntry = both(
  underWay('reply'),
  seen('the entry has expired', (view) => (hasEntry(view) ? 'it is there' : true)),
)

/** Whether a packet is refused that was protected before its receiver moved, or as if it had not; and taken as long as it had not. */
const broken = (
  given: string,
  by: Parameters<typeof receive>[2],
  protocol: SecurityAssociation['protocol'],
  mode: SecurityAssociation['mode'],
) =>
  statement(given, () => {
    const [left, here, sender] = ['west-1/a', 'west-2/a', 'east-1/b']
    const selectors = { source: sender, destination: left }
    const association = { spi: 7, protocol, mode, destination: left, key: 'a key', selectors }
    const [before, after] = [left, here].map((to) => receive([association], protect(association, to), by))
    return { so: before === 'taken' ? after !== 'taken' : null, text: `before the move: ${before}; after it: ${after}` }
  })

/** Paper 003, §II-D, §V and §VII: addresses and ports that are used again, NATs, security associations. */
export const ports: readonly Claim[] = [
  {
    id: '003-09',
    where: '§V',
    claim: 'Port-mapping confusion exists for UDP.',
    decide: {
      all: [
        search('an address is used again', 'tmsp-ports/udp', 'one-moves-address-reused', MISDELIVERY, 'violated', {
          shows: underWay('reply'),
        }),
      ],
    },
    expected: 'holds',
    why: 'A reply to the new host is mapped to the old one.',
  },
  {
    id: '003-10',
    where: '§V',
    claim: 'It concerns connectionless servers only.',
    decide: {
      cases: [
        search(
          'TCP, the connection is open when its addresses and ports are used again',
          'tmsp-ports/tcp',
          'one-moves-address-reused-while-open',
          MISDELIVERY,
          'holds',
          { shows: underWay('challenge ACK') },
        ),
        search(
          'TCP, it has been closed, and its entry with it (§VI: close is hooked)',
          'tmsp-ports/tcp-mapping-closes',
          'one-moves-address-reused',
          MISDELIVERY,
          'holds',
          { shows: underWay('SYN-ACK') },
        ),
        search(
          'TCP, it has been closed, and its entry stays until it expires',
          'tmsp-ports/tcp',
          'one-moves-address-reused',
          MISDELIVERY,
          'holds',
          { shows: underWay('SYN-ACK') },
        ),
      ],
    },
    expected: 'conditional',
    why: 'An open connection answers for its addresses and ports itself (the other host waits for as long); an entry that outlives its connection takes the answer to a new one away.',
  },
  {
    id: '003-11',
    where: '§V',
    claim: 'Opting out by port, or entries that expire soon, cure it.',
    decide: {
      cases: [
        search('the port is not mapped', 'tmsp-ports/udp-opt-out', 'one-moves-address-reused', MISDELIVERY, 'holds', {
          shows: underWay('reply'),
        }),
        search(
          'the port is not mapped: the session of the host that moves goes on',
          'tmsp-ports/udp-opt-out',
          'one-moves',
          REACH,
          'holds',
        ),
        search(
          'the entry expires before another host has the address',
          'tmsp-ports/udp',
          'one-moves-address-reused',
          'no misdelivery, once it has expired',
          'holds',
          { change: entryExpires, own: unlessTheEntryIsThere, shows: answeredWithoutEntry },
        ),
        search(
          'the entry may outlive the address',
          'tmsp-ports/udp',
          'one-moves-address-reused',
          MISDELIVERY,
          'holds',
          { change: entryExpires, shows: underWay('reply') },
        ),
        search(
          'the entry expires: a session that says nothing for so long goes on',
          'tmsp-ports/udp',
          'one-moves',
          REACH,
          'holds',
          { but: { timers: { 'mapping expiry': 'eager' } }, change: entryExpires },
        ),
      ],
    },
    expected: 'conditional',
    why: 'Without an entry nothing is confused, and nothing is mobile: opting out gives the session of a host that moves up, and so does an entry that expires under it. One that outlives the address cures nothing.',
  },
  {
    id: '003-31',
    where: '§VII-C',
    claim: 'Port mapping survives a move from NAT to NAT.',
    decide: {
      cases: [
        search('bindings are kept', 'tmsp-sbc/port-mapping', 'one-moves-port-reused', HIJACK, 'holds', {
          shows: dataFlow,
        }),
        search('a binding may expire', 'tmsp-sbc/port-mapping', 'one-moves-bindings-expire', HIJACK, 'holds'),
        search(
          'a binding may expire; do media flow in the end?',
          'tmsp-sbc/port-mapping',
          'one-moves-bindings-expire',
          REACH,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'As long as a binding does not expire under its user: then media go to whoever has the port next.',
  },
  {
    id: '003-32',
    where: '§VII-B',
    claim: 'Local correspondents use the private care-of address, others the public one.',
    decide: {
      cases: [
        search(
          'the correspondent stays in the domain, the host moves within it',
          'tmsp/direct',
          'one-moves',
          REACH,
          'holds',
          {
            change: inDomain,
          },
        ),
        search('the correspondent leaves the domain', 'tmsp/direct', 'one-moves', REACH, 'holds', {
          but: { moves: { b: ['east-2'] } },
          change: inDomain,
        }),
        search(
          'it leaves, and asks the redirect server at the time-out',
          'tmsp/lookup-at-time-out',
          'one-moves',
          REACH,
          'holds',
          { but: { moves: { b: ['east-2'] } }, change: inDomain },
        ),
        search(
          'the same; the host moves within the domain meanwhile',
          'tmsp/lookup-at-time-out',
          'both-move',
          REACH,
          'holds',
          { change: inDomain },
        ),
      ],
    },
    expected: 'conditional',
    why: 'A correspondent that leaves knows the private address only, which is not routed to from outside: its own re-INVITE is lost, and only the redirect server can tell it the public one.',
  },
  {
    id: '003-33',
    where: '§II-D',
    claim: 'A security association is found by its destination address, so that a move breaks it.',
    decide: {
      cases: [
        broken('found by SPI and destination', 'SPI and destination', 'ESP', 'tunnel'),
        broken('found by the SPI alone, AH', 'SPI', 'AH', 'transport'),
        broken('found by the SPI alone, ESP without a tunnel', 'SPI', 'ESP', 'transport'),
        broken('found by the SPI alone, ESP in a tunnel', 'SPI', 'ESP', 'tunnel'),
      ],
    },
    expected: 'conditional',
    why: 'RFC 4301 §4.1 (from memory) allows the SPI alone for unicast. What it then finds is still broken where the addresses that changed are under the check value (AH) or among what was agreed (without a tunnel), and not in a tunnel of ESP.',
  },
]
