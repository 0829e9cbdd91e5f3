import { SpecError } from './errors.ts'
import { Interner } from './intern.ts'
import type { Cell, Fairness, Label, Look, Model, Outcome, Rule, Value } from './model.ts'
import { Table } from './table.ts'

/**
 * The outcomes of a rule on one input, as integers. `code` holds, an outcome after another:
 * fairness class (−1 if none), number of sets, (cell, value)…, number of sends, (cell, parcel)…
 */
export interface Compiled {
  readonly code: Int32Array
  readonly labels: readonly Label[]
}

const NOTHING: Compiled = { code: new Int32Array(0), labels: [] }

/** A group of rules that look at the same cells, with the same rank: they share a table. */
interface Group {
  readonly rank: number
  readonly table: Table<Compiled>
}

/**
 * A model whose rules are tabulated: cells hold integers, and a rule runs through its readable function once for each
 * combination of what it looks at.
 */
export class CompiledModel {
  readonly model: Model
  readonly width: number
  readonly interners: readonly Interner[]
  readonly fairness: Fairness[] = []
  readonly #parcels = new Interner()
  readonly #classes = new Map<string, number>()
  readonly #absorbed: number[][][]
  readonly #eager: readonly Group[]
  readonly #patient: readonly Group[]
  /** The compiled outcomes that are enabled in the state last given to `enable`. */
  readonly enabled: Compiled[] = []

  constructor(model: Model) {
    this.model = model
    this.width = model.cells.length
    this.interners = model.cells.map(() => new Interner())
    this.#absorbed = model.cells.map(() => [])
    this.#eager = this.#groups(model.rules.filter((rule) => rule.patient !== true))
    this.#patient = this.#groups(model.rules.filter((rule) => rule.patient === true)).sort((a, b) => a.rank - b.rank)
  }

  /** The integers of a state given by its values. */
  encode(values: readonly Value[]): Int32Array {
    if (values.length !== this.width) {
      throw new SpecError('initial state', {}, new Error(`has ${values.length} values for ${this.width} cells`))
    }
    return Int32Array.from(values, (value, cell) => this.interners[cell]!.id(value))
  }

  decode(words: Int32Array, base: number): readonly Value[] {
    return this.interners.map((interner, cell) => interner.get(words[base + cell] as number))
  }

  /** The parcel that a send in `code` names. */
  parcel(id: number): Value {
    return this.#parcels.get(id)
  }

  /** Fills `enabled` with the outcomes of the state whose integers are `words[base..]`. */
  enable(words: Int32Array, base: number): void {
    const enabled = this.enabled
    enabled.length = 0
    let lowest = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.#eager.length; i++) {
      const group = this.#eager[i]!
      const compiled = group.table.at(words, base)
      if (compiled === NOTHING) continue
      enabled.push(compiled)
      if (group.rank < lowest) lowest = group.rank
    }
    for (let i = 0; i < this.#patient.length; i++) {
      const group = this.#patient[i]!
      if (group.rank > lowest) break
      const compiled = group.table.at(words, base)
      if (compiled === NOTHING) continue
      enabled.push(compiled)
      if (group.rank < lowest) lowest = group.rank
    }
  }

  /** The value of `cell` after `parcel` arrived, as integers. */
  absorb(cell: Cell, word: number, parcel: number): number {
    const known = this.#absorbed[cell]![parcel]?.[word]
    return known === undefined || known < 0 ? this.#learnAbsorb(cell, word, parcel) : known
  }

  #learnAbsorb(cell: Cell, word: number, parcel: number): number {
    const before = this.interners[cell]!.get(word)
    const arriving = this.#parcels.get(parcel)
    let after: number
    try {
      after = this.interners[cell]!.id(this.model.absorb(cell, before, arriving))
    } catch (cause) {
      throw new SpecError(
        `a parcel arrives in ${this.model.cells[cell]}`,
        { [this.model.cells[cell]!]: before, parcel: arriving },
        cause,
      )
    }
    let byWord = this.#absorbed[cell]![parcel]
    if (byWord === undefined) {
      byWord = []
      const byParcel = this.#absorbed[cell]!
      while (byParcel.length < parcel) byParcel.push([])
      byParcel[parcel] = byWord
    }
    while (byWord.length < word) byWord.push(-1)
    byWord[word] = after
    return after
  }

  /** An estimate, in bytes, of what the tables hold. */
  get tableBytes(): number {
    let bytes = 0
    for (const group of this.#eager) bytes += group.table.size * 200
    for (const group of this.#patient) bytes += group.table.size * 200
    for (const interner of this.interners) bytes += interner.characters * 4 + interner.values.length * 100
    return bytes
  }

  #groups(rules: readonly Rule[]): Group[] {
    // Rules that look at one and the same cell are merged: one look-up instead of several.
    const merged = new Map<string, Rule[]>()
    rules.forEach((rule, i) => {
      if (rule.patient === true && rule.rank === undefined) {
        throw new SpecError(rule.name, {}, new Error('is patient, which needs a rank'))
      }
      const key = rule.reads.length === 1 ? `${rule.reads[0]}/${rule.rank}` : `#${i}`
      const group = merged.get(key)
      if (group === undefined) merged.set(key, [rule])
      else group.push(rule)
    })
    return [...merged.values()].map((group) => this.#group(group))
  }

  #group(rules: readonly Rule[]): Group {
    const first = rules[0]!
    const names = rules.map((rule) => rule.name).join(', ')
    return {
      rank: first.rank ?? Number.POSITIVE_INFINITY,
      table: new Table<Compiled>({
        name: names,
        allowed: first.reads,
        cellNames: this.model.cells,
        interners: this.interners,
        compute: (look) => this.#compile(rules, look),
      }),
    }
  }

  #compile(rules: readonly Rule[], look: Look): Compiled {
    const code: number[] = []
    const labels: Label[] = []
    for (const rule of rules) {
      for (const outcome of rule.fire(look)) {
        this.#compileOutcome(rule, outcome, code)
        labels.push(outcome.label)
      }
    }
    return labels.length === 0 ? NOTHING : { code: Int32Array.from(code), labels }
  }

  #compileOutcome(rule: Rule, outcome: Outcome, code: number[]): void {
    code.push(outcome.fair === undefined ? -1 : this.#class(outcome.fair), outcome.sets.length)
    for (const [cell, value] of outcome.sets) {
      if (!rule.reads.includes(cell)) {
        throw new Error(`sets cell '${this.model.cells[cell] ?? cell}', which it does not declare in 'reads'`)
      }
      code.push(cell, this.interners[cell]!.id(value))
    }
    code.push(outcome.sends.length)
    for (const [cell, parcel] of outcome.sends) code.push(cell, this.#parcels.id(parcel))
  }

  #class(fair: Fairness): number {
    const key = `${fair.strength} ${fair.class}`
    let id = this.#classes.get(key)
    if (id === undefined) {
      id = this.fairness.length
      this.#classes.set(key, id)
      this.fairness.push(fair)
    }
    return id
  }
}
