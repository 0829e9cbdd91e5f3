import {
  asPrinted,
  corrected,
  DHCP,
  DIRECT_HOPS,
  fig7,
  fig8,
  gain,
  HOPS,
  type Setting,
  TRIANGLE,
  transmission,
} from '../calculations/tmsp-cost.ts'
import type { Compared } from '../costs/compared.ts'
import type { Chart, Curve } from './figure.ts'
import type { Parameters, Values } from './parameters.ts'
import { evenly, wholes, withPoint } from './range.ts'

const setting: Parameters = {
  hops: { means: 'hops between two network entities', is: 'from 0', usual: HOPS },
  dhcp: { means: 'hops to the DHCP server', is: 'from 0', usual: DHCP },
  eta: { means: 'η, correspondents that are told', is: 'whole', usual: 1 },
}

const settingOf = (values: Values): Setting => ({
  hops: values.number('hops'),
  dhcp: values.number('dhcp'),
  correspondents: values.number('eta'),
})

const NAMES: readonly (readonly [Compared, string])[] = [
  ['tmsp', 'TMSP'],
  ['mipv6', 'MIPv6'],
  ['sip-mipv6-tcp', 'SIP-MIPv6'],
]

const agent = {
  means: 'hops from the home agent to the host: an inner point',
  is: 'whole',
  usual: null,
  range: [0, 30],
} as const

/** Paper 003's figures of numbers: hops and bytes are counted in runs of the model. */
export const charts003: readonly Chart[] = [
  {
    kind: 'chart',
    id: '003-fig-5',
    paper: '003',
    place: '§IV-A, Fig. 5',
    title: 'what signalling costs, by how often a handoff has active connections',
    parameters: {
      ...setting,
      alpha: { means: 'α, share of active handoffs: an inner point', is: 'probability', usual: null },
    },
    plot: (searches, values) => {
      const at = values.optional('alpha')
      const places = withPoint(evenly(0, 1, 11), at)
      return {
        x: { label: 'α, share of active handoffs' },
        y: { label: 'signalling (hops)' },
        at,
        curves: NAMES.flatMap(([compared, name]) =>
          (
            [
              ['printed', 'as printed', asPrinted],
              ['right', 'corrected', corrected],
            ] as const
          ).map(
            ([is, words, cost]): Curve => ({
              name: `${name}, ${words}`,
              is,
              group: name,
              points: places.map((alpha) => [alpha, cost(searches, compared, alpha, settingOf(values))]),
            }),
          ),
        ),
        notes: [
          'Printed: (1−α)·C_movement + α·C_maintain. By the definition before it, a handoff costs C_movement and an active one C_maintain besides; only so MIPv6 is constant and the others rise, as the paper says of its figure.',
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '003-fig-6',
    paper: '003',
    place: '§IV-B, Fig. 6',
    title: 'what TMSP saves in hops, by how many packets follow a handoff',
    parameters: {
      ...setting,
      packets: { means: 'packets after the handoff: an inner point', is: 'whole', usual: null, range: [0, 30] },
    },
    plot: (searches, values) => {
      const at = values.optional('packets')
      const saved = (compared: Compared, n: number): number =>
        gain(
          transmission(searches, compared, n, settingOf(values)),
          transmission(searches, 'tmsp', n, settingOf(values)),
        )
      return {
        x: { label: 'packets sent' },
        y: { label: 'transmission gain (%)' },
        at,
        curves: (
          [
            ['mipv6', 'over MIPv6'],
            ['sip-mipv6-tcp', 'over SIP-MIPv6, TCP'],
            ['sip-mipv6-udp', 'over SIP-MIPv6, UDP'],
          ] as const
        ).map(
          ([compared, name]): Curve => ({
            name,
            is: 'right',
            points: withPoint(wholes(1, 30), at).map((n) => [n, saved(compared, n)]),
          }),
        ),
        notes: [
          'Signalling and data are counted in runs; the ACK of an INVITE is left out, as the paper leaves it out.',
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '003-fig-7',
    paper: '003',
    place: '§IV-C, Fig. 7',
    title: 'what TMSP saves in bytes, the correspondent one hop from the home agent',
    parameters: {
      direct: { means: 'hops of the direct way', is: 'above 0', usual: DIRECT_HOPS },
      agent,
    },
    plot: (searches, values) => {
      const at = values.optional('agent')
      const places = withPoint(wholes(14, 24), at)
      const curve = (direct: number, is: Curve['is'], words: string): Curve => ({
        name: `${direct} hops directly${words}`,
        is,
        points: places.map((hops) => [hops, fig7(searches, direct, hops)]),
      })
      return {
        x: { label: 'hops from the home agent to the host' },
        y: { label: 'gain (%)' },
        at,
        curves: [curve(values.number('direct'), 'right', ''), curve(HOPS, 'printed', ', as the text sets it')],
        notes: [
          `The text has ${DIRECT_HOPS} hops in one sentence and sets ${HOPS} in the next; with ${DIRECT_HOPS} the first point is one of ways of equal length, as it says.`,
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '003-fig-8',
    paper: '003',
    place: '§IV-C, Fig. 8',
    title: `what TMSP saves in bytes, ${TRIANGLE} hops by the home agent`,
    parameters: { agent },
    plot: (searches, values) => {
      const at = values.optional('agent')
      return {
        x: { label: `hops from the home agent to the host, of ${TRIANGLE}` },
        y: { label: 'gain (%)' },
        at,
        curves: [10, 15, 20, 25].map(
          (direct): Curve => ({
            name: `${direct} hops directly`,
            is: 'right',
            points: withPoint(wholes(1, TRIANGLE - 1), at).map((hops) => [hops, fig8(searches, direct, hops)]),
          }),
        ),
        notes: ['The hops before the home agent carry the datagram, those after it an outer header as well.'],
      }
    },
  },
]
