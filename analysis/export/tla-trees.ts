import type { Tree } from '../../checker/table.ts'
import type { Test } from './guarded.ts'

/** Arms of one CASE at most: TLC tries them one by one, so that more of them are halved by an IF. */
const MOST_ARMS = 16

/** Results that one operator tells apart at most: what nests deeper, or is longer, is an operator of its own. */
const MOST_RESULTS = 64

interface Decision<Result> {
  readonly name: string
  /** What it is asked of, unless that is the state as it is. */
  readonly parameter?: string
  readonly tree: Tree<Result>
  readonly cellName: (cell: number) => string
  readonly told: (result: Result) => string
}

/** Operators of TLA+, the last of them by this name: what a tree says. A value that it does not know is an error. */
export function decision<Result>({ name, parameter, tree, cellName, told }: Decision<Result>): string[] {
  const lines: string[] = []
  const given = parameter === undefined ? '' : `(${parameter})`
  let count = 0
  const define = (body: string): string => {
    const part = `${name}_part${++count}${given}`
    lines.push(`${part} == ${body}`)
    return part
  }
  /** An expression, and how many results are told apart by it where it stands. */
  const expression = (here: Tree<Result>): Expression =>
    'result' in here
      ? { text: told(here.result), size: 1 }
      : cases(
          cellName(here.cell),
          here.branches.toSorted(([a], [b]) => a - b),
        )
  /** Of branches in order. */
  const cases = (cell: string, branches: Branches<Result>): Expression => {
    if (branches.length > MOST_ARMS) {
      const middle = branches.length >> 1
      const below = small(cases(cell, branches.slice(0, middle)))
      const above = small(cases(cell, branches.slice(middle)))
      return {
        text: `IF ${cell} < ${branches[middle]![0]} THEN ${below.text} ELSE ${above.text}`,
        size: below.size + above.size,
      }
    }
    const arms = branches.map(([integer, next]) => ({ integer, ...expression(next) }))
    const total = arms.reduce((all, { size }) => all + size, 0)
    const told = arms.map(({ integer, text, size }) => {
      const part = total > MOST_RESULTS && size > 1 ? { text: define(text), size: 1 } : { text, size }
      return { text: `${cell} = ${integer} -> ${inBrackets(part)}`, size: part.size }
    })
    // A CASE wants an arm before OTHER.
    const arm = told.length === 0 ? '' : `CASE ${told.map(({ text }) => text).join(' [] ')} [] OTHER -> `
    return {
      text: `${arm}Unknown("${name}")`,
      size: told.reduce((all, { size }) => all + size, 0),
    }
  }
  const small = (part: Expression): Expression => ({ text: define(part.text), size: 1 })
  const { text } = expression(tree)
  return [...lines, `${name}${given} == ${text}`]
}

type Branches<Result> = readonly (readonly [integer: number, next: Tree<Result>])[]

interface Expression {
  readonly text: string
  readonly size: number
}

/** Arms that follow would be taken for those of a CASE that is not in brackets. */
const inBrackets = ({ text }: Expression): string => (/^(CASE|IF) /.test(text) ? `(${text})` : text)

/** The operators of a test's parts, and one for all of it; cells from `width` on are those after a step. */
export function testOperators(name: string, test: Test, width: number): string[] {
  if ('tree' in test)
    return decision({
      name,
      tree: test.tree,
      cellName: (cell) => (cell < width ? `c${cell}` : `c${cell - width}'`),
      told: (so) => (so ? 'TRUE' : 'FALSE'),
    })
  const isAll = 'all' in test
  const parts = isAll ? test.all : test.any
  const words = parts.map((_, i) => `${name}_${i}`).join(isAll ? ' /\\ ' : ' \\/ ') || (isAll ? 'TRUE' : 'FALSE')
  return [...parts.flatMap((part, i) => testOperators(`${name}_${i}`, part, width)), `${name} == ${words}`]
}
