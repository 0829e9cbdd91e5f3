import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedClaim, GuardedOutcome, Test } from './guarded.ts'
import { able, arrivalName, arrivalsOf, legend, mostOutcomes, rulesByRank, shellWord } from './told.ts'

/**
 * Guarded commands in Murphi, for Rumur (`runRumur`). What is claimed of states is an
 * invariant, of reachability a cover, of steps an assertion in each rule.
 */
export function murphi(model: Guarded, title: string, file?: string): string {
  const width = model.cells.length
  const steps = model.claims.flatMap((claim, i) => (claim.kind === 'steps' ? [{ ...claim, name: `t${i}` }] : []))
  const old = model.cells.map((_, cell) => `b${cell}`)
  const asserts = steps.map(({ id, name }) => `    assert ${name}(${old.join(', ')}) ${quoted(id)};`)
  const remember = steps.length === 0 ? [] : old.map((name, cell) => `    ${name} := c${cell};`)
  return [
    ...legend(model, title, runRumur(file)).map((line) => `-- ${line.replaceAll(/[\n\r]/g, ' ')}`),
    ...(model.claims.length === 0 ? [] : [CLAIMS_END_IT]),
    'type',
    ...model.cells.map(({ values }, cell) => `  d${cell}: 0..${values.length - 1};`),
    'var',
    ...model.cells.map((_, cell) => `  c${cell}: d${cell};`),
    ...arrivals(model),
    ...model.rules.flatMap(({ tree }, i) => outcomes(i, tree)),
    ...lowest(model),
    `function able(): boolean; begin return ${model.rules.map((_, i) => `r${i}() > 0`).join(' | ') || 'false'}; end;`,
    ...model.claims.flatMap(({ kind, holds }, i) => testFunctions(`t${i}`, holds, width, kind === 'steps' ? old : [])),
    'startstate begin',
    ...model.initial.map((integer, cell) => `  c${cell} := ${integer};`),
    'end;',
    ...model.rules.flatMap(({ name, rank, patient, tree }, i) =>
      mostOutcomes(tree) === 0
        ? []
        : [
            `ruleset k: 0..${mostOutcomes(tree) - 1} do rule ${quoted(name)} r${i}() > k${patient ? ` & lowest() = ${rank}` : ''} ==>`,
            ...(steps.length === 0 ? [] : [`  var ${old.map((was, cell) => `${was}: d${cell};`).join(' ')}`]),
            '  begin',
            ...remember,
            `    f${i}(k);`,
            ...asserts,
            '  end; end;',
          ],
    ),
    ...model.claims.flatMap((claim, i) => property(claim, `t${i}()`)),
    '',
  ].join('\n')
}

/** How Rumur is run on a file of it. */
export const runRumur = (file = 'model.m'): string =>
  `rumur --deadlock-detection off --output model.c ${shellWord(file)} && gcc -O2 -mcx16 -o model model.c -lpthread && ./model`

const CLAIMS_END_IT =
  "-- A claim that fails ends the search before all is found: without the lines that begin with 'invariant' or 'assert' it comes to all states, and as many rules fired as transitions."

const quoted = (text: string): string => `"${text.replaceAll(/[\n\r\\]/g, ' ').replaceAll('"', "'")}"`

const property = ({ id, kind }: GuardedClaim, holds: string): string[] => {
  switch (kind) {
    case 'always':
      return [`invariant ${quoted(id)} ${holds};`]
    case 'ends':
      return [`invariant ${quoted(id)} able() | ${holds};`]
    case 'reachable':
      return [`cover ${quoted(id)} ${holds};`]
    case 'steps':
      return []
  }
}

/** How many outcomes a rule has in the state as it is, and what the k-th does. */
function outcomes(i: number, tree: Tree<readonly GuardedOutcome[]>): string[] {
  const most = mostOutcomes(tree)
  const count = [
    `function r${i}(): 0..${most}; begin`,
    ...told(tree, ({ length }) => [`return ${length};`], cellNow),
    'end;',
  ]
  const doing = (all: readonly GuardedOutcome[]): string[] => [
    'switch k',
    ...all.flatMap(({ text, sets, sends }, k) => [
      `case ${k}: -- ${text.replaceAll(/[\n\r]/g, ' ')}`,
      ...sets.map(([cell, integer]) => `  c${cell} := ${integer};`),
      ...sends.map(([cell, parcel]) => `  c${cell} := ${arrivalName(cell, parcel)}(c${cell});`),
    ]),
    'end;',
  ]
  if (most === 0) return count
  return [...count, `procedure f${i}(k: 0..${most - 1}); begin`, ...told(able(tree), doing, cellNow), 'end;']
}

const cellNow = (cell: number): string => `c${cell}`

/** What is done, or returned, where a tree leads in the state as it is. */
function told<Result>(
  tree: Tree<Result>,
  lines: (result: Result) => readonly string[],
  nameOf: (cell: number) => string,
  indent = '  ',
): string[] {
  if ('result' in tree) return lines(tree.result).map((line) => `${indent}${line}`)
  return [
    `${indent}switch ${nameOf(tree.cell)}`,
    ...tree.branches.flatMap(([integer, next]) => [
      `${indent}case ${integer}:`,
      ...told(next, lines, nameOf, `${indent}  `),
    ]),
    `${indent}else error "unknown: a state that the search did not come to";`,
    `${indent}end;`,
  ]
}

/** A function: what a test says in the state as it is, or, of cells from `width` on, of the step to it from cells that are given. */
function booleans(name: string, tree: Tree<boolean>, width: number, given: readonly string[]): string[] {
  const nameOf = (cell: number): string => (cell >= width ? `c${cell - width}` : (given[cell] ?? `c${cell}`))
  return [header(name, given), 'begin', ...told(tree, (so) => [`return ${so};`], nameOf), 'end;']
}

const header = (name: string, given: readonly string[]): string =>
  `function ${name}(${given.map((was, cell) => `${was}: d${cell}`).join('; ')}): boolean;`

function testFunctions(name: string, test: Test, width: number, given: readonly string[]): string[] {
  if ('tree' in test) return booleans(name, test.tree, width, given)
  const parts = 'all' in test ? test.all : test.any
  const calls = parts.map((_, i) => `${name}_${i}(${given.join(', ')})`)
  const all = 'all' in test
  return [
    ...parts.flatMap((part, i) => testFunctions(`${name}_${i}`, part, width, given)),
    `${header(name, given)} begin return ${calls.join(all ? ' & ' : ' | ') || String(all)}; end;`,
  ]
}

const lowest = (model: Guarded): string[] => [
  `function lowest(): 0..${model.ranks};`,
  'begin',
  ...rulesByRank(model).map(
    (rules, rank) => `  if ${rules.map((i) => `r${i}() > 0`).join(' | ')} then return ${rank}; end;`,
  ),
  `  return ${model.ranks};`,
  'end;',
]

const arrivals = (model: Guarded): string[] =>
  arrivalsOf(model).flatMap(({ name, cell, cases }) => [
    `function ${name}(before: d${cell}): d${cell};`,
    'begin',
    '  switch before',
    ...cases.map(([from, to]) => `  case ${from}: return ${to};`),
    '  else error "unknown: a state that the search did not come to";',
    '  end;',
    'end;',
  ])
