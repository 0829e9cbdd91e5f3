import { canonical } from './canonical.ts'
import type { Fairness, Model, Outcome, Rule, Value } from './model.ts'

/**
 * The whole explorer on one page, slowly and obviously: the definition of what the fast one must compute. A state is a list
 * of values; states are told apart by their canonical text; `next` runs the rules themselves. Read this before `explore.ts`.
 */
export interface ReferenceGraph {
  /** Canonical text of each state, in breadth-first order. */
  readonly states: readonly string[]
  readonly values: readonly (readonly Value[])[]
  /** Steps between states, by position. */
  readonly edges: readonly ReferenceEdge[]
  readonly depthOf: readonly number[]
  readonly initial: readonly number[]
}

export interface ReferenceEdge {
  readonly from: number
  readonly to: number
  readonly fair: Fairness | null
}

export function referenceGraph(model: Model): ReferenceGraph {
  const numbers = new Map<string, number>()
  const values: (readonly Value[])[] = []
  const depthOf: number[] = []
  const edges: ReferenceEdge[] = []
  const add = (state: readonly Value[], depth: number): number => {
    const text = canonical(state)
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, values.length)
    depthOf.push(depth)
    return values.push(state) - 1
  }
  const initial = [...new Set(model.initial.map((state) => add(state, 0)))]
  for (let from = 0; from < values.length; from++) {
    for (const outcome of enabledOutcomes(model, values[from]!)) {
      const to = add(after(model, values[from]!, outcome), depthOf[from]! + 1)
      edges.push({ from, to, fair: outcome.fair ?? null })
    }
  }
  return { states: [...numbers.keys()], values, edges, depthOf, initial }
}

/** What can happen in a state: patient rules wait while a rule of a lower rank has an outcome, and are not asked then. */
export function enabledOutcomes(model: Model, state: readonly Value[]): Outcome[] {
  const rankOf = ({ rank }: Rule): number => rank ?? Number.POSITIVE_INFINITY
  const [patient, eager] = [true, false].map((waits) => model.rules.filter((rule) => (rule.patient === true) === waits))
  const fired = new Map<Rule, readonly Outcome[]>()
  let lowest = Number.POSITIVE_INFINITY
  for (const rule of [...eager!, ...patient!.toSorted((one, other) => rankOf(one) - rankOf(other))]) {
    if (rule.patient === true && rankOf(rule) > lowest) break
    fired.set(
      rule,
      rule.fire((cell) => state[cell]!),
    )
    if (fired.get(rule)!.length > 0) lowest = Math.min(lowest, rankOf(rule))
  }
  return model.rules.flatMap((rule) => fired.get(rule) ?? [])
}

/** The state after an outcome. */
export function after(model: Model, state: readonly Value[], outcome: Outcome): readonly Value[] {
  const next = [...state]
  for (const [cell, value] of outcome.sets) next[cell] = value
  for (const [cell, parcel] of outcome.sends) next[cell] = model.absorb(cell, next[cell]!, parcel)
  return next
}
