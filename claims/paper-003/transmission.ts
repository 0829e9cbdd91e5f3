import {
  ADDRESS_OPTION,
  DIRECT_HOPS,
  fig7,
  fig8,
  flow,
  gain,
  HOPS,
  hopsOfEqualWays,
  signalling,
  traffic,
} from '../calculations/tmsp-cost.ts'
import { type Case, type Claim, fewer, figure, statement } from '../claim.ts'
import { type Compared, runsOf } from '../costs/compared.ts'
import { Searches } from '../searches.ts'

/** The runs that reasons speak of: of the protocols as they are. */
const runs = new Searches()

const rises: Case = statement(
  'the gain rises with the share of hops that are tunnelled',
  (searches) => {
    const points = Array.from({ length: 29 }, (_, i) => fig8(searches, DIRECT_HOPS, i + 1))
    return {
      so: points.every((p, i) => i === 0 || p > points[i - 1]!),
      text: `from ${points[0]!.toFixed(1)} to ${points.at(-1)!.toFixed(1)} %`,
    }
  },
  '1 − T_TMSP / T_MIPv6 (eqs 11, 12)',
)

/** Every part of the ways has as many hops as the paper sets. */
const SET = { direct: HOPS, toAgent: HOPS, fromAgent: HOPS }

const less = (given: string, other: Compared): Case =>
  statement(given, (searches) => {
    const [one, more] = [traffic(searches, 'tmsp', SET), traffic(searches, other, SET)]
    return { so: one < more, text: `${one} against ${more}` }
  })

const fewerHops = (given: string, other: Compared): Case =>
  statement(given, (searches) => {
    const [tmsp, mipv6] = (['tmsp', other] as const).map((compared) => {
      const { movement, maintenance } = signalling(searches, compared)
      return movement + maintenance
    })
    return {
      ...fewer(tmsp!, mipv6!, (one, more) => `${one} against ${more}`),
      found: runsOf(searches, 'tmsp')[0]!.found,
    }
  })

/** Paper 003, §IV-C and §VIII: what is gained in transmission. */
export const transmission: readonly Claim[] = [
  {
    id: '003-20',
    where: '§IV-C',
    claim: '89 packets of 180 bytes a second are 128 kb/s.',
    decide: { all: [figure('kb/s', 128, () => flow, 0)] },
    expected: 'holds',
    why: `${flow}.`,
  },
  {
    id: '003-21',
    where: '§IV-C',
    claim: 'The direct way has 15 hops, and the parameter is set to 5.',
    decide: {
      all: [
        statement(
          "with what is set the first point of Fig. 7 is one of 'the same number of hops'",
          (searches) => {
            const same = hopsOfEqualWays(searches, 14)
            return {
              so: same.includes(HOPS),
              text: `${HOPS} hops are set; all that is gained at 14 hops is the outer header with ${same.join(', ')} hops`,
            }
          },
          '1 − T_TMSP / T_MIPv6 = L_IP-in-IP·H / T_MIPv6 (eqs 11, 12)',
        ),
      ],
    },
    expected: 'fails',
    get why() {
      return `Text against text; the figures fit ${hopsOfEqualWays(runs, 14).join(', ')}.`
    },
  },
  {
    id: '003-22',
    where: 'Fig. 7',
    claim: 'A gain of 9.4 to 45.8 % for 14 to 24 hops between home agent and host.',
    decide: {
      all: [
        figure('14 hops', 9.4, (searches) => fig7(searches, DIRECT_HOPS, 14), 1),
        figure('24 hops', 45.8, (searches) => fig7(searches, DIRECT_HOPS, 24), 1),
      ],
    },
    expected: 'holds',
    get why() {
      return `With ${DIRECT_HOPS} hops directly; with the ${HOPS} that the text sets it would be ${fig7(runs, HOPS, 14).toFixed(1)} to ${fig7(runs, HOPS, 24).toFixed(1)} %.`
    },
  },
  {
    id: '003-23',
    where: '§IV-C',
    claim: 'The gain grows with the duration and the number of sessions.',
    decide: {
      all: [
        statement(
          'twice the packets',
          (searches) => {
            const ways = { direct: DIRECT_HOPS, toAgent: 1, fromAgent: 14 }
            const [before, after] = [traffic(searches, 'mipv6', ways), traffic(searches, 'tmsp', ways)]
            const once = gain(before, after)
            const twice = gain(2 * before, 2 * after)
            return { so: twice > once + 1e-9, text: `${once.toFixed(2)} % and ${twice.toFixed(2)} %` }
          },
          '1 − 2·T_TMSP / (2·T_MIPv6) against 1 − T_TMSP / T_MIPv6',
        ),
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
        statement(
          'the gain rises with the hops that are saved',
          (searches) => {
            const points = [25, 20, 15, 10].map((direct) => fig8(searches, direct, 29))
            const so = points.every((p, i) => i === 0 || p > points[i - 1]!)
            return { so, text: `25, 20, 15, 10 hops directly: ${points.map((p) => p.toFixed(1)).join(', ')} %` }
          },
          '1 − T_TMSP / T_MIPv6 (eqs 11, 12)',
        ),
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
        figure('one mobile end, one way (Home Address option or routing header)', 44, () => ADDRESS_OPTION, 0),
        figure('two mobile ends (both)', 44, () => 2 * ADDRESS_OPTION, 0),
      ],
    },
    expected: 'fails',
    why: `${ADDRESS_OPTION} bytes with one mobile end, since the option goes one way and the header the other; ${2 * ADDRESS_OPTION} with two.`,
  },
  {
    id: '003-30',
    where: '§IV, §VIII',
    claim: 'TMSP does better than MIPv6.',
    decide: {
      cases: [
        less('than MIPv6 without route optimization, in bytes on links a datagram', 'mipv6'),
        less('than MIPv6 with route optimization, in bytes on links a datagram', 'mipv6-ro'),
        fewerHops('than MIPv6 without route optimization, in hops of signalling', 'mipv6'),
        fewerHops('than MIPv6 with route optimization, in hops of signalling', 'mipv6-ro'),
      ],
    },
    expected: 'conditional',
    why: 'In bytes, and in signalling against route optimization; not in signalling against the basic mode, with which alone the paper compares.',
  },
]
