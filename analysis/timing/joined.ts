import type { Grid } from './grid.ts'
import { type Linear, valueAt } from './linear.ts'

/** At points: beyond that, regions are told one by one. It takes seconds. */
const MOST_LOOKS = 10_000_000

/**
 * The same points of a grid as these regions have, told as one region where that can be done: of two regions, the forms of each that hold for the other as well are a
 * region that has both (their weak join); where all of its points are theirs, or another's, it stands for the two.
 *
 * @returns conjunctions of forms that are at most 0
 */
export function joined(regions: readonly (readonly Linear[])[], grid: Grid): (readonly Linear[])[] {
  if (grid.points * regions.length ** 2 > MOST_LOOKS) return [...regions]
  const all: { forms: readonly Linear[]; points: readonly number[] }[] = regions.map((forms) => ({
    forms,
    points: pointsOf(forms, grid),
  }))
  const covered = new Set(all.flatMap(({ points }) => points))
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length; j++) {
      const forms = both(all[i]!, all[j]!, grid)
      const points = pointsOf(forms, grid)
      if (!points.every((point) => covered.has(point))) continue
      all[i] = { forms, points }
      all.splice(j, 1)
      // What it did not fit before may fit now.
      i = -1
      break
    }
  }
  return all.map(({ forms, points }) => without(forms, points.length, grid))
}

/** The points of a grid, by number, at which all forms are at most 0. */
export function pointsOf(forms: readonly Linear[], grid: Grid): number[] {
  const points: number[] = []
  grid.each(grid.all, (i, point) => {
    if (forms.every((form) => valueAt(form, point) <= 0)) points.push(i)
  })
  return points
}

type Known = { readonly forms: readonly Linear[]; readonly points: readonly number[] }

function both(one: Known, other: Known, grid: Grid): Linear[] {
  const valid = (forms: readonly Linear[], points: readonly number[]): Linear[] => {
    const wanted = new Set(points)
    return forms.filter((form) => {
      let all = true
      grid.each(grid.all, (i, point) => {
        if (wanted.has(i) && valueAt(form, point) > 0) all = false
      })
      return all
    })
  }
  return [...valid(one.forms, other.points), ...valid(other.forms, one.points)]
}

/** Without what the others say as well. */
function without(forms: readonly Linear[], points: number, grid: Grid): Linear[] {
  let kept = [...forms]
  for (const form of forms) {
    const fewer = kept.filter((other) => other !== form)
    if (pointsOf(fewer, grid).length === points) kept = fewer
  }
  return kept
}
