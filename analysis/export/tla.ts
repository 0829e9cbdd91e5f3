import type { Guarded, GuardedClaim, GuardedOutcome } from './guarded.ts'
import { MODEL, namedClaims, runTlc, tlaConfig } from './tla-config.ts'
import { type Action, namedRuns, runsLines } from './tla-runs.ts'
import { decision, testOperators } from './tla-trees.ts'
import { comment, identifier } from './tla-words.ts'
import { arrivalName, arrivalsOf, legend, mostOutcomes, rulesByRank, withOutcome } from './told.ts'

/**
 * Guarded commands as a module of TLA+, for TLC. A disjunct of `Next` stands for one outcome of a rule and has one next state in a state, so that TLC generates as many states as
 * there are transitions, and the initial one. That is why a guard is a comparison: of what is an `\/` TLC takes each part for another way to step.
 *
 * What is claimed of steps is not asked of those that change nothing: TLA+ cannot tell them from none at all. What is claimed of whole runs is asked of `FairSpec`.
 *
 * @param name the module's: TLC wants its file to be called so
 */
export function tla(model: Guarded, title: string, name = MODEL): string {
  const claims = namedClaims(model)
  const effects = effectsOf(model)
  const actions = actionsOf(model)
  const vars = model.cells.map((_, cell) => `c${cell}`).join(', ')
  return [
    `---- MODULE ${name} ----`,
    ...[
      ...legend(model, title, runTlc(name)),
      '',
      `${name}.cfg is to say, where it does not lie beside this file:`,
      ...tlaConfig(model)
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
      '',
      'what is claimed:',
      ...claims.map(({ id, kind, operator }) => `  ${operator}: ${id}, ${MEANING[kind]}`),
      ...namedRuns(model).map(({ id, operator }) => `  ${operator}: ${id}, of every run of FairSpec`),
    ].map(comment),
    'EXTENDS Integers, TLC',
    `VARIABLES ${vars}`,
    `vars == <<${vars}>>`,
    '',
    'Unknown(where) == Assert(FALSE, <<"unknown: a state that the search did not come to", where>>)',
    '',
    comment('What becomes of a cell in which a parcel arrives.'),
    ...arrivalsOf(model).flatMap(({ name: as, cases }) =>
      decision({
        name: as,
        parameter: 'before',
        tree: { cell: 0, branches: cases.map(([from, to]) => [from, { result: to }] as const) },
        cellName: () => 'before',
        told: String,
      }),
    ),
    '',
    comment('How many outcomes a rule has.'),
    ...model.rules.flatMap(({ name: rule, tree }, i) => [
      comment(rule),
      ...decision({ name: `r${i}`, tree, cellName, told: ({ length }) => String(length) }),
    ]),
    '',
    `Able == ${model.rules.map((_, i) => `r${i} > 0`).join(' \\/ ') || 'FALSE'}`,
    comment('The lowest rank of which a rule has an outcome.'),
    ...lowest(model),
    '',
    comment('What an outcome does.'),
    ...effects.lines,
    '',
    ...actions.flatMap(({ rule, k, operator }) => {
      const { name: words, tree, rank, patient } = model.rules[rule]!
      return [
        comment(words),
        ...decision({
          name: `f${rule}_${k}`,
          tree: withOutcome(tree, k),
          cellName,
          told: (outcomes) => effects.nameOf(outcomes[k]!),
        }),
        `${operator} == r${rule} > ${k}${patient ? ` /\\ Lowest = ${rank}` : ''} /\\ f${rule}_${k}`,
      ]
    }),
    '',
    ...model.cells.map((_, cell) => `${cell === 0 ? 'Init ==' : '       '} /\\ c${cell} = ${model.initial[cell]}`),
    ...(actions.length === 0
      ? ['Next == FALSE /\\ UNCHANGED vars']
      : ['Next ==', ...actions.map(({ operator }) => `  \\/ ${operator}`)]),
    'Spec == Init /\\ [][Next]_vars',
    '',
    ...claims.flatMap(({ kind, operator, holds }, i) => [
      ...testOperators(`t${i}`, holds, model.cells.length),
      `${operator} == ${FORMULA[kind](`t${i}`)}`,
    ]),
    '',
    ...runsLines(model, actions),
    '====',
    '',
  ].join('\n')
}

const MEANING: Readonly<Record<GuardedClaim['kind'], string>> = {
  always: 'in every state',
  ends: 'in every state in which nothing can happen',
  steps: 'of every step that changes something',
  reachable: 'in some state: TO BE VIOLATED, by a run to that state',
}

const FORMULA: Readonly<Record<GuardedClaim['kind'], (test: string) => string>> = {
  always: (test) => test,
  ends: (test) => `Able \\/ ${test}`,
  steps: (test) => `[][${test}]_vars`,
  reachable: (test) => `~${test}`,
}

const cellName = (cell: number): string => `c${cell}`

/** An action for each outcome that a rule may have; a run of TLC tells its steps by their names. */
const actionsOf = ({ rules }: Guarded): Action[] =>
  rules.flatMap(({ name, tree }, rule) =>
    Array.from({ length: mostOutcomes(tree) }, (_, k) => ({
      rule,
      k,
      operator: `Rule${rule}_${k}_${identifier(name)}`,
    })),
  )

type Outcomes = Guarded['rules'][number]['tree']

/** Operators, one for all outcomes that are the same. */
function effectsOf(model: Guarded): { readonly lines: readonly string[]; nameOf(outcome: GuardedOutcome): string } {
  const names = new Map<string, string>()
  const lines: string[] = []
  const keyOf = (outcome: GuardedOutcome): string => JSON.stringify([outcome.text, outcome.sets, outcome.sends])
  const tell = (tree: Outcomes): void => {
    if ('cell' in tree) {
      for (const [, next] of tree.branches) tell(next)
      return
    }
    for (const outcome of tree.result) {
      const key = keyOf(outcome)
      if (names.has(key)) continue
      const name = `e${names.size}`
      names.set(key, name)
      lines.push(comment(outcome.text), `${name} == ${effect(outcome, model.cells.length)}`)
    }
  }
  for (const { tree } of model.rules) tell(tree)
  return { lines, nameOf: (outcome) => names.get(keyOf(outcome))! }
}

/** What every cell is after an outcome: what is sent arrives after all is set, one parcel after the other. */
function effect({ sets, sends }: GuardedOutcome, width: number): string {
  const after = new Map<number, string>()
  for (const [cell, integer] of sets) after.set(cell, String(integer))
  for (const [cell, parcel] of sends)
    after.set(cell, `${arrivalName(cell, parcel)}(${after.get(cell) ?? cellName(cell)})`)
  const kept = Array.from({ length: width }, (_, cell) => cell).filter((cell) => !after.has(cell))
  return [
    ...[...after].map(([cell, value]) => `${cellName(cell)}' = ${value}`),
    ...(kept.length === 0 ? [] : [`UNCHANGED <<${kept.map(cellName).join(', ')}>>`]),
  ].join(' /\\ ')
}

const lowest = (model: Guarded): string[] => [
  'Lowest ==',
  ...rulesByRank(model).map(
    (rules, rank) => `  IF ${rules.map((i) => `r${i} > 0`).join(' \\/ ') || 'FALSE'} THEN ${rank} ELSE`,
  ),
  `  ${model.ranks}`,
]
