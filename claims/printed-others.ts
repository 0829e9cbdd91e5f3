import { longestSearch } from './calculations/state-tables.ts'
import { ADDRESS_OPTION, DIRECT_HOPS, fig7, fig8, hopsOfEqualWays, L, RATE } from './calculations/tmsp-cost.ts'
import { comesOut } from './claim.ts'
import type { PrintedNumber } from './printed-number.ts'
import type { Searches } from './searches.ts'

/** Numbers that no case of a claim computes: what follows from others, what is given, and what is measured. */

type Computed = readonly [
  place: string,
  what: string,
  printed: number,
  decimals: number,
  compute: (searches: Searches) => number,
  command: string,
]

const IPV6_ADDRESS = 16

const computed003: readonly Computed[] = [
  [
    '§IV-C',
    'hops of the direct way, that the first point of Fig. 7 has as many as by the home agent',
    5,
    0,
    (s) => hopsOfEqualWays(s, 14)[0]!,
    'doublejump claims 003-21',
  ],
  ['§IV-C', 'hops by the home agent, least', 15, 0, () => 1 + 14, 'doublejump figures 003-fig-7 --csv'],
  ['§IV-C', 'hops by the home agent, most', 25, 0, () => 1 + 24, 'doublejump figures 003-fig-7 --csv'],
  [
    '§IV-C',
    'bits around the address in a Home Address option or routing header',
    48,
    0,
    () => 8 * (ADDRESS_OPTION - IPV6_ADDRESS),
    'doublejump claims 003-25',
  ],
  ['§VI-A2', 'milliseconds to find an entry, at worst', 682, 0, () => longestSearch(), 'doublejump claims 003-29'],
]

/** Points of drawn curves, of which the text says no number: what is seen in the figure has to be near. */
const points003: readonly (readonly [
  place: string,
  what: string,
  compute: (searches: Searches) => number,
  command: string,
])[] = [
  ...[14, 16, 18, 20, 22, 24].map(
    (hops) =>
      [
        'Fig. 7',
        `gain at ${hops} hops, per cent`,
        (s: Searches) => fig7(s, DIRECT_HOPS, hops),
        `doublejump figures 003-fig-7 --set agent=${hops}`,
      ] as const,
  ),
  ...[10, 15, 20, 25].flatMap((direct) =>
    [1, 15, 29].map(
      (hops) =>
        [
          'Fig. 8',
          `gain at ${hops} hops of 30, ${direct} directly, per cent`,
          (s: Searches) => fig8(s, direct, hops),
          `doublejump figures 003-fig-8 --set agent=${hops}`,
        ] as const,
    ),
  ),
]

type Given = readonly [paper: string, place: string, what: string, printed: string, command?: string]

