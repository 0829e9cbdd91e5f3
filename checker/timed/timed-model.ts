import { call, telling } from '../call.ts'
import { CompiledModel } from '../compile.ts'
import type { Watch } from '../limits.ts'
import type { Clock, Label, Model, Value } from '../model.ts'
import { Table } from '../table.ts'
import type { Clockwork, Running } from './running.ts'

/** The cell that says how far the clocks are, after those of the model. */
export const CLOCKS = 'clocks'

/**
 * A model with time: its rules say what can happen, its clocks when. One more cell holds how far they are; each step sets it. What the rules
 * and clocks look at is tabulated as ever, so that only clocks are reckoned with in each state.
 */
export class TimedModel<At extends { readonly clocks: readonly number[] }> extends CompiledModel {
  readonly #clockwork: Clockwork<At>
  readonly #cell: number
  readonly #running: readonly Table<readonly Running[]>[]
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []
  /** How far the clocks are, by the integer of the cell. */
  readonly #places: At[] = []
  readonly #wordOf = new Map<string, number>()
  readonly #passing = new Map<number, Label>()
  readonly #classes = new Map<number, number>()
  readonly #passes: number
  #bytes = 0
  #scratch: Int32Array

  constructor(model: Model, clockwork: Clockwork<At>, watch?: Watch) {
    super({ ...model, cells: [...model.cells, CLOCKS] }, watch)
    this.#clockwork = clockwork
    this.#cell = model.cells.length
    this.#scratch = new Int32Array(this.width)
    this.#running = model.time!.clocks.map(
      ({ name, reads, running }) =>
        new Table({
          name,
          allowed: reads,
          cellNames: this.model.cells,
          interners: this.interners,
          compute: (look) =>
            call(
              name,
              (saw) => running(telling(look, this.model.cells, saw)).map((clock) => this.#clock(clock)),
              watch,
            ),
        }),
    )
    this.#passes = this.fairness.push({ class: 'time passes', strength: 'strong' }) - 1
  }

