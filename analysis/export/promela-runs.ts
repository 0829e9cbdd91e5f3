import { operatorsOf } from '../../checker/property.ts'
import type { Guarded, GuardedFormula, GuardedRun, Test } from './guarded.ts'
import { blocks, declarations, functions, functionsOfRules, guardOf, plain, testFunctions } from './promela.ts'
import { able, legend, mostOutcomes, resultsOf, shellWord } from './told.ts'

/**
 * Guarded commands in Promela with what is claimed of every fair run, for SPIN's search of acceptance cycles with weak fairness (`runSpinFair`). SPIN is fair to processes: each fairness
 * class is one, and can go on where an outcome that it owes can come about. What nobody owes is a process that can always do nothing instead, as a run may that rests.
 *
 * A strong class is owed more than SPIN's fairness gives. So what holds here holds; what does not may be due to a run that is not strongly fair.
 *
 * @param runs claims of which `whyNot` says nothing: the i-th is called `claim_i`
 */
export function promelaOfRuns(model: Guarded, runs: readonly GuardedRun[], title: string, file?: string): string {
  const tests: Test[] = []
  const claims = runs.flatMap(({ id, formula }, i) => [
    `/* ${plain(id)} */`,
    `ltl ${claimName(i)} { ${written(formula, tests)} }`,
  ])
  const width = model.cells.length
  return [
    '/*',
    ...legend(model, title, runSpinFair(file)).map((line) => ` * ${plain(line)}`),
    ' */',
    ...declarations(model),
    '',
    ...blocks([
      ...functionsOfRules(model),
      ...model.rules.flatMap(({ tree }, i) =>
        functions({
          name: `q${i}`,
          tree: able(tree),
          width,
          k: true,
          lines: (outcomes) => [
            'switch (k) {',
            ...outcomes.map(({ fair }, k) => `case ${k}: return ${fair};`),
            '}',
            'return unknown();',
          ],
        }),
      ),
      ...tests.flatMap((test, i) => testFunctions(`t${i}`, test, width, false)),
    ]),
    ...tests.map((_, i) => `#define p${i} (c_expr { (t${i}()) })`),
    '',
    ...[-1, ...model.fairness.keys()].flatMap((fair) => processOf(model, fair)),
    ...claims,
    '',
  ].join('\n')
}

/** How SPIN is run on it: a violation may be by a run that is only weakly fair. For one claim after another. */
export const runSpinFair = (file = 'model.pml'): string =>
  `spin -a ${shellWord(file)} && gcc -O2 -w -DNOREDUCE -DNFAIR=32 -o pan pan.c && ./pan -a -f -E -n -m1000000 -N claim_0`

export const claimName = (i: number): string => `claim_${i}`

/** Why a claim of runs cannot be asked of SPIN; null where it can. */
export const whyNot = ({ formula }: GuardedRun): string | null =>
  operatorsOf(formula).includes('next') ? 'it counts steps, and a process that does nothing makes some' : null

const OPERATORS = {
  not: '!',
  always: '[]',
  eventually: '<>',
  and: '&&',
  or: '||',
  until: 'U',
  release: 'V',
} as const

/** A formula as SPIN has it; what it asks of states goes to `tests`. */
function written(formula: GuardedFormula, tests: Test[]): string {
  if (formula.op === 'is') return `p${tests.push(formula.holds) - 1}`
  if (formula.op === 'constant') return String(formula.value)
  const operator = OPERATORS[formula.op as keyof typeof OPERATORS]
  return 'of' in formula
    ? `(${operator} ${written(formula.of, tests)})`
    : `(${written(formula.left, tests)} ${operator} ${written(formula.right, tests)})`
}

/** All outcomes that a class owes, or nobody does. */
function processOf({ rules }: Guarded, fair: number): string[] {
  const options = rules.flatMap(({ name, rank, patient, tree }, i) => {
    const results = resultsOf(tree)
    return Array.from({ length: mostOutcomes(tree) }, (_, k) => k)
      .filter((k) => results.some((outcomes) => outcomes[k]?.fair === fair))
      .map(
        (k) =>
          `  :: d_step { c_expr { (${guardOf(i, k, patient, rank)} && q${i}(${k}) == ${fair}) } -> c_code { f${i}(${k}); } } /* ${plain(name)} */`,
      )
  })
  // SPIN takes no 'skip' alone: it knows that it loops.
  const rest = fair < 0 ? ['  :: d_step { c_expr { (1) } -> c_code { ; } } /* it rests */'] : []
  if (options.length + rest.length === 0) return []
  return [`active proctype ${fair < 0 ? 'unowed' : `owed_${fair}`}() {`, 'end: do', ...options, ...rest, '  od', '}']
}
