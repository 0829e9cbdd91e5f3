import { check } from '../../checker/check.ts'
import { eventuallyAlways } from '../../checker/property.ts'
import { HIJACK, REACH } from '../../spec/property-ids.ts'
import { hierarchicalModel } from '../calculations/hierarchical-addresses.ts'
import { find } from '../calculations/security-association.ts'
import { type Claim, search, statement } from '../claim.ts'
import { dataFlow, underWay } from '../evidence.ts'
import { holds } from '../no-answer.ts'
import { MISDELIVERY } from './properties.ts'

function outside(given: string, onLeaving: Parameters<typeof hierarchicalModel>[0]) {
  return statement(given, () => {
    const reachable = {
      name: 'the address is routed from where the correspondent is',
      holds: (look: (cell: number) => unknown): true | string =>
        look(0) === true || look(1) === 'public' ? true : 'a private address is used from outside',
    }
    const [verdict] = check(hierarchicalModel(onLeaving), [{ id: 'reachable', ...eventuallyAlways(reachable) }])
    return { so: holds(verdict), text: `${verdict!.kind}, ${verdict!.statistics.states} states` }
  })
}

/** Paper 003, §II-D, §V and §VII: addresses and ports that are used again, NATs, security associations. */
export const ports: readonly Claim[] = [
  {
    id: '003-09',
    where: '§V',
    claim: 'Port-mapping confusion exists for UDP.',
    decide: {
      all: [search('an address is used again', 'tmsp-ports/udp', 'one-moves-address-reused', MISDELIVERY, 'violated')],
    },
    expected: 'holds',
    why: 'A reply to the new host is mapped to the old one.',
  },
  {
    id: '003-10',
    where: '§V',
    claim: 'It concerns connectionless servers only.',
    decide: {
      all: [search('TCP, the same four-tuple', 'tmsp-ports/tcp', 'one-moves-address-reused', MISDELIVERY, 'holds')],
    },
    expected: 'fails',
    why: 'A new connection from the same address and port is answered by way of the mapping of the old one.',
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
        search('the entry outlives the address', 'tmsp-ports/udp', 'one-moves-address-reused', MISDELIVERY, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Opting out does; an entry must expire before the address is used again.',
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
        outside('a correspondent that leaves the domain asks', 'asks by the public address'),
        outside('it keeps what it knows', 'keeps what it knows'),
      ],
    },
    expected: 'conditional',
    why: 'A correspondent that leaves has to be told the other address, and nothing in the paper tells it.',
  },
  {
    id: '003-33',
    where: '§II-D',
    claim: 'A security association is found by its destination address, so that a move breaks it.',
    decide: {
      cases: (['SPI and destination', 'SPI'] as const).map((by) =>
        statement(`found by ${by}`, () => {
          const found = find([{ spi: 7, destination: 'west-1/a' }], { spi: 7, destination: 'west-2/a' }, by)
          return {
            so: found === undefined,
            text: found === undefined ? 'not found after the move' : 'found after the move',
          }
        }),
      ),
    },
    expected: 'conditional',
    why: 'RFC 4301 §4.1 allows the SPI alone for unicast: then it is found.',
  },
]
