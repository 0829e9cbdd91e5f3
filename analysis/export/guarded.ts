import { call, nameOf, telling, within } from '../../checker/call.ts'
import { canonical } from '../../checker/canonical.ts'
import type { CompiledModel } from '../../checker/compile.ts'
import type { StateGraph } from '../../checker/graph.ts'
import { Interner } from '../../checker/intern.ts'
import type { Cell, Fairness, Look, Outcome, Rule } from '../../checker/model.ts'
import type { Formula, Predicate, Property, StepPredicate } from '../../checker/property.ts'
import { Table, type Tree } from '../../checker/table.ts'

/**
 * A model as guarded commands over small integers, for other checkers: what each rule says of all that can be reached, as decision trees. Nothing of how we search is in it:
 * ranks, patience and what becomes of a parcel are told as they are, and are the other checker's to act upon.
 */
export interface Guarded {
  readonly cells: readonly GuardedCell[]
  readonly initial: readonly number[]
  readonly rules: readonly GuardedRule[]
  /** How many ranks there are: a rule's is its position among them, the lowest first. */
  readonly ranks: number
  /** What was sent, as text. */
  readonly parcels: readonly string[]
  /** By cell, by parcel: from the integer before it arrives to the one after. */
  readonly absorbed: ReadonlyMap<Cell, ReadonlyMap<number, ReadonlyMap<number, number>>>
  readonly claims: readonly GuardedClaim[]
  /** Fairness classes, by number. */
  readonly fairness: readonly Fairness[]
  readonly runs: readonly GuardedRun[]
}

export interface GuardedCell {
  readonly name: string
  /** By integer, as text. */
  readonly values: readonly string[]
}

export interface GuardedRule {
  readonly name: string
  /** Null where it holds nothing back. */
  readonly rank: number | null
  readonly patient: boolean
  /** What can happen, by what it looks at. */
  readonly tree: Tree<readonly GuardedOutcome[]>
}

export interface GuardedOutcome {
  readonly text: string
  readonly sets: readonly (readonly [Cell, integer: number])[]
  readonly sends: readonly (readonly [Cell, parcel: number])[]
  /** The number of the fairness class that owes it, −1 if none does. */
  readonly fair: number
}

/** What is claimed, of those properties that are not about whole runs. */
export interface GuardedClaim {
  readonly id: string
  /** `always`: in every state; `ends`: in every one in which nothing can happen; `reachable`: in some; `steps`: of every step, cells from `cells.length` on being those after it. */
  readonly kind: 'always' | 'ends' | 'reachable' | 'steps'
  readonly holds: Test
}

/** What is claimed of every fair run. */
export interface GuardedRun {
  readonly id: string
  readonly formula: GuardedFormula
}

/** Linear temporal logic, as in `Formula`. */
export type GuardedFormula =
  | { readonly op: 'is'; readonly holds: Test }
  | { readonly op: 'constant'; readonly value: boolean }
  | { readonly op: 'not' | 'next' | 'always' | 'eventually'; readonly of: GuardedFormula }
  | {
      readonly op: 'and' | 'or' | 'until' | 'release'
      readonly left: GuardedFormula
      readonly right: GuardedFormula
    }

export type Test =
  | { readonly tree: Tree<boolean> }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }

/**
 * Tells a model without time, of which all states are known, as guarded commands.
 *
 * @throws Error where it has several initial states, or none
 * @throws SpecError where a rule throws that the search never asked
 */
export function guardedOf(graph: StateGraph, properties: readonly Property[]): Guarded {
  if (graph.initial.length !== 1)
    throw new Error(`has ${graph.initial.length} initial states; what is exported has one`)
  return new Telling(graph, properties).told()
}

class Telling {
  readonly #graph: StateGraph
  readonly #compiled: CompiledModel
  readonly #properties: readonly Property[]
  readonly #parcels = new Interner()
  readonly #ranks: readonly number[]
  readonly #rules: readonly { readonly rule: Rule; readonly table: Table<readonly GuardedOutcome[]> }[]
  readonly #absorbed = new Map<Cell, Map<number, Map<number, number>>>()
  readonly #claims: readonly AskedClaim[]
  readonly #fairness: Fairness[] = []
  /** Of formulas, what is asked of each state. */
  readonly #ofRuns: AskedTest[] = []
  readonly #runs: readonly { readonly id: string; readonly formula: () => GuardedFormula }[]

