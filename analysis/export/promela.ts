import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedClaim, GuardedOutcome, Test } from './guarded.ts'
import { arrivalName, arrivalsOf, commandsOf, legend, rankOf, rulesByRank } from './told.ts'

/**
 * Guarded commands in Promela, for SPIN: one process that does one atomic step after another, so that its states and steps are those of the model. Whether a rule has an outcome,
 * which is what patient rules wait for, and what is claimed, is asked by embedded C; what SPIN stores beside the cells, `low`, is a function of them. At its end the
 * verifier prints for each claim in how many places it was seen to be otherwise (of one of reachability: to be so).
 *
 * To be run without partial-order reduction, which does not know what embedded C reads: `RUN`, with a larger `-m` where it says that its search depth is too small.
 */
export function promela(model: Guarded, title: string): string {
  return [
    '/*',
    ...legend(model, title, RUN_SPIN).map((line) => ` * ${plain(line)}`),
    ' */',
    ...model.cells.map(({ values }, cell) => `${typeFor(values.length)} c${cell} = ${model.initial[cell]};`),
    `byte low = ${rankOf(model, model.initial)};`,
    '',
    ...blocks([
      [
        ...model.cells.map((_, cell) => `static int b${cell};`),
        'static int begun;',
        `static long seen[${Math.max(model.claims.length, 1)}];`,
        'static int unknown(void) { printf("unknown: a state that the search did not come to\\n"); exit(3); return 0; }',
      ],
      ...arrivals(model),
      ...model.rules.flatMap(({ tree }, i) =>
        functions(`r${i}`, tree, (outcomes) => (outcomes.length > 0 ? 1 : 0), model.cells.length),
      ),
      lowest(model),
      [`static int able(void) { return ${model.rules.map((_, i) => `r${i}()`).join(' || ') || '0'}; }`],
      ...model.claims.flatMap(({ kind, holds }, i) =>
        testFunctions(`t${i}`, holds, model.cells.length, kind === 'steps'),
      ),
      looks(model.claims),
      [
        'static void before(void) {',
        ...model.cells.map((_, cell) => `  b${cell} = now.c${cell};`),
        '  if (!begun) { begun = 1; look(); }',
        '}',
        'static void after(void) { now.low = lowest(); look(); step(); }',
      ],
    ]),
    'active proctype model() {',
    'end: do',
    ...model.rules.flatMap(({ name, rank, patient, tree }, i) => {
      const commands = commandsOf(tree)
      if (commands.length === 0) return []
      return [
        `  :: atomic { ${patient ? `low == ${rank} && ` : ''}c_expr { (r${i}()) } -> /* ${plain(name)} */`,
        '    if',
        ...commands.flatMap(({ guard, outcome }) => {
          const conditions = guard.map(([cell, integer]) => `c${cell} == ${integer}`).join(' && ')
          return [`    :: d_step { ${conditions || 'true'} -> c_code { before(); ${effects(outcome)} after(); } }`]
        }),
        '    fi }',
      ]
    }),
    // SPIN takes no loop without an option; what is claimed is looked at all the same.
    ...(model.rules.every(({ tree }) => commandsOf(tree).length === 0)
      ? ['  :: d_step { c_expr { (!begun) } -> c_code { begun = 1; look(); } }']
      : []),
    '  od',
    '}',
    '',
  ].join('\n')
}

