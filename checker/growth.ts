import type { Budget } from './budget.ts'
import { canonical } from './canonical.ts'
import type { StateGraph } from './graph.ts'
import type { Value } from './model.ts'

/** A part of a cell that took many values: `.counter` of a node, `.length` of a list, `[].number` of what is in it. */
export interface Growth {
  readonly cell: string
  readonly path: string
  readonly values: number
}

const MOST_CELLS = 3
const MOST_FIELDS = 3

/**
 * What took most values in a search: where to look when a bound was hit. Of the cells with most values, the fields with most.
 * @param budget polled for each part of a value: there may be millions
 */
export function growthOf({ compiled }: Pick<StateGraph, 'compiled'>, budget?: Budget): Growth[] {
  return compiled.interners
    .map(({ values }, cell) => ({ cell: compiled.model.cells[cell]!, values }))
    .filter(({ values }) => values.length > 1)
    .sort((one, other) => other.values.length - one.values.length)
    .slice(0, MOST_CELLS)
    .flatMap(({ cell, values }) =>
      fieldsOf(values, budget).map(({ path, values: taken }) => ({ cell, path, values: taken })),
    )
}

/** The fields with most values; where no field has nearly as many as the whole, it is how they are put together that grows. */
function fieldsOf(values: readonly Value[], budget: Budget | undefined): { path: string; values: number }[] {
  const taken = new Map<string, Set<string>>()
  for (const value of values) note(taken, '', value, budget)
  return [...taken]
    .map(([path, set]) => ({ path, values: set.size }))
    .filter((field) => field.values > 1)
    .sort((one, other) => other.values - one.values)
    .slice(0, MOST_FIELDS)
}

function note(taken: Map<string, Set<string>>, path: string, value: Value, budget: Budget | undefined): void {
  budget?.poll()
  const add = (at: string, text: string): void => {
    const set = taken.get(at)
    if (set === undefined) taken.set(at, new Set([text]))
    else set.add(text)
  }
  if (typeof value !== 'object' || value === null) add(path, canonical(value))
  else if (Array.isArray(value)) {
    add(`${path}.length`, String(value.length))
    for (const part of value) note(taken, `${path}[]`, part, budget)
  } else for (const [key, part] of Object.entries(value)) note(taken, `${path}.${key}`, part as Value, budget)
}
