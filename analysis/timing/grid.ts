import { errors } from '../errors.ts'
import type { Box } from './linear.ts'

/** A parameter that takes all values from one to another, a step apart; all in milliseconds. */
export interface Varied {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly step: number
}

/** A part of a grid: for each parameter, the first and last of its values, counted from 0. */
export type GridBox = Box

const MOST_POINTS = 1_000_000

/** The values that parameters take together. */
export class Grid {
  readonly points: number
  readonly all: GridBox
  readonly #vary: readonly Varied[]

  /** @throws InputError where there are more points than can be listed */
  constructor(vary: readonly Varied[]) {
    this.#vary = vary
    this.all = vary.map(({ from, to, step }) => [0, Math.floor((to - from) / step)] as const)
    this.points = this.all.reduce((product, [, last]) => product * (last + 1), 1)
    if (this.points > MOST_POINTS) throw errors.tooManyPoints(this.points, MOST_POINTS)
  }

  /** What the parameters are in a part of it. */
  valuesOf(box: GridBox): Box {
    return box.map(([first, last], i) => {
      const { from, step } = this.#vary[i]!
      return [from + first * step, from + last * step] as const
    })
  }

  /** Its two halves, across where most values are; null for a single point. */
  halves(box: GridBox): [GridBox, GridBox] | null {
    const lengths = box.map(([first, last]) => last - first)
    const longest = Math.max(0, ...lengths)
    if (longest === 0) return null
    const across = lengths.indexOf(longest)
    const [first, last] = box[across]!
    const middle = Math.floor((first + last) / 2)
    const part = (side: readonly [number, number]): GridBox => box.map((one, i) => (i === across ? side : one))
    return [part([first, middle]), part([middle + 1, last])]
  }

  /** Each point of a part of it: its position in the whole grid (the last parameter goes fastest), and what the parameters are there. */
  each(box: GridBox, visit: (position: number, point: readonly number[]) => void): void {
    const walk = (i: number, position: number, point: readonly number[]): void => {
      if (i === box.length) {
        visit(position, point)
        return
      }
      const { from, step } = this.#vary[i]!
      const size = this.all[i]![1] + 1
      for (let k = box[i]![0]; k <= box[i]![1]; k++) walk(i + 1, position * size + k, [...point, from + k * step])
    }
    walk(0, 0, [])
  }
}
