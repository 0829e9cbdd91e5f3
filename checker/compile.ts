import { call, nameOf, type Saw, telling, within } from './call.ts'
import { ALL, bitOf, type Cells, NONE } from './cells.ts'
import { type FrozenGroup, type FrozenModel, type Room, SharedCopy } from './frozen.ts'
import { Interner } from './intern.ts'
import type { Watch } from './limits.ts'
import type { Cell, Fairness, Label, Look, Model, Outcome, Rule, Value } from './model.ts'
import { StepMap } from './step-map.ts'
import { BYTES_AN_ENTRY, Table } from './table.ts'
import { Waiting } from './waiting.ts'

/**
 * The outcomes of a rule on one input, as integers. `code` holds, an outcome after another:
 * fairness class (−1 if none), number of sets, (cell, value)…, number of sends, (cell, parcel)…
 */
export interface Compiled {
  readonly code: Int32Array
  readonly labels: readonly Label[]
  /** For each outcome, the clock that it is taken by. */
  readonly clocks: readonly (string | null)[]
  /** For sleep sets (sleep.ts): the cells that decided this; those that each outcome writes, and all of them together; and the bit of a set that stands for it, 0 where it never sleeps. */
  readonly reads: Cells
  readonly writesOf: readonly Cells[]
  readonly writes: Cells
  readonly bit: number
}

export const NOTHING: Compiled = {
  code: new Int32Array(0),
  labels: [],
  clocks: [],
  reads: NONE,
  writesOf: [],
  writes: NONE,
  bit: 0,
}

/** A model's tables for other threads: the words of what outcomes do, and where those of each are. */
interface Copy {
  readonly room: Room
  readonly code: SharedCopy
  readonly words: number[]
  readonly places: Map<Compiled, number>
  model: FrozenModel | null
}