  override encode(values: readonly Value[]): Int32Array {
    const words = super.encode(values.length === this.#cell ? [...values, BEFORE_ALL] : values)
    words[this.#cell] = this.#word(this.#clockwork.begin(this.#runningIn(words)))
    return words
  }

  /** Fills `enabled` with one entry: all outcomes that can be taken at some time before another one is due. */
  override enable(words: Int32Array, base: number): void {
    super.enable(words, base)
    const at = this.#places[words[base + this.#cell] as number]!
    const code: number[] = []
    const labels: Label[] = []
    const clocks: (string | null)[] = []
    let owed = false
    for (const compiled of this.enabled) {
      let from = 0
      compiled.labels.forEach((label, i) => {
        const end = endOf(compiled.code, from)
        const clock = compiled.clocks[i]!
        const word = this.#after(words, base, at, compiled.code, from, clock)
        if (word !== null) {
          const due = this.#owed(at, clock, compiled.code[from] as number)
          code.push(due, (compiled.code[from + 1] as number) + 1, this.#cell, word)
          for (let k = from + 2; k < end; k++) code.push(compiled.code[k] as number)
          labels.push(label)
          clocks.push(clock)
          owed ||= due >= 0
        }
        from = end
      })
    }
    const later = this.#clockwork.later(at, labels.length > 0)
    if (later !== null) {
      code.push(this.#passes, 1, this.#cell, this.#word(later.at), 0)
      labels.push(this.#passingLabel(later.units))
      clocks.push(null)
    } else if (!owed && this.#clockwork.due(at) < Number.POSITIVE_INFINITY) this.#stuck(words, base, at)
    this.enabled.length = 0
    if (labels.length > 0) this.enabled.push({ code: Int32Array.from(code), labels, clocks })
  }

  /** For a reader: how much is left of each clock, instead of how the search knows it. */
  override decode(words: Int32Array, base: number): readonly Value[] {
    const values = [...super.decode(words, base)]
    values[this.#cell] = this.#left(this.#places[words[base + this.#cell] as number]!)
    return values
  }

  override get tableBytes(): number {
    return super.tableBytes + this.#bytes
  }

  /** What has an end comes to it: the class of an outcome that does not say itself to what it is owed. */
  #owed(at: At, clock: string | null, said: number): number {
    if (said >= 0 || clock === null || !this.#clockwork.ends(at, this.#number(clock))) return said
    const number = this.#number(clock)
    let owed = this.#classes.get(number)
    if (owed === undefined) {
      owed = this.fairness.push({ class: `what '${clock}' waits for`, strength: 'weak' }) - 1
      this.#classes.set(number, owed)
    }
    return owed
  }

  /** How far the clocks are after an outcome; null where it cannot be taken. */
  #after(words: Int32Array, base: number, at: At, code: Int32Array, from: number, clock: string | null): number | null {
    const next = this.#scratch
    for (let cell = 0; cell < this.width; cell++) next[cell] = words[base + cell] as number
    let k = from + 1
    for (let sets = code[k++] as number; sets > 0; sets--) next[code[k++] as number] = code[k++] as number
    for (let sends = code[k++] as number; sends > 0; sends--) {
      const cell = code[k++] as number
      next[cell] = this.absorb(cell, next[cell] as number, code[k++] as number)
    }
    const fired = clock === null ? -1 : this.#number(clock)
    if (fired >= 0 && !at.clocks.includes(fired)) {
      return call(`clock '${clock}'`, () => {
        throw new Error('does not run in a state with a step of its own. Let the rule and the clock look at the same.')
      })
    }
    const after = this.#clockwork.after(at, fired, this.#runningIn(next))
    return after === null ? null : this.#word(after)
  }

  /** The clocks that run in a state, in the order of their numbers. */
  #runningIn(words: Int32Array): readonly Running[] {
    const parts = this.#running.map((table) => table.at(words, 0))
    const all = parts.flat().sort((one, other) => one.clock - other.clock)
    for (let i = 1; i < all.length; i++) {
      if (all[i]!.clock === all[i - 1]!.clock)
        call(`clock '${this.#names[all[i]!.clock]}'`, () => {
          throw new Error('runs twice in one state. Give each thing that is under way an id of its own.')
        })
    }
    return all
  }

  #clock({ id, earliest, latest }: Clock): Running {
    const wrong = (n: number): boolean => !Number.isSafeInteger(n) || n < 0
    if (wrong(earliest) || (latest !== null && (wrong(latest) || latest < earliest)))
      throw new Error(
        `says that clock '${id}' runs from ${earliest} to ${latest}. Give whole numbers from 0 on, the earlier one first, or null for no end.`,
      )
    return { clock: this.#number(id), earliest, latest: latest ?? Number.POSITIVE_INFINITY }
  }

  #number(id: string): number {
    let number = this.#numbers.get(id)
    if (number === undefined) {
      number = this.#names.push(id) - 1
      this.#numbers.set(id, number)
    }
    return number
  }

  #word(at: At): number {
    const key = this.#clockwork.key(at)
    let word = this.#wordOf.get(key)
    if (word === undefined) {
      word = this.interners[this.#cell]!.id(key)
      this.#wordOf.set(key, word)
      this.#places[word] = at
      // Eight bytes a number, about as many as the text has separators, and what a list and a map take besides.
      this.#bytes += 300 + key.length * 4
    }
    return word
  }

  /** For a reader: what is left of each clock, null where it has no end. */
  #left(at: At): Value {
    return Object.fromEntries(
      this.#clockwork
        .left(at)
        .map(({ clock, from, to }) => [this.#names[clock]!, [from, Number.isFinite(to) ? to : null]]),
    )
  }

  #passingLabel(units: number): Label {
    let label = this.#passing.get(units)
    if (label === undefined) {
      label = { kind: 'time', text: `${units} pass`, passes: units }
      this.#passing.set(units, label)
    }
    return label
  }

  /** Time cannot go on: an error of the model, not a run of it. */
  #stuck(words: Int32Array, base: number, at: At): never {
    const due = this.#clockwork.left(at).filter(({ to }) => Number.isFinite(to))
    const names = due.map(({ clock }) => `'${this.#names[clock]}'`).join(', ')
    return call('time', (saw) => {
      this.model.cells.forEach((name, cell) => {
        saw(name, this.interners[cell]!.get(words[base + cell] as number))
      })
      throw new Error(
        `stops: ${names} must be over by then, and no step ends it. Most likely its rule has no outcome while its clock runs; let both look at the same.`,
      )
    })
  }
}

/** What the cell holds until the clocks are known. */
const BEFORE_ALL: Value = 'not begun'

/** Where the code of an outcome ends. */
function endOf(code: Int32Array, from: number): number {
  const sends = from + 2 + 2 * (code[from + 1] as number)
  return sends + 1 + 2 * (code[sends] as number)
}
