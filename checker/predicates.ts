import { call, nameOf, type Saw, telling } from './call.ts'
import { type Cells, NONE, touches } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import type { Watch } from './limits.ts'
import type { Look } from './model.ts'
import type { Predicate, StatePredicate, StepPredicate } from './property.ts'
import { BYTES_AN_ENTRY, Table } from './table.ts'

/** True, or the reason why not: never empty. */
export type Answer = true | string

/**
 * A predicate of states, tabulated as rules are. What it says of a state is what it said of another one, if the two differ only in cells that it has not looked at so far: it
 * would look at the same.
 */
export interface Asked {
  readonly name: string
  holds(row: Int32Array): boolean
  /** The same of a state that differs in these cells from one in which it holds. */
  stillHolds(row: Int32Array, changed: Cells): boolean
  /** True, or why not; of several parts that fail, all that they say. */
  says(row: Int32Array): Answer
  /** The cells that it has looked at so far, in any state. */
  readonly looked: Cells
}

/** A predicate of steps, tabulated in the same way. */
export interface AskedOfStep {
  says(before: Int32Array, after: Int32Array): Answer
  readonly looked: Cells
}

/** Predicates, tabulated, each once. */
export class PredicateTables {
  readonly #compiled: CompiledModel
  readonly #tables: Table<Answer>[] = []
  readonly #learning: Learning = { times: 0 }
  readonly #ofStates = new Map<Predicate, Asked>()
  readonly #ofSteps = new Map<StepPredicate, AskedOfStep>()

  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
  }

  /** An estimate, in bytes, of what the tables hold. */
  get bytes(): number {
    return this.#tables.reduce((bytes, { size }) => bytes + size * BYTES_AN_ENTRY, 0)
  }

  /** How often any of them was run through its readable function: only then can it have looked at more. */
  get learned(): number {
    return this.#learning.times
  }

  of(predicate: Predicate): Asked {
    let asked = this.#ofStates.get(predicate)
    if (asked === undefined) {
      if ('holds' in predicate) asked = new One(predicate.name, this.#tableOf(predicate))
      else if ('all' in predicate)
        asked = new All(
          predicate.name,
          predicate.all.map((part) => this.of(part)),
          this.#learning,
        )
      else
        asked = new Any(
          predicate.name,
          predicate.any.map((part) => this.of(part)),
          this.#learning,
        )
      this.#ofStates.set(predicate, asked)
    }
    return asked
  }

  /** The cells that some predicates have looked at so far, together. */
  lookedAtBy(asked: readonly { readonly looked: Cells }[]): LookedAt {
    return new LookedAt(asked, this.#learning)
  }

  ofStep(predicate: StepPredicate): AskedOfStep {
    let asked = this.#ofSteps.get(predicate)
    if (asked === undefined) {
      const table = this.#tableOfSteps(predicate)
      asked = {
        says: (before, after) => table.atPair(before, after),
        get looked() {
          return table.looked
        },
      }
      this.#ofSteps.set(predicate, asked)
    }
    return asked
  }

  #tableOf(predicate: StatePredicate): Table<Answer> {
    const { model, interners, watch } = this.#compiled
    return this.#added(
      new Table<Answer>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: model.cells,
        interners,
        compute: (look) => {
          this.#learning.times++
          return answerOf(predicate, (saw) => predicate.holds(telling(look, model.cells, saw)), watch)
        },
      }),
    )
  }

  #tableOfSteps(predicate: StepPredicate): Table<Answer> {
    const { model, interners, width, watch } = this.#compiled
    const before = model.cells.map((name) => `${name} (before)`)
    const after = model.cells.map((name) => `${name} (after)`)
    return this.#added(
      new Table<Answer>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: [...before, ...after],
        interners: [...interners, ...interners],
        width,
        compute: (look) => {
          this.#learning.times++
          const lookAfter: Look = (cell) => {
            nameOf(after, cell)
            return look(width + cell)
          }
          const ask = (saw: Saw) => predicate.holds(telling(look, before, saw), telling(lookAfter, after, saw))
          return answerOf(predicate, ask, watch)
        },
      }),
    )
  }

  #added(table: Table<Answer>): Table<Answer> {
    this.#tables.push(table)
    return table
  }
}

class One implements Asked {
  readonly name: string
  readonly #table: Table<Answer>

