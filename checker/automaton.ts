import type { Budget } from './budget.ts'
import { SpecError } from './errors.ts'
import type { Formula, Predicate } from './property.ts'

/**
 * A generalised Büchi automaton that reads one state of a run at a time: it accepts the runs that satisfy a formula.
 * Built by the tableau of Gerth, Peled, Vardi and Wolper (Simple on-the-fly automatic verification of linear temporal
 * logic, 1995). A state of the automaton says what must be true of the state that is read in it.
 */
export interface Automaton {
  readonly predicates: readonly Predicate[]
  readonly states: readonly AutomatonState[]
  /** A run is accepted if it visits each of these sets again and again. */
  readonly accepting: readonly ReadonlySet<number>[]
}

export interface AutomatonState {
  readonly initial: boolean
  /** Bit masks over `predicates`: those that must be true, and those that must be false. */
  readonly mustHold: number
  readonly mustFail: number
  readonly successors: readonly number[]
}

/** Negation normal form, hash-consed: equal formulas are the same object, numbered. */
type Normal =
  | { readonly id: number; readonly op: 'true' | 'false' }
  | { readonly id: number; readonly op: 'holds' | 'fails'; readonly predicate: number }
  | { readonly id: number; readonly op: 'next'; readonly of: Normal }
  | {
      readonly id: number
      readonly op: 'and' | 'or' | 'until' | 'release'
      readonly left: Normal
      readonly right: Normal
    }

const MOST_PREDICATES = 30

/**
 * @throws SpecError for a formula of too many predicates
 * @throws Stopped when the budget ends: an automaton can be exponentially larger than its formula
 */
export function automatonOf(formula: Formula, budget: Budget): Automaton {
  const predicates: Predicate[] = []
  const normal = normaliser(predicates)
  const root = normal(formula, true)
  if (predicates.length > MOST_PREDICATES) {
    const why = `may use at most ${MOST_PREDICATES} predicates; this one uses ${predicates.length}. Join some of them.`
    throw new SpecError('a formula', {}, new RangeError(why))
  }
  const nodes = tableau(root, budget)
  const successors: number[][] = nodes.map(() => [])
  nodes.forEach(({ incoming }, to) => {
    budget.poll(incoming.size)
    budget.take(incoming.size * 8)
    for (const from of incoming) if (from >= 0) successors[from]!.push(to)
  })
  const promises = new Set<Normal>()
  for (const { old } of nodes) for (const f of old) if (f.op === 'until') promises.add(f)
  return {
    predicates,
    states: nodes.map((node, i) => ({
      initial: node.incoming.has(-1),
      mustHold: mask(node.old, 'holds'),
      mustFail: mask(node.old, 'fails'),
      successors: successors[i]!,
    })),
    accepting: [...promises].map((promise) => {
      budget.poll(nodes.length)
      budget.take(nodes.length * BYTES_AN_ELEMENT)
      return new Set(
        nodes.flatMap((node, i) =>
          !node.old.has(promise) || (promise.op === 'until' && node.old.has(promise.right)) ? [i] : [],
        ),
      )
    }),
  }
}

function mask(formulas: ReadonlySet<Normal>, op: 'holds' | 'fails'): number {
  let bits = 0
  for (const f of formulas) if (f.op === op) bits |= 1 << f.predicate
  return bits
}

