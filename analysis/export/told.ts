import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedOutcome } from './guarded.ts'

/** One outcome of a rule, with all that its rule looks at before it. */
export interface Command {
  readonly guard: readonly (readonly [cell: number, integer: number])[]
  readonly outcome: GuardedOutcome
}

/** The commands of a rule: a path through its tree, an outcome. */
export function commandsOf(tree: Tree<readonly GuardedOutcome[]>, guard: Command['guard'] = []): Command[] {
  if ('result' in tree) return tree.result.map((outcome) => ({ guard, outcome }))
  return tree.branches.flatMap(([integer, next]) => commandsOf(next, [...guard, [tree.cell, integer]]))
}

/** The result of a tree in a state. */
export function lookUp<Result>(tree: Tree<Result>, row: readonly number[]): Result {
  let here = tree
  while ('cell' in here) {
    const { cell, branches }: Extract<Tree<Result>, { cell: number }> = here
    here = branches.find(([integer]) => integer === row[cell])![1]
  }
  return here.result
}

/** The lowest rank of which a rule has an outcome in a state; as many as there are ranks where none has. */
export function rankOf({ rules, ranks }: Guarded, row: readonly number[]): number {
  const able = rules.filter(({ tree }) => lookUp(tree, row).length > 0)
  return Math.min(ranks, ...able.map(({ rank }) => rank ?? ranks))
}

/** How to run it, and what the integers stand for, a line each. */
export function legend({ cells, parcels, ranks, rules }: Guarded, title: string, run: string): string[] {
  return [
    title,
    `To run it: ${run}`,
    '',
    ...cells.flatMap(({ name, values }, cell) => [
      `c${cell}: ${name}`,
      ...values.map((value, integer) => `  ${integer} = ${value}`),
    ]),
    'what is sent:',
    ...parcels.map((parcel, i) => `  ${i} = ${parcel}`),
    `ranks, ${ranks} of them; a patient rule fires only where no rule of a lower one has an outcome:`,
    ...rules.flatMap(({ name, rank, patient }) =>
      rank === null ? [] : [`  ${rank}${patient ? ', patient' : ''}: ${name}`],
    ),
  ]
}

/** What becomes of a cell in which a parcel arrives: from each integer before it to the one after. */
export interface Arrival {
  readonly name: string
  readonly cell: number
  readonly cases: readonly (readonly [from: number, to: number])[]
}

export const arrivalName = (cell: number, parcel: number): string => `a${cell}_${parcel}`

/** Of all that is sent, each once. */
export function arrivalsOf({ rules, absorbed }: Guarded): Arrival[] {
  const sends = rules.flatMap(({ tree }) => commandsOf(tree)).flatMap(({ outcome }) => outcome.sends)
  const all = sends.map(
    ([cell, parcel]): Arrival => ({
      name: arrivalName(cell, parcel),
      cell,
      cases: [...(absorbed.get(cell)?.get(parcel) ?? [])],
    }),
  )
  return [...new Map(all.map((arrival) => [arrival.name, arrival])).values()]
}

/** By rank, the positions of its rules. */
export const rulesByRank = ({ rules, ranks }: Guarded): number[][] =>
  Array.from({ length: ranks }, (_, rank) => rules.flatMap((rule, i) => (rule.rank === rank ? [i] : [])))
