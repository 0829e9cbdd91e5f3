import { InputError, list } from '../../analysis/errors.ts'
import { nearest } from '../../analysis/nearest.ts'
import { charts000 } from './charts-000.ts'
import { charts001 } from './charts-001.ts'
import { charts003 } from './charts-003.ts'
import type { Figure } from './figure.ts'
import { flows } from './flows.ts'

/** Where a figure stands in its paper: tables and equations after the figures. */
const order = ({ id }: Figure): string => id.replace(/fig-(\d)(?!\d)/, 'fig-0$1').replace(/-(eq|table)/, '-then-$1')

/** Every figure of the five papers, and what of their tables and equations is drawn, in the papers' order. */
export const figures: readonly Figure[] = [...charts000, ...charts001, ...charts003, ...flows].sort((one, other) =>
  order(one) < order(other) ? -1 : 1,
)

/**
 * The figures that are meant: one by its id, or those of a paper.
 *
 * @throws InputError where there is none of the name
 */
export function figuresOf(name: string): readonly Figure[] {
  const found = figures.filter(({ id, paper }) => id === name || paper === name)
  if (found.length > 0) return found
  const known = [...new Set(figures.flatMap(({ id, paper }) => [id, paper]))]
  throw new InputError(
    `There is no figure '${name}'. The nearest: ${list(nearest(name, known))}. 'doublejump figures' lists all, with their parameters.`,
  )
}