function normaliser(predicates: Predicate[]): (formula: Formula, positive: boolean) => Normal {
  const known = new Map<string, Normal>()
  const make = (key: string, build: (id: number) => Normal): Normal => {
    let f = known.get(key)
    if (f === undefined) {
      f = build(known.size)
      known.set(key, f)
    }
    return f
  }
  const constant = (value: boolean): Normal => make(String(value), (id) => ({ id, op: value ? 'true' : 'false' }))
  const binary = (op: 'and' | 'or' | 'until' | 'release', left: Normal, right: Normal): Normal =>
    make(`${op} ${left.id} ${right.id}`, (id) => ({ id, op, left, right }))
  const dual = { and: 'or', or: 'and', until: 'release', release: 'until' } as const
  const normal = (f: Formula, positive: boolean): Normal => {
    switch (f.op) {
      case 'constant':
        return constant(f.value === positive)
      case 'is': {
        let predicate = predicates.indexOf(f.predicate)
        if (predicate < 0) predicate = predicates.push(f.predicate) - 1
        const op = positive ? 'holds' : 'fails'
        return make(`${op} ${predicate}`, (id) => ({ id, op, predicate }))
      }
      case 'not':
        return normal(f.of, !positive)
      case 'next': {
        const of = normal(f.of, positive)
        return make(`next ${of.id}`, (id) => ({ id, op: 'next', of }))
      }
      case 'always':
        return positive
          ? binary('release', constant(false), normal(f.of, true))
          : binary('until', constant(true), normal(f.of, false))
      case 'eventually':
        return positive
          ? binary('until', constant(true), normal(f.of, true))
          : binary('release', constant(false), normal(f.of, false))
      default:
        return binary(positive ? f.op : dual[f.op], normal(f.left, positive), normal(f.right, positive))
    }
  }
  return normal
}

interface TableauNode {
  readonly incoming: Set<number>
  readonly old: Set<Normal>
  readonly next: Set<Normal>
}

interface Pending {
  readonly incoming: Set<number>
  readonly todo: Set<Normal>
  readonly old: Set<Normal>
  readonly next: Set<Normal>
}

/** Estimates of what a node of the tableau takes, and each element of its sets. */
const BYTES_A_NODE = 800
const BYTES_AN_ELEMENT = 40

function tableau(root: Normal, budget: Budget): TableauNode[] {
  const nodes: TableauNode[] = []
  const byContent = new Map<string, TableauNode>()
  const stack: Pending[] = [{ incoming: new Set([-1]), todo: new Set([root]), old: new Set(), next: new Set() }]
  while (stack.length > 0) {
    const node = stack.pop()!
    budget.poll(1 + node.old.size + node.next.size)
    const [f] = node.todo
    if (f === undefined) {
      const key = `${ids(node.old)}|${ids(node.next)}`
      const same = byContent.get(key)
      if (same !== undefined) {
        budget.take(node.incoming.size * BYTES_AN_ELEMENT)
        for (const i of node.incoming) same.incoming.add(i)
        continue
      }
      budget.take(BYTES_A_NODE + (node.old.size + node.next.size) * BYTES_AN_ELEMENT)
      byContent.set(key, node)
      const number = nodes.push(node) - 1
      stack.push({ incoming: new Set([number]), todo: new Set(node.next), old: new Set(), next: new Set() })
      continue
    }
    node.todo.delete(f)
    if (node.old.has(f)) stack.push(node)
    else stack.push(...split(node, f))
  }
  return nodes
}

function split(node: Pending, f: Normal): Pending[] {
  const old = new Set(node.old).add(f)
  const also = (todo: readonly Normal[], next: readonly Normal[] = []): Pending => ({
    incoming: new Set(node.incoming),
    todo: new Set([...node.todo, ...todo.filter((part) => !old.has(part))]),
    old: new Set(old),
    next: new Set([...node.next, ...next]),
  })
  switch (f.op) {
    case 'true':
      return [also([])]
    case 'false':
      return []
    case 'holds':
    case 'fails': {
      const opposite = f.op === 'holds' ? 'fails' : 'holds'
      for (const g of node.old) if (g.op === opposite && g.predicate === f.predicate) return []
      return [also([])]
    }
    case 'next':
      return [also([], [f.of])]
    case 'and':
      return [also([f.left, f.right])]
    case 'or':
      return [also([f.left]), also([f.right])]
    case 'until':
      return [also([f.left], [f]), also([f.right])]
    case 'release':
      return [also([f.right], [f]), also([f.left, f.right])]
  }
}

function ids(formulas: ReadonlySet<Normal>): string {
  return [...formulas]
    .map((f) => f.id)
    .sort((a, b) => a - b)
    .join(',')
}
