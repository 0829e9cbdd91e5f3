import { check } from '../checker/check.ts'
import { noPingPong } from '../properties/index.ts'
import { probeWith, send } from '../spec/index.ts'
import {
  choose,
  relativeNetworkLoad,
  type SelectionSettings,
  selectionModel,
  smoothed,
  utility,
} from '../spec/mip-sip/network-selection.ts'
import { BINDING, REACH, REGISTRATIONS, STALE } from '../spec/property-ids.ts'
import { ENDS, other, startOf } from '../spec/roaming.ts'
import { G711, G7231, IP_UDP_RTP, share, TUNNEL } from './calculations/headers.ts'
import { inTheEnd } from './changes.ts'
import { type Claim, figure, search, statement } from './claim.ts'
import type { Runner } from './run.ts'

const AGREE = 'registrar-home-agent-and-peer-agree'
const TCP = 'tcp-flows-both-ways'

/** Whether the choice of a network settles, whatever the measurements. */
function settles(given: string, settings: SelectionSettings) {
  return statement(given, () => {
    const property = noPingPong(
      0,
      settings.networks.map(({ name }) => name),
    )
    const [verdict] = check(selectionModel(settings), [property])
    const cycle =
      'trace' in verdict! ? verdict.trace!.steps.slice(verdict.trace!.loopStart ?? 0).map(({ text }) => text) : []
    const text = `${verdict!.kind}, ${verdict!.statistics.states} states${cycle.length === 0 ? '' : `; for ever: ${cycle.join(', ')}`}`
    return { so: verdict!.kind === 'holds', text }
  })
}

const umts = { name: 'UMTS', coverage: 'large' } as const
const wlan = { name: 'WLAN', coverage: 'small' } as const
const other_ = { name: 'WLAN 2', coverage: 'small' } as const
const selection = { levels: [4, 6], hysteresis: 2, changes: 2 }

const onHandover = (run: Runner, target: string): string[] => {
  const home = run.nodes(target, 'one-moves').find((n) => n.name === 'ha-a')!
  const step = home.role.step as unknown as (
    s: unknown,
    e: unknown,
  ) => readonly [unknown, readonly { message: { kind: string } }[]]
  const bu = { kind: 'BU', careOf: 'west-2/a', number: 1, source: 'west-2/a', destination: 'home-a/ha', hops: 8 }
  return step(home.role.start, bu)[1].map(({ message }) => message.kind)
}

