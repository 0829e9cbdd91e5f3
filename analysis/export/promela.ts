import type { Tree } from '../../checker/table.ts'
import type { Guarded, GuardedClaim, GuardedOutcome, Test } from './guarded.ts'
import { able, arrivalName, arrivalsOf, legend, mostOutcomes, rulesByRank, shellWord } from './told.ts'

/**
 * Guarded commands in Promela, for SPIN: one process that does one atomic step after another, so that its states and steps are those of the model. An option stands for one
 * outcome of a rule: how many it has, and what the k-th does, is asked by embedded C, of which SPIN makes far less than of a guard each. At its end the verifier prints for each
 * claim in how many places it was seen to be otherwise (of one of reachability: to be so).
 *
 * To be run without partial-order reduction, which does not know what embedded C reads: `runSpin`, with a larger `-m` where it says that its search depth is too small.
 */
export function promela(model: Guarded, title: string, file?: string): string {
  const width = model.cells.length
  const ofSteps = model.claims.some(({ kind }) => kind === 'steps')
  const old = ofSteps ? model.cells.map((_, cell) => cell) : []
  return [
    '/*',
    ...legend(model, title, runSpin(file)).map((line) => ` * ${plain(line)}`),
    ...(model.claims.length === 0 ? [] : [CLAIMS_TOLD]),
    ' */',
    ...declarations(model),
    '',
    ...blocks([
      [
        ...old.map((cell) => `static int b${cell};`),
        'static int begun;',
        `static long seen[${Math.max(model.claims.length, 1)}];`,
      ],
      ...functionsOfRules(model),
      [`static int able(void) { return ${model.rules.map((_, i) => `r${i}()`).join(' || ') || '0'}; }`],
      ...model.claims.flatMap(({ kind, holds }, i) => testFunctions(`t${i}`, holds, width, kind === 'steps')),
      looks(model.claims),
      [
        'static void before(void) {',
        ...old.map((cell) => `  b${cell} = now.c${cell};`),
        '  if (!begun) { begun = 1; look(); }',
        '}',
        'static void after(void) { look(); step(); }',
      ],
    ]),
    'active proctype model() {',
    'end: do',
    ...model.rules.flatMap(({ name, rank, patient, tree }, i) =>
      Array.from({ length: mostOutcomes(tree) }, (_, k) => {
        return `  :: d_step { c_expr { (${guardOf(i, k, patient, rank)}) } -> c_code { before(); f${i}(${k}); after(); } } /* ${plain(name)} */`
      }),
    ),
    // SPIN takes no loop without an option; what is claimed is looked at all the same.
    ...(model.rules.every(({ tree }) => mostOutcomes(tree) === 0)
      ? ['  :: d_step { c_expr { (!begun) } -> c_code { begun = 1; look(); } }']
      : []),
    '  od',
    '}',
    '',
  ].join('\n')
}

/** Functions of C: how many outcomes each rule has in the state as it is, what the k-th does, and the lowest rank of those that have some. */
export const functionsOfRules = (model: Guarded): string[][] => [
  ['static int unknown(void) { printf("unknown: a state that the search did not come to\\n"); exit(3); return 0; }'],
  ...arrivals(model),
  ...model.rules.flatMap(({ tree }, i) => [
    ...functions({
      name: `r${i}`,
      tree,
      width: model.cells.length,
      lines: (outcomes) => [`return ${outcomes.length};`],
    }),
    ...functions({
      name: `f${i}`,
      tree: able(tree),
      width: model.cells.length,
      lines: effects,
      weight: ({ length }) => length,
      k: true,
    }),
  ]),
  lowest(model),
]

/** Whether the k-th outcome of a rule can come about. */
export const guardOf = (rule: number, k: number, patient: boolean, rank: number | null): string =>
  patient ? `r${rule}() > ${k} && lowest() == ${rank}` : `r${rule}() > ${k}`

