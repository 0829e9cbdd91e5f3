import { relativeNetworkLoad, smoothed } from '../../spec/mip-sip/network-selection.ts'
import { G711, G7231, IP_UDP_RTP, share } from '../calculations/headers.ts'
import { asDefined, roundTrip } from '../calculations/round-trip.ts'
import { headers, MIP, MIP_SIP } from '../costs/media.ts'
import type { Chart, Curve } from './figure.ts'
import { wholes, withPoint } from './range.ts'

/** Kilobits a second. */
const CODECS = [
  ['G.711', 64],
  ['G.723.1', 5.3],
] as const

/** Paper 001's figures of numbers: its table, and its equations. */
export const charts001: readonly Chart[] = [
  {
    kind: 'chart',
    id: '001-table-1',
    paper: '001',
    place: '§5, Table 1',
    title: 'how much of a media packet is headers, with a tunnel and without',
    parameters: {
      ms: { means: 'milliseconds of sound in a packet: an inner point', is: 'above 0', usual: null, range: [5, 100] },
    },
    plot: (searches, values) => {
      const at = values.optional('ms')
      const curve = (codec: string, rate: number, target: string, words: string): Curve => ({
        name: `${codec}, ${words}`,
        is: 'right',
        points: withPoint(wholes(10, 60), at).map((ms) => [ms, share(headers(searches, target), (rate * ms) / 8)]),
      })
      const printed = (name: string, points: Curve['points']): Curve => ({
        name: `${name}, as printed`,
        is: 'printed',
        as: 'points',
        group: 'as printed',
        points,
      })
      return {
        x: { label: 'sound in a packet (ms)' },
        y: { label: 'headers (%)' },
        at,
        curves: [
          ...CODECS.flatMap(([codec, rate]) => [
            curve(codec, rate, MIP, 'Mobile IP alone'),
            curve(codec, rate, MIP_SIP, 'MIP and SIP'),
          ]),
          printed('G.711', [
            [20, 29.8],
            [20, 20],
          ]),
          printed('G.723.1', [
            [30, 77.2],
            [30, 66.7],
          ]),
        ],
        notes: [
          `The table does not say how much sound is in a packet: packets of ${G711} and ${G7231} bytes fit its numbers. ${IP_UDP_RTP} bytes are IP, UDP and RTP; a tunnel in the model's run adds to them.`,
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '001-eqs-1-5',
    paper: '001',
    place: '§3, eqs 1–5',
    title: 'relative network load when delay rises from one value to another, as defined and as meant',
    parameters: {
      h: { means: 'h, history of the averages', is: 'above 0', usual: 5 },
      c: { means: 'c, weight of the jitter', is: 'from 0', usual: 5 },
      before: { means: 'round trip at first, milliseconds', is: 'from 0', usual: 40 },
      after: { means: 'round trip from the tenth exchange on, milliseconds', is: 'from 0', usual: 120 },
      ahead: { means: "how far the home agent's clock is ahead, milliseconds", is: 'from 0', usual: 30 },
    },
    plot: (_, values) => {
      const [h, c] = [values.number('h'), values.number('c')]
      const exchanges = wholes(0, 40).map((n) => {
        const way = (n < 10 ? values.number('before') : values.number('after')) / 2
        return { there: way, back: way, ahead: values.number('ahead') }
      })
      const loads = (measured: typeof roundTrip): [number, number][] => {
        let [delay, jitter] = [measured(exchanges[0]!), 0]
        return exchanges.map((exchange, n) => {
          const difference = n === 0 ? 0 : measured(exchange) - measured(exchanges[n - 1]!)
          delay = smoothed(measured(exchange), delay, h)
          jitter = smoothed(Math.abs(difference), jitter, h)
          return [n, relativeNetworkLoad(delay, jitter, c)]
        })
      }
      return {
        x: { label: 'exchange of BU and acknowledgement' },
        y: { label: 'RNL (ms)' },
        at: null,
        curves: [
          { name: 'R the arrival of the BU, as printed', is: 'printed', points: loads(asDefined) },
          { name: 'R the arrival of the acknowledgement', is: 'right', points: loads(roundTrip) },
        ],
        notes: ['As printed it is one way and the difference of two clocks, not a round trip.'],
      }
    },
  },
]
