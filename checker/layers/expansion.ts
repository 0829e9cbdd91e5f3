import type { Budget } from '../budget.ts'
import { ALL, bitOf, type Cells, NONE } from '../cells.ts'
import type { CompiledModel } from '../compile.ts'
import { SpecError } from '../errors.ts'
import type { Observer } from '../observer.ts'
import type { Dictionary } from './dictionary.ts'
import { makeFolder, ownName } from './disk/files.ts'
import type { Expanded, Folder, Thrown } from './folder.ts'
import { KeyReader } from './key-file.ts'
import { KeyLayout } from './key-layout.ts'
import { KeySet } from './key-set.ts'
import type { Sizes } from './merge.ts'
import type { Partition } from './partition.ts'
import { Steps } from './steps.ts'

/** What all steps of a search work with. */
export interface Bench {
  readonly compiled: CompiledModel
  readonly folder: Folder
  readonly dictionary: Dictionary
  readonly partition: Partition
  readonly sizes: Sizes
  readonly budget: Budget
}

/** Expands parts of layers: follows all steps out of their states, and writes what they lead to as sorted runs. */
export class Expansion {
  readonly #bench: Bench
  readonly #observer: Observer
  readonly #asksSteps: boolean
  readonly #steps: Steps
  readonly #row: Int32Array
  /** The state that was looked at before it. */
  readonly #before: Int32Array
  #looked = false
  #layout: KeyLayout
  /** What was found, by the part that it belongs to. */
  #sets: (KeySet | null)[]
  #runs: string[][] = []
  #key = new Int32Array(0)
  #base = new Int32Array(0)
  #sum = 0
  /** Where it is. */
  depth = 0
  states = 0
  transitions = 0
  readonly #follow = (): boolean => this.#followed()

  constructor(bench: Bench, observer: Observer, asksSteps: boolean) {
    this.#bench = bench
    this.#observer = observer
    this.#asksSteps = asksSteps
    this.#steps = new Steps(bench.compiled)
    this.#row = new Int32Array(bench.compiled.width)
    this.#before = new Int32Array(bench.compiled.width)
    this.#sets = Array.from({ length: bench.partition.count }, () => null)
    this.#layout = this.#adopt(KeyLayout.fitting(bench.compiled.interners))
  }

