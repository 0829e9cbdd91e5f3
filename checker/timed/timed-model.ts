import { call, telling } from '../call.ts'
import { CompiledModel, NOTHING } from '../compile.ts'
import type { Watch } from '../limits.ts'
import type { Clock, Label, Model, Value } from '../model.ts'
import { Table } from '../table.ts'
import { eachTime } from './back-off.ts'
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
  readonly #running: readonly Table<Part>[]
  /** What runs in a state, by the numbers of its parts. */
  readonly #together = new Map<string, readonly Started[]>()
  #parts = 0
  /** The numbers of a clock, by its id: one for each length that it may have, the first time, the second… */
  readonly #numbers = new Map<string, number[]>()
  /** By number: the clock's id, and all its numbers. */
  readonly #names: string[] = []
  readonly #ofSame: (readonly number[])[] = []
  /** How far the clocks are, by the integer of the cell. */
  readonly #places: At[] = []
  readonly #words = new Map<number, number[]>()
  readonly #passing = new Map<number, Label>()
  readonly #classes = new Map<number, number>()
  readonly #passes: number
  /** So many run in the state last given to `enable`. */
  #clocksHere = 0
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
          compute: (look) => ({
            number: this.#parts++,
            started: call(
              name,
              (saw) => running(telling(look, this.model.cells, saw)).map((clock) => this.#clock(clock)),
              watch,
            ),
          }),
        }),
    )
    this.#passes = this.fairness.push({ class: 'time passes', strength: 'strong' }) - 1
  }

  override get canFreeze(): boolean {
    return false
  }

  /** An outcome takes the square of the clocks that run. */
  override get stepCost(): number {
    return super.stepCost + ((this.#clocksHere * this.#clocksHere) >> PAIRS_PER_STEP)
  }

  override encode(values: readonly Value[]): Int32Array {
    const words = super.encode(values.length === this.#cell ? [...values, BEFORE_ALL] : values)
    words[this.#cell] = this.#word(this.#clockwork.begin(this.#runningIn(words, [], -1)))
    return words
  }

  /** Fills `enabled` with one entry: all outcomes that can be taken at some time before another one is due. */
  override enable(row: Int32Array): void {
    super.enable(row)
    const at = this.#places[row[this.#cell] as number]!
    this.#clocksHere = at.clocks.length
    const code: number[] = []
    const labels: Label[] = []
    const clocks: (string | null)[] = []
    let owed = false
    for (const compiled of this.enabled) {
      let from = 0
      compiled.labels.forEach((label, i) => {
        const end = endOf(compiled.code, from)
        const clock = compiled.clocks[i]!
        const word = this.#after(row, at, compiled.code, from, clock)
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
    } else if (!owed && this.#clockwork.due(at) < Number.POSITIVE_INFINITY) this.#stuck(row, at)
    this.enabled.length = 0
    if (labels.length > 0) this.enabled.push({ ...NOTHING, code: Int32Array.from(code), labels, clocks })
  }

  /** For a reader: how much is left of each clock, instead of how the search knows it. */
  override decode(row: Int32Array): readonly Value[] {
    const values = [...super.decode(row)]
    values[this.#cell] = this.#left(this.#places[row[this.#cell] as number]!)
    return values
  }

  override get tableBytes(): number {
    return super.tableBytes + this.#bytes
  }

  /** What has an end comes to it: the class of an outcome that does not say itself to what it is owed. */
  #owed(at: At, clock: string | null, said: number): number {
    if (said >= 0 || clock === null || !this.#clockwork.ends(at, this.#thatRuns(at, clock))) return said
    const first = this.#number(clock, 0)
    let owed = this.#classes.get(first)
    if (owed === undefined) {
      owed = this.fairness.push({ class: `what '${clock}' waits for`, strength: 'weak' }) - 1
      this.#classes.set(first, owed)
    }
    return owed
  }

  /** How far the clocks are after an outcome; null where it cannot be taken. */
  #after(row: Int32Array, at: At, code: Int32Array, from: number, clock: string | null): number | null {
    const fired = clock === null ? -1 : this.#thatRuns(at, clock)
    if (fired >= 0 && !this.#clockwork.canComeNext(at, fired)) return null
    const next = this.#scratch
    for (let cell = 0; cell < this.width; cell++) next[cell] = row[cell] as number
    let k = from + 1
    for (let sets = code[k++] as number; sets > 0; sets--) next[code[k++] as number] = code[k++] as number
    for (let sends = code[k++] as number; sends > 0; sends--) {
      const cell = code[k++] as number
      next[cell] = this.absorb(cell, next[cell] as number, code[k++] as number)
    }
    return this.#word(this.#clockwork.after(at, fired, this.#runningIn(next, at.clocks, fired)))
  }

  /** The number that a clock runs by. */
  #thatRuns(at: At, id: string): number {
    const numbers = this.#numbers.get(id) ?? []
    return (
      at.clocks.find((clock) => this.#ofSame[clock] === numbers) ??
      call(`clock '${id}'`, () => {
        throw new Error('does not run in a state with a step of its own. Let the rule and the clock look at the same.')
      })
    )
  }

  /**
   * The clocks that run in a state, in the order of their numbers.
   *
   * @param before those that ran until then
   * @param fired the one of them that has had its step, or -1
   */
  #runningIn(row: Int32Array, before: readonly number[], fired: number): readonly Running[] {
    const started = this.#startedIn(row)
    const running = new Array<Running>(started.length)
    for (let i = 0; i < running.length; i++) running[i] = this.#asItRuns(started[i]!, before, fired)
    return running
  }

  #startedIn(row: Int32Array): readonly Started[] {
    const parts: Part[] = []
    let key = ''
    for (const table of this.#running) {
      const part = table.at(row)
      if (part.started.length === 0) continue
      parts.push(part)
      key += `${part.number},`
    }
    let all = this.#together.get(key)
    if (all === undefined) {
      all = parts.flatMap(({ started }) => started).sort((one, other) => one[0]!.clock - other[0]!.clock)
      this.#mustDiffer(all)
      this.#together.set(key, all)
      this.#bytes += 200 + key.length * 2 + all.length * 8
    }
    return all
  }

  #mustDiffer(all: readonly Started[]): void {
    for (let i = 1; i < all.length; i++) {
      const { clock } = all[i]![0]!
      if (clock === all[i - 1]![0]!.clock)
        call(`clock '${this.#names[clock]}'`, () => {
          throw new Error('runs twice in one state. Give each thing that is under way an id of its own.')
        })
    }
  }

  /** How a clock of a state runs: it goes on, or starts, or starts afresh. */
  #asItRuns(started: Started, before: readonly number[], fired: number): Running {
    const first = started[0]!
    const numbers = this.#ofSame[first.clock]!
    if (numbers.length === 1) return first
    const was = before.find((clock) => this.#ofSame[clock] === numbers)
    if (was === undefined) return first
    return was === fired ? started[Math.min(numbers.indexOf(was) + 1, started.length - 1)]! : { ...first, clock: was }
  }

  #clock(clock: Clock): Started {
    const { id, earliest, latest } = clock
    const wrong = (n: number): boolean => !Number.isSafeInteger(n) || n < 0
    if (wrong(earliest) || (latest !== null && (wrong(latest) || latest < earliest)))
      throw new Error(
        `says that clock '${id}' runs from ${earliest} to ${latest}. Give whole numbers from 0 on, the earlier one first, or null for no end.`,
      )
    return eachTime(clock).map((one, times) => ({
      clock: this.#number(id, times),
      earliest: one.earliest,
      latest: one.latest ?? Number.POSITIVE_INFINITY,
    }))
  }

  #number(id: string, times: number): number {
    const numbers = this.#numbers.get(id) ?? []
    while (numbers.length <= times) {
      numbers.push(this.#names.push(id) - 1)
      this.#ofSame.push(numbers)
    }
    this.#numbers.set(id, numbers)
    return numbers[times]!
  }

  /** The integer of the cell, by which equal ones are known. */
  #word(at: At): number {
    const numbers = this.#clockwork.numbers(at)
    const hash = hashOf(numbers)
    let alike = this.#words.get(hash)
    if (alike === undefined) {
      alike = []
      this.#words.set(hash, alike)
    }
    for (const word of alike) if (areEqual(numbers, this.#clockwork.numbers(this.#places[word]!))) return word
    // What the value is does not matter: only that it is another one.
    const word = this.interners[this.#cell]!.id(this.#places.length)
    alike.push(word)
    this.#places[word] = at
    this.#bytes += 300 + numbers.reduce((total, list) => total + list.length * 8, 0)
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
  #stuck(row: Int32Array, at: At): never {
    const due = this.#clockwork.left(at).filter(({ to }) => Number.isFinite(to))
    const names = due.map(({ clock }) => `'${this.#names[clock]}'`).join(', ')
    return call('time', (saw) => {
      this.model.cells.forEach((name, cell) => {
        saw(name, this.interners[cell]!.get(row[cell] as number))
      })
      throw new Error(
        `stops: ${names} must be over by then, and no step ends it. Most likely its rule has no outcome while its clock runs; let both look at the same.`,
      )
    })
  }
}

/** The clocks that one rule sees run, and a number for them. */
interface Part {
  readonly number: number
  readonly started: readonly Started[]
}

/** A clock of a state, as it runs the first time, the second, and so on. */
type Started = readonly Running[]

/** A basic step takes about as long as so many pairs of clocks, as a power of 2. */
const PAIRS_PER_STEP = 4

/** What the cell holds until the clocks are known. */
const BEFORE_ALL: Value = 'not begun'

function hashOf(lists: readonly (readonly number[])[]): number {
  let hash = 0x811c9dc5
  for (const list of lists)
    for (let i = 0; i < list.length; i++) hash = Math.imul(hash ^ ((list[i] as number) | 0), 0x01000193)
  return hash
}

function areEqual(one: readonly (readonly number[])[], other: readonly (readonly number[])[]): boolean {
  return one.every((list, k) => {
    const same = other[k]!
    if (list.length !== same.length) return false
    for (let i = 0; i < list.length; i++) if (list[i] !== same[i]) return false
    return true
  })
}

/** Where the code of an outcome ends. */
function endOf(code: Int32Array, from: number): number {
  const sends = from + 2 + 2 * (code[from + 1] as number)
  return sends + 1 + 2 * (code[sends] as number)
}
