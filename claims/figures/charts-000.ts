import { constant, distributionFrom, exponential, scaled } from '../calculations/distributions.ts'
import { atLeastOnce } from '../calculations/probability.ts'
import { firstOrder, firstOrderError, hit } from '../calculations/renewal.ts'
import { atLeastOneOf } from '../calculations/several-handoffs.ts'
import { vulnerableInterval } from '../calculations/vulnerable.ts'
import type { Chart, Curve } from './figure.ts'
import type { Parameters, Values } from './parameters.ts'
import { byRatio, withPoint } from './range.ts'

/** What the paper measured: means of α+β, in seconds; and its range of the mean time between handoffs. */
const INTERVALS = [0.05, 0.1, 0.25, 0.5]
const [SHORTEST, LONGEST] = [5, 500]

const milliseconds = (seconds: number): string => `${Math.round(1000 * seconds)} ms`

const lambda = {
  means: 'λ, mean time between handoffs of the peer, seconds: an inner point',
  is: 'above 0',
  usual: null,
  range: [SHORTEST, LONGEST],
} as const

const gaps = {
  means:
    'times between handoffs, of mean 1, scaled to λ: exponential(1), constant(1), uniform(0, 2), pareto(1.5, 0.3333)',
  is: 'distribution',
  usual: 'exponential(1)',
} as const

const latency = {
  means: 'E[α+β], seconds: one curve alone',
  is: 'above 0',
  usual: null,
  range: [0.05, 5],
} as const

/** Two curves for each interval: what the paper's formula says, dashed, and what is so. */
function curves(
  values: Values,
  printed: (interval: number, mean: number) => number,
  right: (interval: number, mean: number) => number,
  points = 41,
): Curve[] {
  const at = values.optional('lambda')
  const places = withPoint(byRatio(SHORTEST, LONGEST, points), at)
  const asked = values.optional('latency')
  return (asked === null ? INTERVALS : [asked]).flatMap((interval) =>
    (
      [
        ['printed', 'as printed', printed],
        ['right', 'exact', right],
      ] as const
    ).map(
      ([is, words, of]): Curve => ({
        name: `${milliseconds(interval)}, ${words}`,
        is,
        group: milliseconds(interval),
        points: places.map((mean) => [mean, of(interval, mean)]),
      }),
    ),
  )
}

const X = { label: 'λ, mean time between handoffs (s)', log: true } as const

const fig5: Parameters = {
  e: { means: 'e, when a leaves, whole milliseconds', is: 'whole', usual: 1000 },
  alpha: { means: 'α, one way, whole milliseconds', is: 'whole', usual: 100 },
  gamma: { means: 'γ, how long a is nowhere, whole milliseconds', is: 'whole', usual: 200 },
  'gamma-b': { means: 'how long b is nowhere before it sends, whole milliseconds', is: 'whole', usual: 300 },
}

