import {
  asPrinted,
  corrected,
  fig7,
  fig8,
  gain,
  HOPS,
  maintenance,
  maintenanceWithAck,
  mipv6Traffic,
  movement,
  tmspTraffic,
  transmission,
} from './calculations/tmsp-cost.ts'
import { type Case, type Claim, figure, statement } from './claim.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9
const breakEven = (withAck: boolean): number => {
  const extra = withAck ? maintenanceWithAck - maintenance.tmsp : 0
  let n = 0
  while (transmission.tmsp(n) + extra >= transmission.mipv6(n)) n += 1
  return n - 1
}

const rises: Case = statement('the gain rises with the share of hops that are tunnelled', () => {
  const points = Array.from({ length: 29 }, (_, i) => fig8(15, i + 1))
  return {
    so: points.every((p, i) => i === 0 || p > points[i - 1]!),
    text: `from ${points[0]!.toFixed(1)} to ${points.at(-1)!.toFixed(1)} %`,
  }
})

/** Paper 003, §IV and §VI: costs and measurements. */
export const tmspCost: readonly Claim[] = [
  {
    id: '003-12',
    where: 'eqs 1–3',
    claim: 'A movement costs 14, 14 and 24 hops.',
    decide: {
      all: [
        figure('TMSP', 14, () => movement.tmsp, 0),
        figure('MIPv6', 14, () => movement.mipv6, 0),
        figure('SIP-MIPv6', 24, () => movement.sipMipv6, 0),
      ],
    },
    expected: 'holds',
    why: 'Five hops everywhere, one to the DHCP server.',
  },
  {
    id: '003-13',
    where: 'eqs 4–6',
    claim: 'Telling a correspondent costs 10, 0 and 10 hops.',
    decide: {
      all: [
        figure('TMSP', 10, () => maintenance.tmsp, 0),
        figure('MIPv6', 0, () => maintenance.mipv6, 0),
        figure('SIP-MIPv6', 10, () => maintenance.sipMipv6, 0),
      ],
    },
    expected: 'holds',
    why: 'As defined; with the ACK that an INVITE needs it is 15.',
  },
  {
    id: '003-14',
    where: '§IV-A',
    claim: 'The average is (1−α)·C_movement + α·C_maintain.',
    decide: {
      all: [
        statement('it agrees with C_signalling = C_movement + C_maintain of an active handoff', () => {
          const [printed, defined] = [asPrinted('tmsp', 1), movement.tmsp + maintenance.tmsp]
          return {
            so: near(printed, defined),
            text: `at α = 1: ${printed} as printed, ${defined} by the definition before it`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'By the definition one sentence earlier it is C_movement + α·C_maintain.',
  },
  {
    id: '003-15',
    where: 'Fig. 5',
    claim: 'MIPv6 is constant and the lowest.',
    decide: {
      all: [
        statement('as printed', () => {
          const [from, to] = [asPrinted('mipv6', 0), asPrinted('mipv6', 1)]
          return { so: near(from, to), text: `from ${from} to ${to}` }
        }),
        statement('corrected', () => {
          const [from, to] = [corrected('mipv6', 0), corrected('mipv6', 1)]
          return { so: near(from, to) && to < corrected('tmsp', 1), text: `from ${from} to ${to}` }
        }),
      ],
    },
    expected: 'fails',
    why: 'The printed formula falls to 0; the corrected one is 14 throughout.',
  },
  {
    id: '003-16',
    where: 'Fig. 5',
    claim: 'TMSP and SIP-MIPv6 rise with α.',
    decide: {
      all: (['tmsp', 'sipMipv6'] as const).flatMap((p) => [
        statement(`${p} as printed`, () => ({
          so: asPrinted(p, 1) > asPrinted(p, 0),
          text: `${asPrinted(p, 0)} to ${asPrinted(p, 1)}`,
        })),
        statement(`${p} corrected`, () => ({
          so: corrected(p, 1) > corrected(p, 0),
          text: `${corrected(p, 0)} to ${corrected(p, 1)}`,
        })),
      ]),
    },
    expected: 'fails',
    why: 'By the printed formula both fall (14 to 10, 24 to 10); by the corrected one they rise (14 to 24, 24 to 34).',
  },
  {
    id: '003-17',
    where: 'Fig. 6',
    claim: 'TMSP gains over MIPv6 after two packets.',
    decide: { all: [figure('packets', 2, () => breakEven(false), 0)] },
    expected: 'holds',
    why: `24 + 5n < 14 + 10n for n > 2; with the ACK for n > ${breakEven(true)}.`,
  },
  {
    id: '003-18',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with TCP the gain rises, from 29.4 % to 50 %.',
    decide: {
      all: [
        figure('at no packet', 29.4, () => gain(transmission.sipMipv6Tcp(0), transmission.tmsp(0)), 1),
        figure('in the limit', 50, () => gain(transmission.sipMipv6Tcp(1e9), transmission.tmsp(1e9)), 0),
      ],
    },
    expected: 'holds',
    why: '(10 + 5n) / (34 + 10n).',
  },
  {
    id: '003-19',
    where: 'Fig. 6',
    claim: 'Against SIP-MIPv6 with UDP it falls to 0.',
    decide: {
      all: [
        statement('it falls', () => {
          const [first, last] = [0, 1000].map((n) => gain(transmission.sipMipv6Udp(n), transmission.tmsp(n)))
          return { so: last! < first! && last! < 0.5, text: `${first!.toFixed(1)} % to ${last!.toFixed(2)} %` }
        }),
      ],
    },
    expected: 'holds',
    why: '10 / (34 + 5n).',
  },
  {
    id: '003-20',
    where: '§IV-C',
    claim: '89 packets of 180 bytes a second are 128 kb/s.',
    decide: { all: [figure('kb/s', 128, () => (89 * 180 * 8) / 1000, 0)] },
    expected: 'holds',
    why: '128.16.',
  },
  {
    id: '003-21',
    where: '§IV-C',
    claim: 'The direct way has 15 hops, and the parameter is set to 5.',
    decide: {
      all: [
        statement('one number', () => {
          const byTheAgent = 1 + 14
          const set: number = HOPS
          return {
            so: byTheAgent === set,
            text: "15 in one sentence, 5 in the next; 'the same number of hops' (1 + 14) is true of 15 only",
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'Text against text; the figures fit 15.',
  },
  {
    id: '003-22',
    where: 'Fig. 7',
    claim: 'A gain of 9.4 to 45.8 % for 14 to 24 hops between home agent and host.',
    decide: {
      all: [figure('14 hops', 9.4, () => fig7(15, 14), 1), figure('24 hops', 45.8, () => fig7(15, 24), 1)],
    },
    expected: 'holds',
    why: 'With 15 hops directly; with the 5 that the text sets it would be 69.8 to 81.9 %.',
  },
  {
    id: '003-23',
    where: '§IV-C',
    claim: 'The gain grows with the duration and the number of sessions.',
    decide: {
      all: [
        statement('twice the packets', () => {
          const once = gain(mipv6Traffic(1, 14), tmspTraffic(15))
          const twice = gain(2 * mipv6Traffic(1, 14), 2 * tmspTraffic(15))
          return { so: twice > once + 1e-9, text: `${once.toFixed(2)} % and ${twice.toFixed(2)} %` }
        }),
      ],
    },
    expected: 'fails',
    why: 'Rate and duration cancel in a ratio; only the bytes saved grow.',
  },
  {
    id: '003-24',
    where: 'Fig. 8',
    claim: 'The more hops are saved and the more of them are tunnelled, the greater the gain.',
    decide: {
      all: [
        statement('the gain rises with the hops that are saved', () => {
          const points = [25, 20, 15, 10].map((direct) => fig8(direct, 29))
          const so = points.every((p, i) => i === 0 || p > points[i - 1]!)
          return { so, text: `25, 20, 15, 10 hops directly: ${points.map((p) => p.toFixed(1)).join(', ')} %` }
        }),
        rises,
      ],
    },
    expected: 'holds',
    why: 'As computed.',
  },
  {
    id: '003-25',
    where: '§IV-C',
    claim: 'Route optimization costs 44 bytes a datagram.',
    decide: {
      all: [
        figure('one mobile end, one way (Home Address option or routing header)', 44, () => 8 + 16, 0),
        figure('two mobile ends (both)', 44, () => 2 * (8 + 16), 0),
      ],
    },
    expected: 'fails',
    why: '24 bytes with one mobile end, since the option goes one way and the header the other; 48 with two.',
  },
  {
    id: '003-26',
    where: '§VI-A3',
    claim: 'Mapping adds 0.56 µs, 12 %.',
    decide: {
      all: [figure('µs', 0.56, () => 5.13 - 4.57, 2), figure('per cent', 12, () => 100 * (5.13 / 4.57 - 1), 0)],
    },
    expected: 'holds',
    why: "'Much smaller' than a frame's time: 11 to 14 % of it.",
  },
  {
    id: '003-27',
    where: '§VI-A3',
    claim: 'A least frame takes 5.12 µs at 100 Mb/s and 4.10 µs at 1 Gb/s.',
    decide: {
      all: [figure('64 bytes', 5.12, () => (64 * 8) / 100, 2), figure('512 bytes', 4.1, () => (512 * 8) / 1000, 1)],
    },
    expected: 'holds',
    why: 'As computed.',
  },
  {
    id: '003-28',
    where: '§VI-B',
    claim: 'A handover takes 2 s.',
    decide: { all: [figure('seconds: polling, association and address, re-INVITE', 2, () => 0.2 + 1.7 + 0.096, 1)] },
    expected: 'holds',
    why: '1.996 s at worst, 1.896 s on the average.',
  },
  {
    id: '003-29',
    where: 'Table I',
    claim: 'Finding an entry takes up to 682 ms.',
    decide: {
      all: [
        statement('the row says what the sentence does', () => {
          const table = { 'accessing all entries': 682, 'updating an entry': 29 }
          return {
            so: table['updating an entry'] === 682,
            text: `682 ms is to read out all 1000 entries; to find and update one takes ${table['updating an entry']} ms`,
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'The number is that of another row.',
  },
  {
    id: '003-30',
    where: '§IV, §VIII',
    claim: 'TMSP does better than MIPv6.',
    decide: {
      cases: [
        statement('than MIPv6 without route optimization, per packet', () => ({
          so: HOPS < 2 * HOPS,
          text: `${HOPS} hops against ${2 * HOPS}`,
        })),
        statement('than MIPv6 with route optimization, per packet', () => {
          const optimized: number = HOPS
          return { so: HOPS < optimized, text: `${HOPS} hops against ${optimized}, and 24 bytes more` }
        }),
        statement('by signalling', () => ({
          so: movement.tmsp + maintenance.tmsp < movement.mipv6,
          text: `${movement.tmsp + maintenance.tmsp} hops against ${movement.mipv6}`,
        })),
      ],
    },
    expected: 'conditional',
    why: 'Compared with the basic mode only, one correspondent, equal distances.',
  },
  {
    id: '003-34',
    where: '§VII-A2',
    claim: 'SIP and Mobile IP together take more signalling: 24 against 14.',
    decide: {
      all: [
        statement('hops of a movement', () => ({
          so: movement.sipMipv6 > movement.tmsp,
          text: `${movement.sipMipv6} against ${movement.tmsp}: ${(movement.sipMipv6 / movement.tmsp).toFixed(2)} times`,
        })),
      ],
    },
    expected: 'holds',
    why: 'Two registrations; not quite twice the cost.',
  },
]