  constructor(name: string, table: Table<Answer>) {
    this.name = name
    this.#table = table
  }

  get looked(): Cells {
    return this.#table.looked
  }

  holds(row: Int32Array): boolean {
    return this.#table.at(row) === true
  }

  stillHolds(row: Int32Array, changed: Cells): boolean {
    return !touches(changed, this.#table.looked) || this.#table.at(row) === true
  }

  says(row: Int32Array): Answer {
    return this.#table.at(row)
  }
}

class All implements Asked {
  readonly name: string
  readonly #parts: readonly Asked[]
  readonly #looked: LookedAt

  constructor(name: string, parts: readonly Asked[], learning: Learning) {
    this.name = name
    this.#parts = parts
    this.#looked = new LookedAt(parts, learning)
  }

  get looked(): Cells {
    return this.#looked.cells
  }

  holds(row: Int32Array): boolean {
    // All are asked, also after one that fails: one that throws is to be reported.
    let all = true
    for (let i = 0; i < this.#parts.length; i++) if (!this.#parts[i]!.holds(row)) all = false
    return all
  }

  stillHolds(row: Int32Array, changed: Cells): boolean {
    if (!touches(changed, this.looked)) return true
    let all = true
    for (let i = 0; i < this.#parts.length; i++)
      if (touches(changed, this.#looked.by(i)) && !this.#parts[i]!.stillHolds(row, changed)) all = false
    return all
  }

  says(row: Int32Array): Answer {
    const reasons = this.#parts.map((part) => part.says(row)).filter((said) => said !== true)
    return reasons.length === 0 ? true : reasons.join('; ')
  }
}

class Any implements Asked {
  readonly name: string
  readonly #parts: readonly Asked[]
  readonly #looked: LookedAt

  constructor(name: string, parts: readonly Asked[], learning: Learning) {
    this.name = name
    this.#parts = parts
    this.#looked = new LookedAt(parts, learning)
  }

  get looked(): Cells {
    return this.#looked.cells
  }

  holds(row: Int32Array): boolean {
    for (let i = 0; i < this.#parts.length; i++) if (this.#parts[i]!.holds(row)) return true
    return false
  }

  stillHolds(row: Int32Array, changed: Cells): boolean {
    return !touches(changed, this.looked) || this.holds(row)
  }

  says(row: Int32Array): Answer {
    let reason = `nothing is so that ${this.name}`
    for (const part of this.#parts) {
      const said = part.says(row)
      if (said === true) return true
      reason = said
    }
    return reason
  }
}

/** How often any predicate was run through its readable function: only then can it have looked at more. */
interface Learning {
  times: number
}

/** The cells that some predicates have looked at, gathered again only where there may be more. */
export class LookedAt {
  readonly #asked: readonly { readonly looked: Cells }[]
  readonly #learning: Learning
  readonly #each: Int32Array
  #cells = NONE
  #knownAt = -1

  constructor(asked: readonly { readonly looked: Cells }[], learning: Learning) {
    this.#asked = asked
    this.#learning = learning
    this.#each = new Int32Array(asked.length)
  }

  /** All together. */
  get cells(): Cells {
    if (this.#knownAt !== this.#learning.times) this.#gather()
    return this.#cells
  }

  /** Those of each: as the last time that all together were asked for. */
  by(i: number): Cells {
    return this.#each[i] as Cells
  }

  #gather(): void {
    this.#knownAt = this.#learning.times
    this.#cells = NONE
    this.#asked.forEach(({ looked }, i) => {
      this.#each[i] = looked
      this.#cells |= looked
    })
  }
}

/** @throws SpecError when it throws, or answers what is no answer */
function answerOf({ name }: { readonly name: string }, ask: (saw: Saw) => unknown, watch: Watch | undefined): Answer {
  const asked = (saw: Saw): Answer => {
    const answer = ask(saw)
    if (answer === true) return true
    if (typeof answer === 'string') return answer === '' ? `'${name}' does not hold, and it does not say why` : answer
    throw new TypeError(
      `answered ${typeof answer === 'object' && answer !== null ? 'an object' : String(answer)}. A predicate answers true, or a ` +
        "string that says why not; most likely a comparison is given back as it is: write a === b || 'a is not b'.",
    )
  }
  return call(`predicate '${name}'`, asked, watch)
}
