import type { Fairness } from '../../checker/model.ts'
import { operatorsOf } from '../../checker/property.ts'
import type { Guarded, GuardedFormula, GuardedOutcome, GuardedRun } from './guarded.ts'
import { decision, testOperators } from './tla-trees.ts'
import { comment, named } from './tla-words.ts'
import { resultsOf, withOutcome } from './told.ts'

/** The k-th outcome of a rule, as an operator. */
export interface Action {
  readonly rule: number
  readonly k: number
  readonly operator: string
}

/** A claim of runs, and the operator that says it. */
export interface NamedRun extends GuardedRun {
  readonly operator: string
}

/** The claims of runs that are said in TLA+. */
export function namedRuns({ runs }: Guarded): NamedRun[] {
  return named(
    runs.filter((run) => whyNotInTla(run) === null),
    () => 'Runs',
  )
}

/** Why a claim of runs is not said in TLA+; null where it is. */
export function whyNotInTla({ formula }: GuardedRun): string | null {
  const used = operatorsOf(formula)
  if (used.includes('next')) return 'it counts steps, and TLA+ does not count those that change nothing'
  return used.includes('until') || used.includes('release') ? 'TLA+ has neither until nor release' : null
}

/**
 * What is owed, by class; `FairSpec`, whose runs pay it; and what is claimed of these. A step is one of each class of which an outcome leads from the one state to the other: what takes it again and
 * again can take all of them in turn.
 *
 * @param actions those of `Next`
 */
export function runsLines(model: Guarded, actions: readonly Action[]): string[] {
  const nobody = model.fairness.length
  const classOf = ({ fair }: GuardedOutcome): number => (fair < 0 ? nobody : fair)
  const owed = model.fairness.map((): string[] => [])
  const asked: string[] = []
  for (const { rule, k, operator } of actions) {
    const { tree } = model.rules[rule]!
    const classes = new Set(resultsOf(tree).flatMap((outcomes) => outcomes.slice(k, k + 1).map(classOf)))
    const one = classes.size === 1
    if (!one)
      asked.push(
        ...decision({
          name: `q${rule}_${k}`,
          tree: withOutcome(tree, k),
          cellName: (cell) => `c${cell}`,
          told: (outcomes) => String(classOf(outcomes[k]!)),
        }),
      )
    for (const fair of classes)
      owed[fair]?.push(one ? operator : `r${rule} > ${k} /\\ q${rule}_${k} = ${fair} /\\ ${operator}`)
  }
  const idle = model.fairness.map((_, fair) => mayBeIdle(model, fair))
  return [
    ...(asked.length === 0 ? [] : [comment(`Which class owes an outcome: ${nobody} is none.`), ...asked]),
    comment('What is owed.'),
    ...model.fairness.flatMap(({ class: name, strength }, fair) => [
      comment(`${name}, ${strength}`),
      ...(owed[fair]!.length === 0
        ? [`Owed_${fair} == FALSE`]
        : [`Owed_${fair} ==`, ...owed[fair]!.map((action) => `  \\/ ${action}`)]),
      ...(idle[fair]
        ? [
            comment('WF and SF know no step that changes nothing. Where one is owed, it can be taken at any time:'),
            `Idle_${fair} == ENABLED (Owed_${fair} /\\ UNCHANGED vars)`,
          ]
        : []),
    ]),
    'FairSpec ==',
    ...['Spec', ...model.fairness.map((one, fair) => fairness(one, fair, idle[fair]!))].map((part) => `  /\\ ${part}`),
    '',
    ...model.runs.flatMap((run) => {
      const why = whyNotInTla(run)
      return why === null ? [] : [comment(`${run.id} is not said: ${why}.`)]
    }),
    ...namedRuns(model).flatMap(({ operator, formula }, i) => {
      const lines: string[] = []
      const text = written(formula, `p${i}`, lines, model.cells.length)
      return [...lines, `${operator} == ${text}`]
    }),
  ]
}

const fairness = ({ strength }: Fairness, fair: number, idle: boolean): string => {
  const paid = `${strength === 'weak' ? 'WF' : 'SF'}_vars(Owed_${fair})`
  return idle ? `(${paid} \\/ []<>Idle_${fair})` : paid
}

const OPERATORS = { not: '~', always: '[]', eventually: '<>', and: '/\\', or: '\\/' } as const

/** A formula; the operators of what it asks of states go to `lines`. */
function written(formula: GuardedFormula, name: string, lines: string[], width: number): string {
  if (formula.op === 'constant') return formula.value ? 'TRUE' : 'FALSE'
  if (formula.op === 'is') {
    const test = `${name}_is${lines.length}`
    lines.push(...testOperators(test, formula.holds, width))
    return test
  }
  const operator = OPERATORS[formula.op as keyof typeof OPERATORS]
  return 'of' in formula
    ? `(${operator} ${written(formula.of, name, lines, width)})`
    : `(${written(formula.left, name, lines, width)} ${operator} ${written(formula.right, name, lines, width)})`
}

type Outcomes = Guarded['rules'][number]['tree']

/** Whether an outcome that a class owes may change nothing, by what its rule has looked at. */
function mayBeIdle({ rules, absorbed }: Guarded, fair: number): boolean {
  const canKeep = ({ sets, sends }: GuardedOutcome, known: ReadonlyMap<number, number>): boolean => {
    const after = new Map<number, number>(sets)
    for (const [cell, integer] of sets)
      if ((known.get(cell) ?? integer) !== integer && !isSent(sends, cell)) return false
    return sends.every(([cell, parcel]) => {
      // Of several parcels in one cell, or of one after it was set, nothing is said.
      if (after.has(cell) || sends.filter(([other]) => other === cell).length > 1) return true
      const cases = [...(absorbed.get(cell)?.get(parcel) ?? [])]
      return cases.some(([from, to]) => from === to && (known.get(cell) ?? from) === from)
    })
  }
  const may = (tree: Outcomes, known: ReadonlyMap<number, number>): boolean =>
    'result' in tree
      ? tree.result.some((outcome) => outcome.fair === fair && canKeep(outcome, known))
      : tree.branches.some(([integer, next]) => may(next, new Map([...known, [tree.cell, integer]])))
  return rules.some(({ tree }) => may(tree, new Map()))
}

const isSent = (sends: GuardedOutcome['sends'], cell: number): boolean => sends.some(([other]) => other === cell)
