import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Alternative, Axis } from './axis.ts'

/** Which way from a scenario: to more that can happen, or to less. */
export type Direction = 'weaker' | 'stronger'

/** A place in the lattice: which axes have something else, and how far along. The least is a scenario as it is: nothing. */
export type Point = readonly Step[]

export interface Step {
  readonly axis: Axis
  /** Position among the axis's alternatives, from 0. */
  readonly level: number
  readonly alternative: Alternative
}

/** The scenario of a point: what its steps change, and nothing else. */
export const scenarioAt = (base: Scenario, point: Point): Scenario =>
  point.reduce((scenario, { alternative }) => alternative.change(scenario), base)

/** Whether the one takes every step of the other, or a further one on the same axis. */
export const isAbove = (point: Point, below: Point): boolean =>
  below.every(({ axis, level }) => point.some((step) => step.axis === axis && step.level >= level))

/** Whether each step says something where the others were taken: how long gaps are does not, where moves have none. */
export const saysSomething = (base: Scenario, point: Point): boolean =>
  point.every(({ axis }) => axis.says(scenarioAt(base, point)) && axis.says(withoutStep(base, point, axis)))

const withoutStep = (base: Scenario, point: Point, axis: Axis): Scenario =>
  scenarioAt(
    base,
    point.filter((step) => step.axis !== axis),
  )

/** Points that change so many axes, the nearest first. */
export function pointsOf(axes: readonly Axis[], direction: Direction, size: number): Point[] {
  const choose = (from: number, left: number): Point[] => {
    if (left === 0) return [[]]
    return axes
      .slice(from)
      .flatMap((axis, i) =>
        axis[direction].flatMap((alternative, level) =>
          choose(from + i + 1, left - 1).map((rest): Point => [{ axis, level, alternative }, ...rest]),
        ),
      )
  }
  const far = (point: Point): number => point.reduce((sum, { level }) => sum + level, 0)
  return choose(0, size).sort((one, other) => far(one) - far(other))
}
