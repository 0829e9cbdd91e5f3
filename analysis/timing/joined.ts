import type { Grid } from './grid.ts'
import { type Linear, valueAt } from './linear.ts'

/** At points: beyond that, regions are told one by one. It takes seconds. */
const MOST_LOOKS = 10_000_000

type Known = { readonly forms: readonly Linear[]; readonly points: readonly number[] }

/**
 * The same points of a grid as these regions have, told as one region where that can be done: of two regions, the forms of each that hold for the other as well are a
 * region that has both (their weak join); where all of its points are theirs, or another's, it stands for the two. Points that were decided one by one are steps beside
 * a slope, which neither has among its forms: sums and differences of two parameters are tried then.
 *
 * @returns conjunctions of forms that are at most 0
 */
export function joined(regions: readonly (readonly Linear[])[], grid: Grid): (readonly Linear[])[] {
  if (grid.points * regions.length ** 2 > MOST_LOOKS) return [...regions]
  const all = regions.map((forms): Known => ({ forms, points: pointsOf(forms, grid) }))
  const values: number[][] = []
  grid.each(grid.all, (_, point) => values.push([...point]))
  const weak = pairwise(all, (one, other) => both(one, other, values), grid)
  const told = pairwise(weak, (one, other) => [...both(one, other, values), ...slopes(one, other, values)], grid)
  return told.map(({ forms, points }) => without(forms, points.length, grid))
}

function pairwise(regions: readonly Known[], join: (one: Known, other: Known) => Linear[], grid: Grid): Known[] {
  const all = [...regions]
  const covered = new Set(all.flatMap(({ points }) => points))
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length; j++) {
      const forms = join(all[i]!, all[j]!)
      const points = pointsOf(forms, grid)
      if (!points.every((point) => covered.has(point))) continue
      all[i] = { forms, points }
      all.splice(j, 1)
      // What it did not fit before may fit now.
      i = -1
      break
    }
  }
  return all
}

/** The points of a grid, by number, at which all forms are at most 0. */
export function pointsOf(forms: readonly Linear[], grid: Grid): number[] {
  const points: number[] = []
  grid.each(grid.all, (i, point) => {
    if (forms.every((form) => valueAt(form, point) <= 0)) points.push(i)
  })
  return points
}

function both(one: Known, other: Known, values: readonly (readonly number[])[]): Linear[] {
  const valid = (forms: readonly Linear[], points: readonly number[]): Linear[] =>
    forms.filter((form) => points.every((i) => valueAt(form, values[i]!) <= 0))
  return [...valid(one.forms, other.points), ...valid(other.forms, one.points)]
}

/** The least that sums and differences of two parameters may be for both. */
function slopes(one: Known, other: Known, values: readonly (readonly number[])[]): Linear[] {
  const parameters = values[0]!.length
  const points = [...one.points, ...other.points]
  return pairsOf(parameters).flatMap(([x, y]) =>
    SIGNS.map(([ofX, ofY]): Linear => {
      const coefficients = Array.from({ length: parameters }, (_, i) => (i === x ? ofX : i === y ? ofY : 0))
      const most = points.reduce((so, i) => Math.max(so, ofX * values[i]![x]! + ofY * values[i]![y]!), -Infinity)
      return { constant: -most, coefficients }
    }),
  )
}

const SIGNS = [
  [1, -1],
  [-1, 1],
  [1, 1],
  [-1, -1],
] as const

const pairsOf = (count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, x) => x).flatMap((x) =>
    Array.from({ length: count - x - 1 }, (_, i) => [x, x + 1 + i] as const),
  )

/** Without what the others say as well. */
function without(forms: readonly Linear[], points: number, grid: Grid): Linear[] {
  let kept = [...forms]
  for (const form of forms) {
    const fewer = kept.filter((other) => other !== form)
    if (pointsOf(fewer, grid).length === points) kept = fewer
  }
  return kept
}