  constructor(graph: StateGraph, properties: readonly Property[]) {
    this.#graph = graph
    this.#compiled = graph.compiled
    this.#properties = properties
    const { rules } = graph.compiled.model
    this.#ranks = [...new Set(rules.flatMap(({ rank }) => (rank === undefined ? [] : [rank])))].sort((a, b) => a - b)
    this.#rules = rules.map((rule) => ({ rule, table: this.#table(rule) }))
    this.#claims = this.#properties.flatMap((property) => this.#claim(property))
    this.#runs = this.#properties.flatMap((property) =>
      property.kind === 'liveness' ? [{ id: property.id, formula: this.#formula(property.formula) }] : [],
    )
  }

  told(): Guarded {
    const { store } = this.#graph
    for (let state = 0; state < store.count; state++) this.#look(store.row(state))
    const { model, interners } = this.#compiled
    return {
      cells: model.cells.map((name, cell) => ({ name, values: interners[cell]!.values.map(canonical) })),
      initial: [...store.row(0)],
      rules: this.#rules.map(({ rule, table }) => ({
        name: rule.name,
        rank: rule.rank === undefined ? null : this.#ranks.indexOf(rule.rank),
        patient: rule.patient === true,
        tree: table.tree()!,
      })),
      ranks: this.#ranks.length,
      parcels: this.#parcels.values.map(canonical),
      absorbed: this.#absorbed,
      claims: this.#claims.map(({ id, kind, test }) => ({ id, kind, holds: test.told() })),
      fairness: this.#fairness,
      runs: this.#runs.map(({ id, formula }) => ({ id, formula: formula() })),
    }
  }

  /** A state, and its steps: so that tables know of them. */
  #look(row: Int32Array): void {
    const here = this.#rules.map(({ rule, table }) => ({ rule, outcomes: table.at(row) }))
    const able = here.filter(({ outcomes }) => outcomes.length > 0)
    const lowest = Math.min(...able.map(({ rule }) => rule.rank ?? Number.POSITIVE_INFINITY))
    for (const test of this.#ofRuns) test.look(row, row)
    for (const { kind, test } of this.#claims)
      if (kind !== 'steps' && (kind !== 'ends' || able.length === 0)) test.look(row, row)
    for (const { rule, outcomes } of able) {
      if (rule.patient === true && rule.rank! > lowest) continue
      for (const outcome of outcomes) {
        const next = this.#after(row, outcome)
        for (const { kind, test } of this.#claims) if (kind === 'steps') test.look(row, next)
      }
    }
  }

  #after(row: Int32Array, { sets, sends }: GuardedOutcome): Int32Array {
    const { model, interners } = this.#compiled
    const next = row.slice()
    for (const [cell, integer] of sets) next[cell] = integer
    for (const [cell, parcel] of sends) {
      const before = next[cell]!
      const byParcel = ofMap(this.#absorbed, cell, () => new Map<number, Map<number, number>>())
      const byInteger = ofMap(byParcel, parcel, () => new Map<number, number>())
      next[cell] = ofMap(byInteger, before, () =>
        interners[cell]!.id(model.absorb(cell, interners[cell]!.get(before), this.#parcels.get(parcel))),
      )
    }
    return next
  }

  #table(rule: Rule): Table<readonly GuardedOutcome[]> {
    const { cells } = this.#compiled.model
    const compute = (look: Look) =>
      call(rule.name, (saw) =>
        rule.fire(telling(within(look, rule.reads, cells), cells, saw)).map((outcome) => this.#outcome(outcome)),
      )
    return new Table({
      name: rule.name,
      allowed: rule.reads,
      cellNames: cells,
      interners: this.#compiled.interners,
      compute,
    })
  }

  #outcome({ label, sets, sends, fair }: Outcome): GuardedOutcome {
    const { interners } = this.#compiled
    return {
      text: label.text,
      sets: sets.map(([cell, value]) => [cell, interners[cell]!.id(value)]),
      sends: sends.map(([cell, parcel]) => [cell, this.#parcels.id(parcel)]),
      fair: fair === undefined ? -1 : this.#class(fair),
    }
  }

  #class(fair: Fairness): number {
    const known = this.#fairness.findIndex((one) => one.class === fair.class && one.strength === fair.strength)
    return known < 0 ? this.#fairness.push(fair) - 1 : known
  }

  /** Tells a formula once all states have been looked at. */
  #formula(formula: Formula): () => GuardedFormula {
    if (formula.op === 'constant') return () => formula
    if (formula.op === 'is') {
      const test = this.#test(formula.predicate)
      this.#ofRuns.push(test)
      return () => ({ op: 'is', holds: test.told() })
    }
    const { op } = formula
    if ('of' in formula) {
      const of = this.#formula(formula.of)
      return () => ({ op: op as 'not', of: of() })
    }
    const [left, right] = [this.#formula(formula.left), this.#formula(formula.right)]
    return () => ({ op: op as 'and', left: left(), right: right() })
  }

  #claim(property: Property): AskedClaim[] {
    const { id } = property
    if ('always' in property) return [{ id, kind: 'always', test: this.#test(property.always) }]
    if ('finished' in property) return [{ id, kind: 'ends', test: this.#test(property.finished) }]
    if ('some' in property) return [{ id, kind: 'reachable', test: this.#test(property.some) }]
    if (!('everyStep' in property)) return []
    return [
      {
        id,
        kind: 'steps',
        test: new Parts(
          'all',
          property.everyStep.map((one) => this.#ofSteps(one)),
        ),
      },
    ]
  }

  #test(predicate: Predicate): AskedTest {
    if ('all' in predicate)
      return new Parts(
        'all',
        predicate.all.map((part) => this.#test(part)),
      )
    if ('any' in predicate)
      return new Parts(
        'any',
        predicate.any.map((part) => this.#test(part)),
      )
    const { model, interners } = this.#compiled
    const compute = (look: Look) =>
      call(nameOfPredicate(predicate), (saw) => predicate.holds(telling(look, model.cells, saw)) === true)
    return new One(new Table({ name: predicate.name, allowed: null, cellNames: model.cells, interners, compute }))
  }

  #ofSteps(predicate: StepPredicate): AskedTest {
    const { model, interners, width } = this.#compiled
    const after =
      (look: Look): Look =>
      (cell) => {
        nameOf(model.cells, cell)
        return look(width + cell)
      }
    const compute = (look: Look) => call(nameOfPredicate(predicate), () => predicate.holds(look, after(look)) === true)
    return new One(
      new Table({
        name: predicate.name,
        allowed: null,
        cellNames: [...model.cells, ...model.cells],
        interners: [...interners, ...interners],
        width,
        compute,
      }),
    )
  }
}

const nameOfPredicate = ({ name }: { readonly name: string }): string => `predicate '${name}'`

interface AskedClaim {
  readonly id: string
  readonly kind: GuardedClaim['kind']
  readonly test: AskedTest
}

interface AskedTest {
  look(before: Int32Array, after: Int32Array): void
  told(): Test
}

class One implements AskedTest {
  readonly #table: Table<boolean>

  constructor(table: Table<boolean>) {
    this.#table = table
  }

  look(before: Int32Array, after: Int32Array): void {
    this.#table.atPair(before, after)
  }

  told(): Test {
    // Of what is never asked, nothing is known: no state is one in which it fails.
    return { tree: this.#table.tree() ?? { result: true } }
  }
}

class Parts implements AskedTest {
  readonly #op: 'all' | 'any'
  readonly #parts: readonly AskedTest[]

  constructor(op: 'all' | 'any', parts: readonly AskedTest[]) {
    this.#op = op
    this.#parts = parts
  }

  look(before: Int32Array, after: Int32Array): void {
    for (const part of this.#parts) part.look(before, after)
  }

  told(): Test {
    const parts = this.#parts.map((part) => part.told())
    return this.#op === 'all' ? { all: parts } : { any: parts }
  }
}

function ofMap<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  let item = map.get(key)
  if (item === undefined) {
    item = make()
    map.set(key, item)
  }
  return item
}