/** Paper 001: Mobile IP and SIP worked together. */
export const paper001: readonly Claim[] = [
  {
    id: '001-01',
    where: '§1, §2.1',
    claim: 'Mobile IP keeps TCP connections up.',
    decide: {
      all: [
        search('one host moves', 'mip-sip/parallel', 'one-moves', TCP, 'holds'),
        search('both move', 'mip-sip/parallel', 'both-move', TCP, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'The home address stays, and the home agent is an anchor.',
  },
  {
    id: '001-02',
    where: '§2.2',
    claim: 'SIP cannot mend a TCP connection.',
    decide: {
      all: [
        search(
          'segments go to the address that the connection began with',
          'sip-paper/direct',
          'one-moves',
          'TCP flows',
          'violated',
          {
            own: inTheEnd('TCP flows', (view) => {
              const cut = ENDS.find(
                (end) => probeWith(view, other(end), end, send({ kind: 'RTP' }, startOf(end))).end !== 'arrives',
              )
              return cut === undefined ? true : `a segment to ${startOf(cut)} is lost`
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'A connection is its addresses and ports; a re-INVITE changes where media go.',
  },
  {
    id: '001-03',
    where: '§3',
    claim: 'With TCP by Mobile IP and media by SIP both go on.',
    decide: {
      cases: [
        search('TCP, the other end stays', 'mip-sip/parallel', 'one-moves', TCP, 'holds'),
        search('media, the other end stays', 'mip-sip/parallel', 'one-moves', REACH, 'holds'),
        search('TCP, both ends move', 'mip-sip/parallel', 'both-move', TCP, 'holds'),
        search('media, both ends move', 'mip-sip/parallel', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'When both ends move, media are lost and TCP goes on.',
  },
  {
    id: '001-04',
    where: '§3, Fig. 2',
    claim: 'After a handover the home agent leaves the registrar right.',
    decide: {
      cases: [
        search('one handover', 'mip-sip/parallel', 'one-moves', REGISTRATIONS, 'holds'),
        search(
          'two, one Call-ID and rising CSeq',
          'mip-sip/parallel',
          'one-moves-twice-reordered',
          REGISTRATIONS,
          'holds',
        ),
        search(
          'two, a Call-ID each',
          'mip-sip/unnumbered-registrations',
          'one-moves-twice-reordered',
          REGISTRATIONS,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'Of two registrations that overtake each other the older one stays, unless CSeq tells (RFC 3261 §10.3).',
  },
  {
    id: '001-05',
    where: 'Fig. 2',
    claim: 'BU and re-INVITE may run at the same time.',
    decide: {
      cases: [
        search('the binding is accepted', 'mip-sip/parallel', 'one-moves', AGREE, 'holds'),
        search('it is refused', 'mip-sip/parallel-refused', 'one-moves', AGREE, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the binding is refused, registrar, home agent and correspondent have different addresses for good.',
  },
  {
    id: '001-06',
    where: '§3',
    claim: "The home agent has to hold the user's SIP credentials.",
    decide: {
      all: [
        statement('a BU alone makes it register', (run) => {
          const sent = onHandover(run, 'mip-sip/parallel')
          return { so: sent.includes('REGISTER'), text: `a BU brings ${sent.join(', ')}` }
        }),
      ],
    },
    expected: 'holds',
    why: 'Nothing that the mobile node sends it holds a registration; whoever breaks into it can take calls.',
  },
  {
    id: '001-07',
    where: '§3',
    claim: 'A handover is complete before the old link is lost.',
    decide: {
      cases: [
        search('a long overlap', 'mip-sip/parallel', 'both-move', BINDING, 'holds', {
          but: { movement: 'make-before-break', overlap: 'long' },
        }),
        search('an overlap of any length', 'mip-sip/parallel', 'both-move', BINDING, 'holds', {
          but: { movement: 'make-before-break', overlap: 'any' },
        }),
      ],
    },
    expected: 'conditional',
    why: 'If the overlap outlasts BU and re-INVITE.',
  },
  {
    id: '001-08',
    where: 'eqs 2, 5',
    claim: 'With a history of 5 the newest value weighs 20 %.',
    decide: { all: [figure('per cent', 20, () => 100 * smoothed(1, 0, 5), 0)] },
    expected: 'holds',
    why: '1/h.',
  },
  {
    id: '001-09',
    where: 'eq. 1',
    claim: 'With c = 5 jitter counts five times as much as delay.',
    decide: {
      all: [figure('times', 5, () => relativeNetworkLoad(0, 1, 5) / relativeNetworkLoad(1, 0, 5), 0)],
    },
    expected: 'holds',
    why: 'By the equation; the sentence after it exchanges the two.',
  },
  {
    id: '001-10',
    where: 'eq. 3',
    claim: 'RTT_n = R_n − S_n, with R_n the arrival of the BU.',
    decide: {
      all: [
        statement('a way of 40 ms each way, clocks 7 ms apart', () => {
          const [sent, way, offset] = [0, 40, 7]
          const [asPrinted, roundTrip] = [sent + way + offset - sent, sent + 2 * way - sent]
          return {
            so: asPrinted === roundTrip,
            text: `as printed ${asPrinted} ms; with the arrival of the BAck ${roundTrip} ms`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'That is one way plus the difference of two clocks; R_n must be when the BAck arrives.',
  },
  {
    id: '001-11',
    where: 'eq. 5',
    claim: 'The jitter begins with J_0 = D_1.',
    decide: {
      all: [
        statement('a first difference of −30 ms at a delay of 100 ms', () => {
          const load = relativeNetworkLoad(100, -30, 5)
          const u = utility({ power: 1, cost: 1, load }, { power: 0, cost: 0, load: 1 })
          return {
            so: Number.isFinite(u),
            text: `RNL ${load}, its logarithm ${u}; with |D_1| ${relativeNetworkLoad(100, 30, 5)}`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'A first difference may be negative; then RNL is, and eq. 6 takes its logarithm. |D_1| is meant.',
  },
  {
    id: '001-12',
    where: 'eq. 6',
    claim: 'The utility takes the logarithm of the cost.',
    decide: {
      all: [
        statement('a network that costs nothing', () => {
          const u = utility({ power: 100, cost: 0, load: 1000 }, { power: 0.3, cost: 0.3, load: 0.4 })
          return { so: Number.isFinite(u), text: `U = ${u}: a free network always wins, however bad` }
        }),
      ],
    },
    expected: 'fails',
    why: 'ln 0 = −∞: a free network wins whatever its load.',
  },
  {
    id: '001-13',
    where: '§3',
    claim: 'The network with the least utility value is chosen.',
    decide: {
      all: [
        statement('every pair of utilities on a grid, no hysteresis', () => {
          const grid = [-2, -1, 0, 1, 2]
          const wrong = grid.flatMap((u) =>
            grid.flatMap((v) => {
              const chosen = choose(
                'WLAN',
                [
                  { ...wlan, utility: u },
                  { ...other_, utility: v },
                ],
                0,
              )
              return chosen === (v < u ? 'WLAN 2' : 'WLAN') ? [] : [`${u}, ${v}`]
            }),
          )
          return { so: wrong.length === 0, text: `${grid.length ** 2} pairs, ${wrong.length} wrong; ties stay` }
        }),
      ],
    },
    expected: 'holds',
    why: 'By its definition; ties stay where they are.',
  },
  {
    id: '001-14',
    where: '§3',
    claim: 'Hysteresis avoids ping-pong.',
    decide: {
      cases: [
        settles('measurements that settle, joining costs nothing', {
          ...selection,
          networks: [umts, wlan],
          feedback: 0,
        }),
        settles('joining costs less than the hysteresis', { ...selection, networks: [umts, wlan], feedback: 1 }),
        settles('joining costs more than the hysteresis', { ...selection, networks: [umts, wlan], feedback: 3 }),
        settles('two small networks, between which there is none', {
          ...selection,
          networks: [wlan, other_],
          feedback: 1,
        }),
      ],
    },
    expected: 'conditional',
    why: "Where a host's own joining makes a network worse by more than the hysteresis, or between small networks, it goes back and forth for ever.",
  },
  {
    id: '001-15',
    where: 'Table 1',
    claim: 'Overhead of 68 bytes with a tunnel, 40 without: 28 less.',
    decide: {
      all: [
        figure('with', 68, () => IP_UDP_RTP + TUNNEL, 0),
        figure('without', 40, () => IP_UDP_RTP, 0),
        figure('difference', 28, () => TUNNEL, 0),
      ],
    },
    expected: 'holds',
    why: 'IP, UDP and RTP, and IP and UDP around them.',
  },
  {
    id: '001-16',
    where: 'Table 1',
    claim: 'For G.711: 29.8 %, 20 %, 9.8 %.',
    decide: {
      all: [
        figure('with', 29.8, () => share(IP_UDP_RTP + TUNNEL, G711), 1),
        figure('without', 20, () => share(IP_UDP_RTP, G711), 0),
        figure('difference', 9.8, () => share(IP_UDP_RTP + TUNNEL, G711) - share(IP_UDP_RTP, G711), 1),
      ],
    },
    expected: 'holds',
    why: 'For packets of 20 ms, which the table does not say.',
  },
  {
    id: '001-17',
    where: 'Table 1',
    claim: 'For G.723.1: 77.2 %, 66.7 %, 10.5 %.',
    decide: {
      all: [
        figure('with', 77.2, () => share(IP_UDP_RTP + TUNNEL, G7231), 1),
        figure('without', 66.7, () => share(IP_UDP_RTP, G7231), 1),
        figure('difference', 10.5, () => share(IP_UDP_RTP + TUNNEL, G7231) - share(IP_UDP_RTP, G7231), 1),
      ],
    },
    expected: 'fails',
    why: '77.3 % and 10.6 %: the table cuts off where it should round.',
  },
  {
    id: '001-18',
    where: 'Table 1',
    claim: 'The last column is an improvement in percentage points.',
    decide: {
      all: [
        statement('points, not a relative improvement', () => {
          const points = share(IP_UDP_RTP + TUNNEL, G711) - share(IP_UDP_RTP, G711)
          const relative = (100 * TUNNEL) / (IP_UDP_RTP + TUNNEL)
          return {
            so: points.toFixed(1) === '9.8',
            text: `${points.toFixed(1)} points; of the header bytes ${relative.toFixed(0)} %`,
          }
        }),
      ],
    },
    expected: 'holds',
    why: 'In points; of the header bytes 41 % are saved.',
  },
  {
    id: '001-19',
    where: '§6',
    claim: 'Session signalling delay is reduced.',
    decide: {
      all: [
        statement('fewer steps until every binding is right than with SIP alone', (run) => {
          const [together, sip] = ['mip-sip/parallel', 'sip-paper/direct'].map((t) => run.leastSteps(t, 'one-moves'))
          return { so: together! < sip!, text: `at most ${together} steps together, ${sip} with SIP alone` }
        }),
      ],
    },
    expected: 'fails',
    why: 'The re-INVITE takes the same way as with SIP alone; the paper gives no figure.',
  },
  {
    id: '001-20',
    where: 'Table 2',
    claim: 'Its own row: signals up (+), not down (−), soft (+) and not hard (−) cross-layering, multihoming (+).',
    decide: {
      all: [
        statement('a change of the care-of address brings a re-INVITE: upwards', (run) => {
          const host = run.nodes('mip-sip/parallel', 'one-moves').find((n) => n.name === 'a')!
          const step = host.role.step as unknown as (
            s: unknown,
            e: unknown,
          ) => readonly [unknown, readonly { message: { kind: string } }[]]
          const sent = step(host.role.start, { kind: 'attached', address: 'west-2/a' })[1].map(
            ({ message }) => message.kind,
          )
          return { so: sent.includes('BU') && sent.includes('re-INVITE'), text: `on arrival: ${sent.join(', ')}` }
        }),
        search('two interfaces at once', 'mip-sip/parallel', 'one-moves', STALE, 'holds', {
          but: { movement: 'make-before-break', overlap: 'long' },
        }),
      ],
    },
    expected: 'holds',
    why: 'As §3 describes it: the network layer tells the application, never the other way round.',
  },
  {
    id: '001-21',
    where: '§3',
    claim: 'It is useful even beside MIPv6 with route optimization.',
    decide: {
      cases: [
        search('one host moves', 'mip-sip/parallel', 'one-moves', REACH, 'holds'),
        search('both move', 'mip-sip/parallel', 'both-move', REACH, 'holds'),
        search('both move, MIPv6 as RFC 6275 has it', 'mipv6/ro-rfc', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Its media have the weakness that route optimization by RFC 6275 does not have.',
  },
  {
    id: '001-22',
    where: '§4',
    claim: 'UDP-in-IP encapsulation passes NATs.',
    decide: {
      cases: [
        search(
          'a binding at the border that is kept',
          'tmsp-sbc/port-mapping',
          'one-moves-port-reused',
          REACH,
          'holds',
        ),
        search('one that may expire', 'tmsp-sbc/port-mapping', 'one-moves-bindings-expire', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'As long as something keeps the binding of the NAT alive.',
  },
]
