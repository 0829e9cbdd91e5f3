import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedOutcome } from './guarded.ts'

type Outcomes = Tree<readonly GuardedOutcome[]>

/** All that a rule may say. */
export const resultsOf = (tree: Outcomes): (readonly GuardedOutcome[])[] =>
  'result' in tree ? [tree.result] : tree.branches.flatMap(([, next]) => resultsOf(next))

/** As many outcomes as a rule has where it has most. */
export const mostOutcomes = (tree: Outcomes): number => Math.max(0, ...resultsOf(tree).map(({ length }) => length))

/** The tree of a rule without what leads to no `k`-th outcome. */
export function withOutcome(tree: Outcomes, k: number): Outcomes {
  if ('result' in tree) return tree
  const branches = tree.branches.filter(([, next]) => mostOutcomes(next) > k)
  return { cell: tree.cell, branches: branches.map(([integer, next]) => [integer, withOutcome(next, k)] as const) }
}

/** The tree of a rule without what leads to no outcome. */
export const able = (tree: Outcomes): Outcomes => withOutcome(tree, 0)

/** The result of a tree in a state. */
export function lookUp<Result>(tree: Tree<Result>, row: readonly number[]): Result {
  let here = tree
  while ('cell' in here) {
    const { cell, branches }: Extract<Tree<Result>, { cell: number }> = here
    here = branches.find(([integer]) => integer === row[cell])![1]
  }
  return here.result
}

/** A file's name as a shell reads it. */
export const shellWord = (text: string): string =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

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
  const sends = rules.flatMap(({ tree }) => resultsOf(tree).flat()).flatMap((outcome) => outcome.sends)
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
