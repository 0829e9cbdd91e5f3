import { constant, exponential, uniform } from '../calculations/distributions.ts'
import { atLeastOnce, atLeastOnceByEnumeration } from '../calculations/probability.ts'
import { firstOrder, firstOrderError, hit } from '../calculations/renewal.ts'
import { type Claim, figure, statement } from '../claim.ts'

/** Seconds: the printed formula, and what it estimates, for exponential times between handoffs as the paper has them. */
const estimate = (interval: number, meanTime: number): number => firstOrder(interval, exponential(meanTime))
const exact = (interval: number, meanTime: number): number => hit(interval, exponential(meanTime))

/** Intervals of one mean. */
const intervals = (mean: number) => [constant(mean), uniform(0, 2 * mean), exponential(mean)]

/** Paper 000, §III.C and Fig. 6: how likely it is. */
export const probability: readonly Claim[] = [
  {
    id: '000-15',
    where: '§III.C',
    claim: 'At least once in N handoffs: P_N = 1 − (1 − P0)^N.',
    decide: {
      all: [1, 3, 8].map((n) =>
        statement(
          `${n} independent handoffs`,
          () => {
            const [formula, sum] = [atLeastOnce(0.1, n), atLeastOnceByEnumeration(0.1, n)]
            return {
              so: Math.abs(formula - sum) < 1e-12,
              text: `formula ${formula.toFixed(6)}, enumerated ${sum.toFixed(6)}`,
            }
          },
          '1 − (1 − P0)^N against the sum of P0^k (1 − P0)^(N−k) over all sequences with k > 0 hits',
        ),
      ),
    },
    expected: 'holds',
    why: 'It assumes that handoffs are independent.',
  },
  {
    id: '000-16',
    where: '§III.C',
    claim: 'P0 = E[α+β]/λ.',
    decide: {
      cases: [0.0001, 0.001, 0.01, 0.1].flatMap((x) =>
        intervals(x).map((interval) =>
          statement(
            `a mean interval of ${x} of the mean time, ${interval.name.split(',')[0]}`,
            () => {
              const exactly = hit(interval, exponential(1))
              const tooMuch = x / exactly - 1
              return {
                so: Math.abs(tooMuch) < 0.02,
                text: `estimate ${x}, exact ${exactly.toFixed(6)}: ${(100 * tooMuch).toFixed(2)} % too much`,
              }
            },
            'E[v]/λ against E[min(X, v)]/λ, X exponential',
          ),
        ),
      ),
    },
    expected: 'conditional',
    why: `A first-order estimate, never too low: ${(100 * firstOrderError(0.5, exponential(5))).toFixed(0)} % too much at the paper's upper end; λ is a mean time there, and the times are exponential.`,
  },
  {
    id: '000-17',
    where: 'Fig. 6a',
    claim: 'For 50–500 ms and 5–500 s P0 goes from 1e−4 to 0.1.',
    decide: {
      all: [
        figure('50 ms, 500 s', 0.0001, () => estimate(0.05, 500), 4),
        figure('500 ms, 5 s', 0.1, () => estimate(0.5, 5), 1),
      ],
    },
    expected: 'holds',
    why: `As computed (exact: ${exact(0.5, 5).toFixed(4)} at the upper end).`,
  },
  {
    id: '000-18',
    where: 'Fig. 6b',
    claim: 'P3 goes from 3e−4 to 0.271.',
    decide: {
      all: [
        figure('lower end', 0.0003, () => atLeastOnce(estimate(0.05, 500), 3), 4),
        figure('upper end', 0.271, () => atLeastOnce(estimate(0.5, 5), 3), 3),
      ],
    },
    expected: 'holds',
    why: `As computed (exact: ${atLeastOnce(exact(0.5, 5), 3).toFixed(3)} at the upper end).`,
  },
  {
    id: '000-19',
    where: '§III.C',
    claim: 'It is worst where latency is longest and handoffs are most frequent.',
    decide: {
      all: [
        statement(
          'P0 rises with latency and falls with the mean time',
          () => {
            const grid = [0.05, 0.1, 0.25, 0.5].flatMap((l) => [5, 50, 500].map((m) => [l, m, exact(l, m)] as const))
            const worst = grid.reduce((one, other) => (other[2] > one[2] ? other : one))
            const so = worst[0] === 0.5 && worst[1] === 5
            return { so, text: `the worst of the grid is ${worst[0]} s at ${worst[1]} s` }
          },
          'the greatest of 1 − e^(−v/λ)',
        ),
      ],
    },
    expected: 'holds',
    why: 'P0 is monotone in both.',
  },
  {
    id: '000-20',
    where: '§III.C',
    claim: 'With 300 ms for a set-up the probability is not trivial: 6 % at 5 s.',
    decide: {
      all: [
        figure('per cent at 5 s', 6, () => 100 * estimate(0.3, 5), 0),
        figure('per cent at 500 s', 0.06, () => 100 * estimate(0.3, 500), 2),
      ],
    },
    expected: 'holds',
    why: 'Not trivial at vehicular speeds only.',
  },
]
