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

export function automatonOf(formula: Formula): Automaton {
  const predicates: Predicate[] = []
  const normal = normaliser(predicates)
  const root = normal(formula, true)
  if (predicates.length > MOST_PREDICATES) {
    throw new RangeError(`A formula may use at most ${MOST_PREDICATES} predicates; this one uses ${predicates.length}.`)
  }
  const nodes = tableau(root)
  const untils = [...new Set(nodes.flatMap((node) => [...node.old]))].filter((f) => f.op === 'until')
  return {
    predicates,
    states: nodes.map((node, i) => ({
      initial: node.incoming.has(-1),
      mustHold: mask(node.old, 'holds'),
      mustFail: mask(node.old, 'fails'),
      successors: nodes.flatMap((other, j) => (other.incoming.has(i) ? [j] : [])),
    })),
    accepting: untils.map(
      (promise) =>
        new Set(
          nodes.flatMap((node, i) =>
            !node.old.has(promise) || (promise.op === 'until' && node.old.has(promise.right)) ? [i] : [],
          ),
        ),
    ),
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

function tableau(root: Normal): TableauNode[] {
  const nodes: TableauNode[] = []
  const byContent = new Map<string, TableauNode>()
  const stack: Pending[] = [{ incoming: new Set([-1]), todo: new Set([root]), old: new Set(), next: new Set() }]
  while (stack.length > 0) {
    const node = stack.pop()!
    const [f] = node.todo
    if (f === undefined) {
      const key = `${ids(node.old)}|${ids(node.next)}`
      const same = byContent.get(key)
      if (same !== undefined) {
        for (const i of node.incoming) same.incoming.add(i)
        continue
      }
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