/** The declarations of the cells. */
export const declarations = ({ cells, initial }: Guarded): string[] =>
  cells.map(({ values }, cell) => `${typeFor(values.length)} c${cell} = ${initial[cell]};`)

/** In a comment, or between quotes of C. */
export const plain = (text: string): string => text.replaceAll('*/', '* /').replaceAll(/[\n\r\\"%]/g, ' ')

/** How SPIN is run on a file of it. */
export const runSpin = (file = 'model.pml'): string =>
  `spin -a ${shellWord(file)} && gcc -O2 -w -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -E -n -m1000000`

const CLAIMS_TOLD =
  ' * What pan prints of each claim: in how many places it was seen to be otherwise; of one of reachability, to be so.'

const typeFor = (count: number): string => (count <= 256 ? 'byte' : count <= 32_768 ? 'short' : 'int')

/** What the k-th outcome does. */
const effects = (outcomes: readonly GuardedOutcome[]): string[] => [
  'switch (k) {',
  ...outcomes.map(({ sets, sends }, k) => {
    const set = sets.map(([cell, integer]) => `now.c${cell} = ${integer};`)
    const send = sends.map(([cell, parcel]) => `now.c${cell} = ${arrivalName(cell, parcel)}(now.c${cell});`)
    return `case ${k}: ${[...set, ...send].join(' ')} return 0;`
  }),
  '}',
  'return unknown();',
]

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
export const blocks = (functions: readonly (readonly string[])[]): string[] =>
  functions.flatMap((lines) => ['c_code {', ...lines, '}'])

/** Results that one function of C tells apart at most, by weight. */
const MOST_RESULTS = 200

interface Function<Result> {
  readonly name: string
  readonly tree: Tree<Result>
  /** Cells of a state. */
  readonly width: number
  /** What is done, or returned, for a result. */
  readonly lines: (result: Result) => readonly string[]
  readonly weight?: (result: Result) => number
  /** It is given the number of an outcome. */
  readonly k?: boolean
  /** Of the step to the state as it is: cells from `width` on are those after it. */
  readonly steps?: boolean
}

/** Functions of C, the last of them by this name: what a tree says in the state as it is. */
export function functions<Result>({
  name,
  tree,
  width,
  lines,
  weight = () => 1,
  k,
  steps,
}: Function<Result>): string[][] {
  const parts: string[][] = []
  let count = 0
  const [parameter, argument] = k === true ? ['int k', 'k'] : ['void', '']
  const told = (here: Tree<Result>, indent: string): string[] => {
    if ('result' in here) return lines(here.result).map((line) => `${indent}${line}`)
    const cell = here.cell < width ? (steps ? `b${here.cell}` : `now.c${here.cell}`) : `now.c${here.cell - width}`
    // Of a large tree each branch is a function of its own.
    const isLarge = sizeOf(here, weight) > MOST_RESULTS
    const branch = (next: Tree<Result>): string[] =>
      isLarge && 'cell' in next
        ? [`${indent}  return ${define(next, `${name}_part${++count}`)}(${argument});`]
        : told(next, `${indent}  `)
    return [
      `${indent}switch (${cell}) {`,
      ...here.branches.flatMap(([integer, next]) => [`${indent}case ${integer}:`, ...branch(next)]),
      `${indent}}`,
      `${indent}return unknown();`,
    ]
  }
  const define = (here: Tree<Result>, as: string): string => {
    const body = told(here, '  ')
    parts.push([`static int ${as}(${parameter}) {`, ...body, '}'])
    return as
  }
  define(tree, name)
  return parts
}

const sizeOf = <Result>(tree: Tree<Result>, weight: (result: Result) => number): number =>
  'result' in tree ? weight(tree.result) : tree.branches.reduce((all, [, next]) => all + sizeOf(next, weight), 0)

/** The functions of a test's parts, and one for all of it. */
export function testFunctions(name: string, test: Test, width: number, steps: boolean): string[][] {
  if ('tree' in test)
    return functions({ name, tree: test.tree, width, steps, lines: (so) => [`return ${Number(so)};`] })
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
