import type { Model, Value } from '../../checker/model.ts'

/**
 * The choice of a network by relative network load (001 §3, equations 1–6), as pure functions, and a model in which the environment
 * chooses the measurements.
 */

/** Weight 1/h of the newest of h measurements (equations 2 and 5): z_n = (1/h)·x_n + ((h−1)/h)·z_{n−1}. */
export const smoothed = (newest: number, before: number, history: number): number =>
  newest / history + ((history - 1) / history) * before

/** Equation 1: RNL = z + c·J, round-trip time and jitter in the same unit. */
export const relativeNetworkLoad = (delay: number, jitter: number, jitterWeight: number): number =>
  delay + jitterWeight * jitter

export interface Rating {
  readonly power: number
  readonly cost: number
  readonly load: number
}

export interface Weights {
  readonly power: number
  readonly cost: number
  readonly load: number
}

/** Equation 6: U = w_p·ln P + w_c·ln C + w_b·ln RNL; the least wins. −∞ for a free network, NaN for a negative load. */
export const utility = ({ power, cost, load }: Rating, weights: Weights): number =>
  weights.power * Math.log(power) + weights.cost * Math.log(cost) + weights.load * Math.log(load)

export interface Candidate {
  readonly name: string
  readonly utility: number
  readonly coverage: 'large' | 'small'
}

/**
 * The network to use now. Out of a large one into a small one only if that is better by more than the hysteresis (001 §3); any other change
 * as soon as it is better. Ties stay.
 */
export function choose(current: string, candidates: readonly Candidate[], hysteresis: number): string {
  const here = candidates.find(({ name }) => name === current)!
  const best = candidates.reduce((one, other) => (other.utility < one.utility ? other : one), here)
  const margin = here.coverage === 'large' && best.coverage === 'small' ? hysteresis : 0
  return best.utility < here.utility - margin ? best.name : current
}

export interface SelectionSettings {
  readonly networks: readonly { readonly name: string; readonly coverage: Candidate['coverage'] }[]
  /** The utilities that the environment may choose for a network, before anybody has joined it. */
  readonly levels: readonly number[]
  /** How much a host's own joining makes a network worse (load feedback). */
  readonly feedback: number
  readonly hysteresis: number
  /** How often the environment may change its mind. */
  readonly changes: number
}

/** Cells: the network in use, the utilities, and the changes that the environment has left. It need not make any. */
export function selectionModel(settings: SelectionSettings): Model {
  const { networks, levels, feedback, hysteresis } = settings
  const [CURRENT, LEVELS, LEFT] = [0, 1, 2]
  const utilitiesOf = (current: string, base: readonly number[]): Candidate[] =>
    networks.map(({ name, coverage }, i) => ({
      name,
      coverage,
      utility: base[i]! + (name === current ? feedback : 0),
    }))
  return {
    cells: ['network in use', 'utilities', 'changes left'],
    initial: networks.map(({ name }) => [name, networks.map(() => levels[0]!), settings.changes]),
    absorb: (_, value) => value,
    rules: [
      {
        name: 'measurement',
        reads: [LEVELS, LEFT],
        fire: (look) => {
          const left = look(LEFT) as number
          const base = look(LEVELS) as readonly number[]
          if (left === 0) return []
          return networks.flatMap((network, i) =>
            levels
              .filter((level) => level !== base[i])
              .map((level) => ({
                label: { kind: 'measurement', text: `${network.name} is now rated ${level}`, actor: network.name },
                sets: [
                  [LEVELS, base.map((old, k) => (k === i ? level : old)) as Value],
                  [LEFT, left - 1],
                ] as const,
                sends: [],
              })),
          )
        },
      },
      {
        name: 'handover',
        reads: [CURRENT, LEVELS],
        fire: (look) => {
          const current = look(CURRENT) as string
          const next = choose(current, utilitiesOf(current, look(LEVELS) as readonly number[]), hysteresis)
          if (next === current) return []
          return [
            {
              label: { kind: 'handover', text: `the host goes from ${current} to ${next}`, actor: next, moves: 1 },
              sets: [[CURRENT, next]] as const,
              sends: [],
              fair: { class: 'handover', strength: 'weak' },
            },
          ]
        },
      },
    ],
  }
}