/** In a comment, or between quotes of C. */
const plain = (text: string): string => text.replaceAll('*/', '* /').replaceAll(/[\n\r\\"%]/g, ' ')

/** How SPIN is run on it. */
export const RUN_SPIN = 'spin -a model.pml && gcc -O2 -w -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -E -n -m1000000'

const typeFor = (count: number): string => (count <= 256 ? 'byte' : count <= 32_768 ? 'short' : 'int')

/** In C, of which SPIN makes far less than of as many assignments. */
function effects({ sets, sends }: GuardedOutcome): string {
  const set = sets.map(([cell, integer]) => `now.c${cell} = ${integer};`)
  const send = sends.map(([cell, parcel]) => `now.c${cell} = ${arrivalName(cell, parcel)}(now.c${cell});`)
  return [...set, ...send].join(' ')
}

const arrivals = (model: Guarded): string[][] =>
  arrivalsOf(model).map(({ name, cases }) => [
    `static int ${name}(int before) {`,
    '  switch (before) {',
    ...cases.map(([from, to]) => `  case ${from}: return ${to};`),
    '  }',
    '  return unknown();',
    '}',
  ])

/** SPIN takes no longer pieces of C than 64 KiB: one for each function. */
const blocks = (functions: readonly (readonly string[])[]): string[] =>
  functions.flatMap((lines) => ['c_code {', ...lines, '}'])

/** Results that one function of C tells apart at most. */
const MOST_RESULTS = 200

/**
 * Functions of C, the last of them by this name: what a tree says in the state as it is, or, with `steps`, of the step to it: cells from `width` on are those after it.
 */
function functions<Result>(
  name: string,
  tree: Tree<Result>,
  value: (result: Result) => number,
  width: number,
  steps = false,
): string[][] {
  const parts: string[][] = []
  let count = 0
  const lines = (here: Tree<Result>, indent: string): string[] => {
    if ('result' in here) return [`${indent}return ${value(here.result)};`]
    const cell = here.cell < width ? (steps ? `b${here.cell}` : `now.c${here.cell}`) : `now.c${here.cell - width}`
    // Of a large tree each branch is a function of its own.
    const isLarge = sizeOf(here) > MOST_RESULTS
    const branch = (next: Tree<Result>): string[] =>
      isLarge && 'cell' in next
        ? [`${indent}  return ${define(next, `${name}_part${++count}`)}();`]
        : lines(next, `${indent}  `)
    return [
      `${indent}switch (${cell}) {`,
      ...here.branches.flatMap(([integer, next]) => [`${indent}case ${integer}:`, ...branch(next)]),
      `${indent}}`,
      `${indent}return unknown();`,
    ]
  }
  const define = (here: Tree<Result>, as: string): string => {
    const body = lines(here, '  ')
    parts.push([`static int ${as}(void) {`, ...body, '}'])
    return as
  }
  define(tree, name)
  return parts
}

const sizeOf = (tree: Tree<unknown>): number =>
  'result' in tree ? 1 : tree.branches.reduce((all, [, next]) => all + sizeOf(next), 0)

/** The functions of a test's parts, and one for all of it. */
function testFunctions(name: string, test: Test, width: number, steps: boolean): string[][] {
  if ('tree' in test) return functions(name, test.tree, Number, width, steps)
  const parts = 'all' in test ? test.all : test.any
  const calls = parts.map((_, i) => `${name}_${i}()`)
  return [
    ...parts.flatMap((part, i) => testFunctions(`${name}_${i}`, part, width, steps)),
    [`static int ${name}(void) { return ${'all' in test ? calls.join(' && ') || '1' : calls.join(' || ') || '0'}; }`],
  ]
}

const lowest = (model: Guarded): string[] => [
  'static int lowest(void) {',
  ...rulesByRank(model).map((rules, rank) => `  if (${rules.map((i) => `r${i}()`).join(' || ')}) return ${rank};`),
  `  return ${model.ranks};`,
  '}',
]

/** What is looked at in each state and step, and told at the end. */
function looks(claims: readonly GuardedClaim[]): string[] {
  const where = { always: '!', ends: '!able() && !', reachable: '', steps: '!' }
  const line = ({ kind }: GuardedClaim, i: number): string => `  if (${where[kind]}t${i}()) seen[${i}]++;`
  return [
    'static void look(void) {',
    ...claims.map((claim, i) => (claim.kind === 'steps' ? '' : line(claim, i))).filter((text) => text !== ''),
    '}',
    'static void step(void) {',
    ...claims.map((claim, i) => (claim.kind === 'steps' ? line(claim, i) : '')).filter((text) => text !== ''),
    '}',
    '__attribute__((destructor)) static void tell(void) {',
    ...claims.map(({ id }, i) => `  printf("claim ${plain(id)}: %ld\\n", seen[${i}]);`),
    '}',
  ]
}
