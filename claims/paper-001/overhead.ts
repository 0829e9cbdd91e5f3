import { G711, G711_PACKET, G7231, share } from '../calculations/headers.ts'
import { type Claim, figure, statement } from '../claim.ts'
import { headers, MIP, MIP_SIP } from '../costs/media.ts'
import { Searches } from '../searches.ts'

/** The runs that reasons speak of: of the protocols as they are. */
const runs = new Searches()

/** Their share of a packet, in per cent; what is saved of it, in percentage points; and of the header bytes, in per cent. */
const shareOf = (searches: Searches, target: string, payload: number): number =>
  share(headers(searches, target), payload)
const saved = (searches: Searches, payload: number): number =>
  shareOf(searches, MIP, payload) - shareOf(searches, MIP_SIP, payload)
const ofHeaders = (searches: Searches): string =>
  ((100 * (headers(searches, MIP) - headers(searches, MIP_SIP))) / headers(searches, MIP)).toFixed(0)

/** Paper 001, Table 1: what a tunnel costs. */
export const overhead: readonly Claim[] = [
  {
    id: '001-15',
    where: 'Table 1',
    claim: 'Overhead of 68 bytes with a tunnel, 40 without: 28 less.',
    decide: {
      all: [
        figure('with', 68, (searches) => headers(searches, MIP), 0),
        figure('without', 40, (searches) => headers(searches, MIP_SIP), 0),
        figure('difference', 28, (searches) => headers(searches, MIP) - headers(searches, MIP_SIP), 0),
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
        figure('with', 29.8, (searches) => shareOf(searches, MIP, G711), 1),
        figure('without', 20, (searches) => shareOf(searches, MIP_SIP, G711), 0),
        figure('difference', 9.8, (searches) => saved(searches, G711), 1),
      ],
    },
    expected: 'holds',
    why: `For packets of ${G711_PACKET} ms, which the table does not say.`,
  },
  {
    id: '001-17',
    where: 'Table 1',
    claim: 'For G.723.1: 77.2 %, 66.7 %, 10.5 %.',
    decide: {
      all: [
        figure('with', 77.2, (searches) => shareOf(searches, MIP, G7231), 1),
        figure('without', 66.7, (searches) => shareOf(searches, MIP_SIP, G7231), 1),
        figure('difference', 10.5, (searches) => saved(searches, G7231), 1),
      ],
    },
    expected: 'fails',
    get why() {
      return `${shareOf(runs, MIP, G7231).toFixed(1)} % and ${saved(runs, G7231).toFixed(1)} %: the table cuts off where it should round.`
    },
  },
  {
    id: '001-18',
    where: 'Table 1',
    claim: 'The last column is an improvement in percentage points.',
    decide: {
      all: [
        statement(
          'points, not a relative improvement',
          (searches) => {
            const points = saved(searches, G711)
            return {
              so: points.toFixed(1) === '9.8',
              text: `${points.toFixed(1)} points; of the header bytes ${ofHeaders(searches)} %`,
            }
          },
          'share with the tunnel − share without it',
        ),
      ],
    },
    expected: 'holds',
    get why() {
      return `In points; of the header bytes ${ofHeaders(runs)} % are saved.`
    },
  },
]