/** What a paper sets, and its figures start from. */
const given: readonly Given[] = [
  [
    '000',
    '§III.C',
    'mean of α+β, milliseconds (measured by its authors)',
    '50 … 500',
    'doublejump figures 000-fig-6a --set latency=0.05',
  ],
  ['000', '§III.C', 'λ, seconds', '5 … 500', 'doublejump figures 000-fig-6a --set lambda=5'],
  ['000', '§IV.D', 'seconds for which an answer is revised, for example', '1', 'doublejump claims 000-31'],
  ['001', 'Table 1', 'kb/s of G.711', '64', 'doublejump figures 001-table-1'],
  ['001', 'Table 1', 'kb/s of G.723.1', '5.3', 'doublejump figures 001-table-1'],
  ['003', '§IV', 'hops to the DHCP server', '1', 'doublejump figures 003-fig-5 --set dhcp=1'],
  ['003', '§IV', 'hops between two network entities', '5', 'doublejump figures 003-fig-5 --set hops=5'],
  ['003', '§IV-C', 'hops from correspondent to home agent', '1', 'doublejump figures 003-fig-7'],
  ['003', '§IV-C', 'hops from home agent to host', '14 … 24', 'doublejump figures 003-fig-7 --csv'],
  ['003', '§IV-C', 'bytes of an outer IPv4 header', '20', 'doublejump figures 003-fig-7'],
  ['003', '§IV-C', 'datagrams a second', String(RATE), 'doublejump claims 003-20'],
  ['003', '§IV-C', 'bytes of a datagram', String(L), 'doublejump claims 003-20'],
  ['003', '§IV-C', 'minutes of the flow (they cancel)', '2', 'doublejump claims 003-23'],
  ['003', '§IV-C', 'hops by the home agent in Fig. 8', '30', 'doublejump figures 003-fig-8'],
  ['003', '§IV-C', 'hops directly in Fig. 8', '10, 15, 20, 25', 'doublejump figures 003-fig-8'],
  ['003', '§IV-C', 'hops directly, of measurements that it cites', '15', 'doublejump claims 003-21'],
  ['003', '§IV-C', 'bits of an IPv6 address', '128'],
  ['003', '§VI-A3', 'bytes of a least frame at 100 Mb/s and 1 Gb/s', '64, 512', 'doublejump claims 003-27'],
  ['003', '§VI-B', 'messages of DHCP, and with rapid commit', '4, 2', 'doublejump claims 003-12'],
]

/** What real machines showed, or others: nothing here can come to the same or another number. */
const measured: readonly Given[] = [
  ['000', '§III.C', 'milliseconds to set a call up', '200–300'],
  ['000', '§III.C', 'milliseconds of a registration', '150'],
  ['001', '§6', 'opinion score of a design of others, of 5', '4.5'],
  ['002', '§I', 'mobile subscriptions an inhabitant, per cent, cited', '103'],
  ['002', '§IV-B', 'mean seconds of a flow, less than, cited', '19', 'doublejump claims 002-09'],
  ['003', '§VI-A1', 'Mb/s of the flood', '30'],
  ['003', '§VI-A2', 'milliseconds to add an entry', '0.335'],
  ['003', '§VI-A2', 'microseconds to remove one', '5.24'],
  [
    '003',
    'Table I',
    'milliseconds to access all of 1, 100, 250, 500, 750, 1000 entries',
    '8, 73, 185, 341, 506, 682',
    'doublejump claims 003-29',
  ],
  ['003', 'Table I', 'milliseconds to update one of them', '6, 9, 12, 18, 24, 29', 'doublejump claims 003-29'],
  ['003', '§VI-A3', 'microseconds of a packet without mapping, with it', '4.57, 5.13', 'doublejump claims 003-26'],
  ['003', '§VI-B', 'seconds of a handover of MIPv6', '3.35'],
  [
    '003',
    '§VI-B',
    'seconds between two looks for a network; to associate and get an address; milliseconds of a re-INVITE',
    '0.2, 1.7, 96',
    'doublejump claims 003-28',
  ],
]

const asGiven =
  (is: 'given' | 'measured') =>
  ([paper, place, what, printed, command]: Given): PrintedNumber => ({
    paper,
    place,
    what,
    printed,
    computed: null,
    is,
    command: command ?? null,
  })

export const others = (searches: Searches): PrintedNumber[] => [
  ...computed003.map(([place, what, value, decimals, compute, command]): PrintedNumber => {
    const { so, computed } = comesOut(value, decimals, compute(searches))
    return {
      paper: '003',
      place,
      what,
      printed: value.toFixed(decimals),
      computed,
      is: so ? 'right' : 'wrong',
      command,
    }
  }),
  ...given.map(asGiven('given')),
  ...measured.map(asGiven('measured')),
]

/** Points of drawn curves: computed, and nothing printed to hold them against. */
export const innerPoints = (searches: Searches): readonly (readonly [string, string, string, string])[] =>
  points003.map(([place, what, compute, command]) => [place, what, compute(searches).toFixed(1), command])