/** Paper 000's figures of numbers. */
export const charts000: readonly Chart[] = [
  {
    kind: 'chart',
    id: '000-fig-5',
    paper: '000',
    place: '§III.C, Fig. 5',
    title: 'when an update that b sends is lost, while a hands off',
    parameters: fig5,
    plot: (searches, values) => {
      const [e, alpha, gamma] = [values.number('e'), values.number('alpha'), values.number('gamma')]
      const handoff = { leaves: e, blackout: gamma, latency: alpha }
      const bar = (name: string, is: Curve['is'], [from, to]: readonly [number, number]): Curve => ({
        name,
        is,
        as: 'bar',
        points: [
          [from, 0],
          [to, 0],
        ],
      })
      const blackoutOfPeer = values.number('gamma-b')
      return {
        x: { label: 'when b sends (ms)' },
        y: { label: '' },
        at: null,
        curves: [
          bar('a is nowhere: γ', 'printed', [e, e + gamma]),
          bar('as printed: e−α to e+β, β = γ+α', 'printed', [e - alpha, e + gamma + alpha]),
          bar(
            'lost, in the model; b moves at once',
            'right',
            vulnerableInterval(searches, { ...handoff, blackoutOfPeer: 0 }),
          ),
          bar(
            `lost, in the model; b is nowhere for ${blackoutOfPeer} ms before`,
            'right',
            vulnerableInterval(searches, { ...handoff, blackoutOfPeer }),
          ),
        ],
        notes: [
          'Searched with a clock, to the millisecond: at the ends of a bar it may go either way.',
          "The printed interval is exact for a peer that moves at once. One that is nowhere for a while may miss a's update meanwhile: what it then sends goes astray as well.",
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '000-fig-6a',
    paper: '000',
    place: '§III.C, Fig. 6a',
    title: 'how likely one handoff is hit',
    parameters: { lambda, latency, gaps },
    plot: (_, values) => ({
      x: X,
      y: { label: 'P0', log: true },
      at: values.optional('lambda'),
      curves: curves(
        values,
        (interval, mean) => firstOrder(interval, exponential(mean)),
        (interval, mean) => hit(interval, scaled(values.distribution('gaps'), mean)),
      ),
      notes: [
        'Printed: E[α+β]/λ, which is the mean number of handoffs of the peer in the interval, and never less than the probability.',
      ],
    }),
  },
  {
    kind: 'chart',
    id: '000-fig-6b',
    paper: '000',
    place: '§III.C, Fig. 6b',
    title: 'how likely one of several handoffs is hit',
    parameters: {
      lambda,
      latency,
      handoffs: { means: 'N, handoffs of the host', is: 'whole', usual: 3, range: [1, 20] },
      gaps,
      'own-gaps': { ...gaps, means: gaps.means.replace('handoffs,', 'handoffs of the host itself,') },
    },
    plot: (_, values) => {
      const n = values.number('handoffs')
      const [peer, own] = [values.distribution('gaps'), values.distribution('own-gaps')]
      return {
        x: X,
        y: { label: `P${n}`, log: true },
        at: values.optional('lambda'),
        curves: curves(
          values,
          // More than 1 is no probability: the printed formula has nothing to say there.
          (interval, mean) => atLeastOnce(Math.min(1, firstOrder(interval, exponential(mean))), n),
          (interval, mean) => atLeastOneOf(interval, scaled(own, mean), scaled(peer, mean), n),
          peer.isMemoryless === true ? 41 : 13,
        ),
        notes: [
          `Exact: both hosts' handoffs are renewal processes (host: ${own.name}; peer: ${peer.name}; scaled to λ). Printed: 1 − (1 − P0)^N with P0 = E[α+β]/λ; it leaves out that intervals of one host may overlap, and that a peer whose handoffs are regular is hit again or not at all.`,
        ],
      }
    },
  },
  {
    kind: 'chart',
    id: '000-eq-p0-error',
    paper: '000',
    place: '§III.C',
    title: 'by how much the printed formula is too high, for other times between handoffs',
    parameters: {},
    plot: () => ({
      x: { label: 'E[α+β] / λ', log: true },
      y: { label: 'too much (%)', log: true },
      at: null,
      curves: [
        ...['exponential(1)', 'uniform(0, 2)', 'pareto(1.5, 0.33333333)'].map((text): Curve => {
          const one = distributionFrom(text)
          return {
            name: `${one.name.split(',')[0]!} times`,
            is: 'right',
            points: byRatio(0.0001, 1, 41)
              .map((x) => [x, 100 * firstOrderError(constant(x), one)] as const)
              .filter(([, y]) => y > 1e-6),
          }
        }),
        {
          name: 'exponential times, exponential latency',
          is: 'right',
          points: byRatio(0.0001, 1, 41).map(
            (x) => [x, 100 * firstOrderError(exponential(x), exponential(1))] as const,
          ),
        },
      ],
      notes: [
        'Latency is constant but where it is said. Where times between handoffs have a least one (constant, Pareto), it is right for intervals up to that.',
      ],
    }),
  },
  {
    kind: 'chart',
    id: '000-eq-pn-error',
    paper: '000',
    place: '§III.C',
    title: 'how far off the printed formula is for several handoffs, for other times between them',
    parameters: { handoffs: { means: 'N, handoffs of the host', is: 'whole', usual: 3, range: [1, 20] } },
    plot: (_, values) => {
      const n = values.number('handoffs')
      return {
        x: { label: 'E[α+β] / λ', log: true },
        y: { label: 'too much (%)' },
        at: null,
        curves: (
          [
            ['both exponential', 'exponential(1)', 'exponential(1)'],
            ['host constant, peer exponential', 'constant(1)', 'exponential(1)'],
            ['both uniform', 'uniform(0, 2)', 'uniform(0, 2)'],
            ['host constant, peer uniform', 'constant(1)', 'uniform(0, 2)'],
            ['both constant, 1.4 to 1', 'constant(1.4)', 'constant(1)'],
            ['host exponential, peer Pareto', 'exponential(1)', 'pareto(2.5, 0.6)'],
          ] as const
        ).map(
          ([name, own, peer]): Curve => ({
            name,
            is: 'right',
            points: byRatio(0.01, 0.5, 25).map((x) => {
              const exact = atLeastOneOf(x, distributionFrom(own), distributionFrom(peer), n)
              return [x, 100 * (atLeastOnce(x, n) / exact - 1)] as const
            }),
          }),
        ),
        notes: [
          'Latency is constant; λ is that of the peer. With constant times of both, what is not hit now is hit next: there the printed formula is too low. With equal constant times a host is hit always or never: P_N is P0, and the printed formula nearly N times too high.',
        ],
      }
    },
  },
]
