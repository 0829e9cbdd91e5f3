import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedClaim, Test } from './guarded.ts'
import { arrivalName, arrivalsOf, commandsOf, legend, rulesByRank } from './told.ts'

/**
 * Guarded commands in Murphi, for Rumur (`RUN_RUMUR`). What is claimed of states is an
 * invariant, of reachability a cover, of steps an assertion in each rule.
 */
export function murphi(model: Guarded, title: string): string {
  const width = model.cells.length
  const steps = model.claims.flatMap((claim, i) => (claim.kind === 'steps' ? [{ ...claim, name: `t${i}` }] : []))
  const old = model.cells.map((_, cell) => `b${cell}`)
  const asserts = steps.map(({ id, name }) => `    assert ${name}(${old.join(', ')}) ${quoted(id)};`)
  const remember = steps.length === 0 ? [] : old.map((name, cell) => `    ${name} := c${cell};`)
  return [
    ...legend(model, title, RUN_RUMUR).map((line) => `-- ${line.replaceAll(/[\n\r]/g, ' ')}`),
    'type',
    ...model.cells.map(({ values }, cell) => `  d${cell}: 0..${values.length - 1};`),
    'var',
    ...model.cells.map((_, cell) => `  c${cell}: d${cell};`),
    ...model.rules.flatMap(({ tree }, i) => booleans(`r${i}`, tree, (outcomes) => outcomes.length > 0, width)),
    ...lowest(model),
    `function able(): boolean; begin return ${model.rules.map((_, i) => `r${i}()`).join(' | ') || 'false'}; end;`,
    ...model.claims.flatMap(({ kind, holds }, i) => testFunctions(`t${i}`, holds, width, kind === 'steps' ? old : [])),
    ...arrivals(model),
    'startstate begin',
    ...model.initial.map((integer, cell) => `  c${cell} := ${integer};`),
    'end;',
    ...model.rules.flatMap(({ name, rank, patient, tree }) =>
      commandsOf(tree).flatMap(({ guard, outcome }) => {
        const conditions = guard.map(([cell, integer]) => `c${cell} = ${integer}`)
        return [
          `rule ${quoted(`${name}: ${outcome.text}`)} ${[...conditions, ...(patient ? [`lowest() = ${rank}`] : [])].join(' & ') || 'true'} ==>`,
          ...(steps.length === 0 ? [] : [`  var ${old.map((was, cell) => `${was}: d${cell};`).join(' ')}`]),
          '  begin',
          ...remember,
          ...outcome.sets.map(([cell, integer]) => `    c${cell} := ${integer};`),
          ...outcome.sends.map(([cell, parcel]) => `    c${cell} := ${arrivalName(cell, parcel)}(c${cell});`),
          ...asserts,
          '  end;',
        ]
      }),
    ),
    ...model.claims.flatMap((claim, i) => property(claim, `t${i}()`)),
    '',
  ].join('\n')
}

/** How Rumur is run on it. */
export const RUN_RUMUR =
  'rumur --deadlock-detection off --output model.c model.m && gcc -O2 -mcx16 -o model model.c -lpthread && ./model'

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

/** A function: what a tree says in the state as it is, or, of cells from `width` on, of the step to it from cells that are given. */
function booleans<Result>(
  name: string,
  tree: Tree<Result>,
  value: (result: Result) => boolean,
  width: number,
  given: readonly string[] = [],
): string[] {
  const lines = (here: Tree<Result>, indent: string): string[] => {
    if ('result' in here) return [`${indent}return ${value(here.result)};`]
    const cell = here.cell >= width ? `c${here.cell - width}` : (given[here.cell] ?? `c${here.cell}`)
    return [
      `${indent}switch ${cell}`,
      ...here.branches.flatMap(([integer, next]) => [`${indent}case ${integer}:`, ...lines(next, `${indent}  `)]),
      `${indent}else error "unknown: a state that the search did not come to";`,
      `${indent}end;`,
    ]
  }
  return [header(name, given), 'begin', ...lines(tree, '  '), 'end;']
}

const header = (name: string, given: readonly string[]): string =>
  `function ${name}(${given.map((was, cell) => `${was}: d${cell}`).join('; ')}): boolean;`

function testFunctions(name: string, test: Test, width: number, given: readonly string[]): string[] {
  if ('tree' in test) return booleans(name, test.tree, (holds) => holds, width, given)
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
    (rules, rank) => `  if ${rules.map((i) => `r${i}()`).join(' | ')} then return ${rank}; end;`,
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
