import { G711, G711_PACKET, G7231, IP_UDP_RTP, share, TUNNEL } from '../calculations/headers.ts'
import { type Claim, figure, statement } from '../claim.ts'

/** In percentage points of a packet; and of the header bytes, in per cent. */
const saved = (payload: number): number => share(IP_UDP_RTP + TUNNEL, payload) - share(IP_UDP_RTP, payload)
const ofHeaders = ((100 * TUNNEL) / (IP_UDP_RTP + TUNNEL)).toFixed(0)

/** Paper 001, Table 1: what a tunnel costs. */
export const overhead: readonly Claim[] = [
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
        figure('difference', 9.8, () => saved(G711), 1),
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
        figure('with', 77.2, () => share(IP_UDP_RTP + TUNNEL, G7231), 1),
        figure('without', 66.7, () => share(IP_UDP_RTP, G7231), 1),
        figure('difference', 10.5, () => saved(G7231), 1),
      ],
    },
    expected: 'fails',
    why: `${share(IP_UDP_RTP + TUNNEL, G7231).toFixed(1)} % and ${saved(G7231).toFixed(1)} %: the table cuts off where it should round.`,
  },
  {
    id: '001-18',
    where: 'Table 1',
    claim: 'The last column is an improvement in percentage points.',
    decide: {
      all: [
        statement(
          'points, not a relative improvement',
          () => {
            const points = saved(G711)
            return {
              so: points.toFixed(1) === '9.8',
              text: `${points.toFixed(1)} points; of the header bytes ${ofHeaders} %`,
            }
          },
          'share with the tunnel − share without it',
        ),
      ],
    },
    expected: 'holds',
    why: `In points; of the header bytes ${ofHeaders} % are saved.`,
  },
]