  /** Writes the initial states as the first layer. */
  begin(rows: readonly Int32Array[]): void {
    const { folder, partition } = this.#bench
    this.#runs = this.#sets.map(() => [])
    this.#fit()
    makeFolder(folder.runs(0))
    // Room for all: nobody merges runs into the first layer.
    const places = Math.max(LEAST_PLACES, 2 ** Math.ceil(Math.log2(2 * rows.length)))
    for (let part = 0; part < this.#sets.length; part++) {
      this.#sets[part]?.end()
      this.#sets[part] = new KeySet(this.#layout, places, this.#bench.sizes.block, this.#bench.budget)
    }
    for (const row of rows) {
      this.#layout.pack(row, this.#key, 0)
      this.#put(partition.of(partition.sumOf(row)))
    }
    this.#sets.forEach((set, part) => {
      set!.spill(folder.states(0, part))
      set!.end()
    })
    this.#sets.fill(null)
  }

  /** Expands a part of a layer. */
  expand(depth: number, part: number): Expanded {
    const { folder, dictionary, budget } = this.#bench
    for (const set of this.#sets) set?.clear()
    this.#runs = this.#sets.map(() => [])
    this.depth = depth
    this.states = 0
    this.transitions = 0
    dictionary.catchUp()
    this.#fit()
    makeFolder(folder.runs(depth))
    const reader = new KeyReader(folder.states(depth, part), null, this.#bench.sizes.block)
    let failure: Thrown | null = null
    try {
      for (; reader.at < reader.end && failure === null; reader.next()) {
        reader.layout.unpack(reader.keys, reader.at, this.#row)
        failure = this.#expandState()
        if (failure === null) this.states++
      }
    } finally {
      reader.close()
    }
    this.#spillAll()
    budget.look()
    return {
      states: this.states,
      transitions: this.transitions,
      runs: this.#runs,
      ...this.#known(),
      failure,
      known: dictionary.known(),
    }
  }

  /** What properties know by now; what was known before this part was expanded is known from the parts before it too. */
  #known(): Pick<Expanded, 'decided' | 'witnessed'> {
    const { violations, witnessed } = this.#observer
    return {
      decided: violations.flatMap((seen, property) => (seen === undefined ? [] : [{ property, reason: seen.reason }])),
      witnessed: witnessed.flatMap((seen, property) => (seen ? [property] : [])),
    }
  }

  #expandState(): Thrown | null {
    const { compiled, partition, budget } = this.#bench
    const row = this.#row
    try {
      compiled.enable(row)
      this.#observer.visit(0, row, compiled.enabled.length === 0, this.#changes())
      this.#sum = partition.sumOf(row)
      let before = this.transitions
      this.#layout.pack(row, this.#base, 0)
      while (!this.#steps.each(row, this.#follow)) {
        this.transitions = before
        this.#fit()
        this.#layout.pack(row, this.#base, 0)
      }
      before = this.transitions - before
      budget.poll(compiled.stepCost * (1 + before))
      return null
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      return { row: [...row], where: error.where, message: error.message, saw: error.saw as Thrown['saw'] }
    }
  }

  /** The cells in which the state in hand differs from the one that was looked at before it. */
  #changes(): Cells {
    const [row, before] = [this.#row, this.#before]
    let changed = this.#looked ? NONE : ALL
    this.#looked = true
    for (let cell = 0; cell < row.length; cell++) {
      if (row[cell] === before[cell]) continue
      changed |= bitOf(cell)
      before[cell] = row[cell] as number
    }
    return changed
  }

  /** A step: false where an integer has no room in keys as they are. */
  #followed(): boolean {
    const { partition } = this.#bench
    const [row, steps, layout, key, base] = [this.#row, this.#steps, this.#layout, this.#key, this.#base]
    const { next, touched } = steps
    for (let i = 0; i < layout.size; i++) key[i] = base[i] as number
    let sum = this.#sum
    for (let i = 0; i < steps.touches; i++) {
      const cell = touched[i] as number
      const [before, after] = [row[cell] as number, next[cell] as number]
      if (!layout.fits(cell, after)) return false
      layout.change(key, 0, cell, before ^ after)
      sum = (sum + partition.change(cell, before, after)) | 0
    }
    if (this.#asksSteps) this.#observer.step(0, row, next, steps.changed)
    this.#put(partition.of(sum))
    this.transitions++
    return true
  }

  /** Takes in the key in hand. */
  #put(part: number): void {
    this.#sets[part] ??= this.#newSet()
    const set = this.#sets[part]
    if (set.add(this.#key, 0)) return
    this.#spill(part)
    set.add(this.#key, 0)
  }

  #newSet(): KeySet {
    const { sizes, partition, budget } = this.#bench
    const places = sizes.tables / partition.count / (this.#layout.size * 4)
    const most = 2 ** Math.floor(Math.log2(Math.min(Math.max(places, LEAST_PLACES), MOST_PLACES)))
    return new KeySet(this.#layout, most, sizes.block, budget)
  }

  #spill(part: number): void {
    const { folder } = this.#bench
    const path = ownName(folder.run(this.depth, String(part)))
    this.#sets[part]!.spill(path)
    this.#runs[part]!.push(path.slice(folder.runs(this.depth).length + 1))
  }

  #spillAll(): void {
    this.#sets.forEach((set, part) => {
      if (set !== null && set.count > 0) this.#spill(part)
    })
  }

  /** Sees to it that all integers that are known have room. */
  #fit(): void {
    const { interners } = this.#bench.compiled
    if (interners.every(({ size }, cell) => size === 0 || this.#layout.fits(cell, size - 1))) return
    this.#spillAll()
    for (const set of this.#sets) set?.end()
    this.#sets.fill(null)
    this.#layout = this.#adopt(KeyLayout.fitting(interners))
  }

  #adopt(layout: KeyLayout): KeyLayout {
    this.#key = new Int32Array(layout.size)
    this.#base = new Int32Array(layout.size)
    return layout
  }
}

const LEAST_PLACES = 4
/** So that sorting them gives a sign of life in time. */
const MOST_PLACES = 2 ** 26
