import { noPingPong } from '../../properties/index.ts'
import { choose, relativeNetworkLoad, smoothed, utility } from '../../spec/mip-sip/network-selection.ts'
import { settles } from '../calculations/hysteresis.ts'
import { asDefined, type Exchange, roundTrip } from '../calculations/round-trip.ts'
import { type Claim, figure, statement } from '../claim.ts'
import { formulaOf } from '../formula.ts'
import { holds } from '../no-answer.ts'

/** Whether the choice of a network settles, with the circle in which it does not. */
const settling = (given: string, settings: Parameters<typeof settles>[0]) =>
  statement(
    given,
    () => {
      const verdict = settles(settings)
      const cycle =
        'trace' in verdict ? verdict.trace!.steps.slice(verdict.trace!.loopStart ?? 0).map(({ text }) => text) : []
      const text = `${verdict.kind}, ${verdict.statistics.states} states${cycle.length === 0 ? '' : `; for ever: ${cycle.join(', ')}`}`
      return { so: holds(verdict), text }
    },
    formulaOf(
      noPingPong(
        0,
        settings.networks.map(({ name }) => name),
      ),
    ),
  )

const umts = { name: 'UMTS', coverage: 'large' } as const

const wlan = { name: 'WLAN', coverage: 'small' } as const

const other_ = { name: 'WLAN 2', coverage: 'small' } as const

/** Paper 001, §3 and eqs 1–6: how a network is chosen. */
export const networkSelection: readonly Claim[] = [
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
        statement(
          'it is the time of a round trip, whatever the ways and the clocks',
          () => {
            const exchanges = [10, 40, 90].flatMap((there) =>
              [10, 40, 90].flatMap((back) => [-7, 0, 40].map((ahead): Exchange => ({ there, back, ahead }))),
            )
            const wrong = exchanges.filter((exchange) => asDefined(exchange) !== roundTrip(exchange))
            const { there, back, ahead } = wrong[0] ?? exchanges[0]!
            return {
              so: wrong.length === 0,
              text: `wrong in ${wrong.length} of ${exchanges.length}: ${there} ms there, ${back} ms back, clocks ${ahead} ms apart: ${asDefined({ there, back, ahead })} ms for ${roundTrip({ there, back, ahead })} ms`,
            }
          },
          'R_n − S_n, each by the clock of whoever takes it',
        ),
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
        statement(
          'a first difference of −30 ms at a delay of 100 ms',
          () => {
            const load = relativeNetworkLoad(100, -30, 5)
            const u = utility({ power: 1, cost: 1, load }, { power: 0, cost: 0, load: 1 })
            return {
              so: Number.isFinite(u),
              text: `RNL ${load}, its logarithm ${u}; with |D_1| ${relativeNetworkLoad(100, 30, 5)}`,
            }
          },
          'RNL = D + c·J, U = Σ w·ln(value)',
        ),
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
        statement(
          'a network that costs nothing',
          () => {
            const u = utility({ power: 100, cost: 0, load: 1000 }, { power: 0.3, cost: 0.3, load: 0.4 })
            return { so: Number.isFinite(u), text: `U = ${u}: a free network always wins, however bad` }
          },
          'U = Σ w·ln(value)',
        ),
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
        statement(
          'every pair of utilities on a grid, no hysteresis',
          () => {
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
          },
          'the chosen network has min U',
        ),
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
        ...[0, 0.5, 1, 1.5].flatMap((feedback) =>
          [1, 2, 3].map((hysteresis) =>
            settling(`a large and a small network, joining costs ${feedback}, hysteresis ${hysteresis}`, {
              networks: [umts, wlan],
              feedback,
              hysteresis,
            }),
          ),
        ),
        ...[0, 1].map((feedback) =>
          settling(`two small networks, between which there is none, joining costs ${feedback}`, {
            networks: [wlan, other_],
            feedback,
            hysteresis: 3,
          }),
        ),
      ],
    },
    expected: 'conditional',
    why: "Where a host's own joining makes a network worse by too much for the hysteresis (the cases say how much), or at all between small networks, it goes back and forth for ever.",
  },
]