/** Rules that share a table. */
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
  /** Told of each readable function before it runs. */
  readonly watch: Watch | undefined
  readonly width: number
  readonly interners: readonly Interner[]
  readonly fairness: Fairness[] = []
  readonly #parcels = new Interner()
  readonly #classes = new Map<string, number>()
  /** By cell: from a parcel and the integer before it came, to one more than the integer after. */
  readonly #absorbed: readonly StepMap[]
  readonly #eager: readonly Group[]
  readonly #patient: readonly Group[]
  /** Those that have a rank, the lowest first. */
  readonly #ranked: readonly Group[]
  readonly #waiting: Waiting
  #copy: Copy | null = null
  /** The compiled outcomes that are enabled in the state last given to `enable`. */
  readonly enabled: Compiled[] = []

  constructor(model: Model, watch?: Watch) {
    this.model = model
    this.watch = watch
    this.width = model.cells.length
    this.interners = model.cells.map(() => new Interner())
    this.#absorbed = model.cells.map(() => new StepMap())
    this.#eager = this.#groups(model.rules.filter((rule) => rule.patient !== true))
    this.#patient = this.#groups(byRank(model.rules.filter((rule) => rule.patient === true)))
    const ranked = [...this.#eager, ...this.#patient].filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    this.#ranked = ranked.sort((a, b) => a.rank - b.rank)
    this.#waiting = new Waiting(model, this.interners, watch)
  }

  /** How many tables there are of what can happen. */
  get groups(): number {
    return this.#eager.length + this.#patient.length
  }

  /** Basic steps, as a budget counts them, that an outcome of the state last given to `enable` is worth. */
  get stepCost(): number {
    return Math.max(1, this.width >> 6)
  }

  /** @throws SpecError for a rule that can be known to be wrong before it runs */
  validate(): void {
    for (const { name, patient, rank, reads } of this.model.rules) {
      call(name, () => {
        for (const cell of reads) nameOf(this.model.cells, cell)
        if (patient === true && rank === undefined) throw new Error('is patient, which needs a rank')
      })
    }
  }

  /** Gives values and fairness classes the integers that they had when a search was kept. */
  know(values: readonly (readonly Value[])[], fairness: readonly Fairness[]): void {
    values.forEach((all, cell) => {
      for (const value of all) this.interners[cell]!.add(value)
    })
    for (const fair of fairness) this.#class(fair)
  }

  /** The integers of an initial state, given by its values. */
  encode(values: readonly Value[]): Int32Array {
    return call('initial state', () => {
      if (values.length !== this.width) {
        const [has, needs] = [counted(values.length, 'value'), counted(this.width, 'cell')]
        throw new Error(`has ${has} for ${needs}. Give each cell one value, in the order of 'cells'.`)
      }
      return Int32Array.from(values, (value, cell) => this.#word(cell, value))
    })
  }

  decode(row: Int32Array): readonly Value[] {
    return this.interners.map((interner, cell) => interner.get(row[cell] as number))
  }

  /** The parcel that a send in `code` names, and the other way round. */
  parcel(id: number): Value {
    return this.#parcels.get(id)
  }

  parcelId(parcel: Value): number {
    return this.#parcels.id(parcel)
  }

  /** Fills `enabled` with the outcomes of the state whose cells have these integers. */
  enable(row: Int32Array): void {
    const enabled = this.enabled
    while (enabled.length > 0) enabled.pop()
    let lowest = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.#eager.length; i++) {
      const group = this.#eager[i]!
      const compiled = group.table.at(row)
      if (compiled === NOTHING) continue
      enabled.push(compiled)
      if (group.rank < lowest) lowest = group.rank
    }
    for (let i = 0; i < this.#patient.length; i++) {
      const group = this.#patient[i]!
      if (group.rank > lowest) break
      const compiled = group.table.at(row)
      if (compiled === NOTHING) continue
      enabled.push(compiled)
      if (group.rank < lowest) lowest = group.rank
    }
  }

  /** Whether what can happen is in tables alone. */
  get canFreeze(): boolean {
    return true
  }

  /**
   * What the tables know now, where others look at it: another object than the last time where an array of it is another one.
   *
   * @param room where they lie from the first time on
   */
  frozen(room: Room): FrozenModel {
    this.#copy ??= { room, code: new SharedCopy(room), words: [], places: new Map(), model: null }
    const { code, words, places, model: last } = this.#copy
    const placeOf = (compiled: Compiled): number => {
      let place = places.get(compiled)
      if (place === undefined) {
        place = words.push(compiled.bit, compiled.reads, compiled.writes, compiled.code.length) - 1
        words.push(...compiled.code, ...compiled.writesOf)
        places.set(compiled, place)
      }
      return place
    }
    const frozen = (groups: readonly Group[], patient: boolean): FrozenGroup[] =>
      groups.map(({ rank, table }) => ({ rank, patient, tree: table.frozen(placeOf, this.#copy!.room) }))
    const now: FrozenModel = {
      width: this.width,
      groups: [...frozen(this.#eager, false), ...frozen(this.#patient, true)],
      absorbed: this.#absorbed.map((map) => map.frozen(this.#copy!.room)),
      code: code.follow(words, (word) => word),
    }
    const isSame =
      last !== null &&
      now.code === last.code &&
      now.absorbed.every((map, cell) => map === last.absorbed[cell]) &&
      now.groups.every(({ tree }, i) => tree === last.groups[i]!.tree)
    if (!isSame) this.#copy.model = now
    return isSame ? last : now
  }

  /** Whether any rule says of itself that it waits. */
  get canHoldBack(): boolean {
    return this.#waiting.tables.length > 0
  }

  /** Which patient rules wait in a state, and are held back there: by number, put into a list. */
  heldBack(row: Int32Array, into: number[]): void {
    let lowest: number | null = null
    for (const table of this.#waiting.tables)
      for (const { rank, number } of table.at(row)) {
        lowest ??= this.#lowestIn(row)
        if (rank > lowest) into.push(number)
      }
  }

  /** The least rank of what is enabled in a state. */
  #lowestIn(row: Int32Array): number {
    for (const { rank, table } of this.#ranked) if (table.at(row) !== NOTHING) return rank
    return Number.POSITIVE_INFINITY
  }

  /** The rule of one that waits. */
  ruleOfWaiting(waiter: number): string {
    return this.#waiting.ruleOf(waiter)
  }

  /** The value of `cell` after `parcel` arrived, as integers. */
  absorb(cell: Cell, word: number, parcel: number): number {
    const known = this.#absorbed[cell]!.get(parcel, word)
    return known === 0 ? this.#learnAbsorb(cell, word, parcel) : known - 1
  }

  #learnAbsorb(cell: Cell, word: number, parcel: number): number {
    const name = this.model.cells[cell]!
    const arrives = (saw: Saw): number => {
      const before = this.interners[cell]!.get(word)
      const arriving = this.#parcels.get(parcel)
      saw(name, before)
      saw('parcel', arriving)
      return this.#word(cell, this.model.absorb(cell, before, arriving))
    }
    const after = call(`a parcel arrives in ${name}`, arrives, this.watch)
    this.#absorbed[cell]!.set(parcel, word, after + 1)
    return after
  }

  /** An estimate, in bytes, of what the tables hold. */
  get tableBytes(): number {
    let bytes = 0
    for (const group of this.#eager) bytes += group.table.size * BYTES_AN_ENTRY
    for (const group of this.#patient) bytes += group.table.size * BYTES_AN_ENTRY
    for (const absorbed of this.#absorbed) bytes += absorbed.bytes
    for (const interner of this.interners) bytes += interner.characters * 4 + interner.values.length * 100
    return bytes
  }

  /** One after another, as the rules are: an outcome keeps its place among the others. */
  #groups(rules: readonly Rule[]): Group[] {
    const groups: Rule[][] = []
    for (const rule of rules) {
      const last = groups.at(-1)
      if (last !== undefined && canShareTable(last, rule)) last.push(rule)
      else groups.push([rule])
    }
    return groups.map((group, place) => this.#group(group, place))
  }

  /** @param place of it among the eager, or the patient ones */
  #group(rules: readonly Rule[], place: number): Group {
    const [first] = rules
    const bit = first!.patient === true || place >= MOST_BITS ? 0 : 1 << place
    return {
      rank: first!.rank ?? Number.POSITIVE_INFINITY,
      table: new Table<Compiled>({
        name: rules.map((rule) => rule.name).join(', '),
        allowed: null,
        cellNames: this.model.cells,
        interners: this.interners,
        compute: (look) => this.#compile(rules, bit, look),
      }),
    }
  }

  #compile(rules: readonly Rule[], bit: number, look: Look): Compiled {
    const code: number[] = []
    const labels: Label[] = []
    const clocks: (string | null)[] = []
    const writesOf: Cells[] = []
    // Whether it is the turn of a patient one is decided by all of the others.
    let reads = rules[0]!.patient === true ? ALL : NONE
    const looking: Look = (cell) => {
      reads |= bitOf(cell)
      return look(cell)
    }
    for (const rule of rules) {
      const fires = (saw: Saw): void => {
        const outcomes = rule.fire(telling(within(looking, rule.reads, this.model.cells), this.model.cells, saw))
        if (!Array.isArray(outcomes)) throw new Error('gives no list of outcomes. Where nothing can happen, give [].')
        for (const outcome of outcomes) {
          this.#compileOutcome(rule, outcome, code)
          writesOf.push(writtenBy(outcome))
          labels.push(outcome.clock === undefined ? outcome.label : { ...outcome.label, clock: outcome.clock })
          clocks.push(outcome.clock ?? null)
        }
      }
      call(rule.name, fires, this.watch)
    }
    if (labels.length === 0) return NOTHING
    const writes = writesOf.reduce((all, some) => all | some, NONE)
    return { code: Int32Array.from(code), labels, clocks, reads, writesOf, writes, bit }
  }

  #compileOutcome(rule: Rule, outcome: Outcome, code: number[]): void {
    code.push(outcome.fair === undefined ? -1 : this.#class(outcome.fair), outcome.sets.length)
    for (const [cell, value] of outcome.sets) {
      const name = nameOf(this.model.cells, cell)
      if (!rule.reads.includes(cell)) throw new Error(`sets cell '${name}', which it does not declare in 'reads'`)
      code.push(cell, this.#word(cell, value))
    }
    code.push(outcome.sends.length)
    for (const [cell, parcel] of outcome.sends) {
      const name = nameOf(this.model.cells, cell)
      code.push(
        cell,
        about(`what is sent to cell '${name}'`, () => this.#parcels.id(parcel)),
      )
    }
  }

  /** The integer of a value of a cell. */
  #word(cell: Cell, value: Value): number {
    return about(`cell '${this.model.cells[cell]}'`, () => this.interners[cell]!.id(value))
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

/** Bits of a set in one integer. */
const MOST_BITS = 32

const writtenBy = ({ sets, sends }: Outcome): Cells =>
  [...sets, ...sends].reduce((cells, [cell]) => cells | bitOf(cell), NONE)

const byRank = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY))

/**
 * Of one rank, and one of the two may look at no cell that the other may not: where they look at the same cells first, the table has no more entries than the larger one
 * alone. Rules of one place in the mobile internet do; two that look at different cells of those that they may have a table as large as their product.
 */
function canShareTable(group: readonly Rule[], rule: Rule): boolean {
  const widest = group.reduce((a, b) => (b.reads.length > a.reads.length ? b : a))
  const within = (a: Rule, b: Rule): boolean => a.reads.every((cell) => b.reads.includes(cell))
  return widest.rank === rule.rank && (within(rule, widest) || within(widest, rule))
}

/** A value that has no canonical form is reported with what it was to be. */
function about<Result>(what: string, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`${what}: ${error.message}`) : error
  }
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
