import { nameOf } from './call.ts'
import { SpecError } from './errors.ts'
import type { Interner } from './intern.ts'
import type { Cell, Look } from './model.ts'

/** An estimate of what one entry of a table takes. */
export const BYTES_AN_ENTRY = 200

/**
 * A pure function of a state, tabulated by the cells that it really looked at: a decision tree whose inner nodes say which
 * cell to look at next and whose leaves hold the result. The function runs once for each path; after that only integers move.
 */
export class Table<Result> {
  readonly #name: string
  readonly #allowed: ReadonlySet<Cell> | null
  readonly #cellNames: readonly string[]
  readonly #interners: readonly Interner[]
  readonly #compute: (look: Look) => Result
  #root: Branch<Result> | null = null
  /** How many inputs were computed through the readable function. */
  size = 0

  constructor(options: {
    name: string
    /** Cells that may be looked at; null for all. */
    allowed: readonly Cell[] | null
    cellNames: readonly string[]
    interners: readonly Interner[]
    /** The readable function, run by `call`: what it throws says where it was. */
    compute: (look: Look) => Result
  }) {
    this.#name = options.name
    this.#allowed = options.allowed === null ? null : new Set(options.allowed)
    this.#cellNames = options.cellNames
    this.#interners = options.interners
    this.#compute = options.compute
  }

  /** The result for the state whose cell integers are `words[base..]`. */
  at(words: Int32Array, base: number): Result {
    let branch = this.#root
    if (branch === null) return this.#learn(words, base)
    while (branch.cell >= 0) {
      const next: Branch<Result> | undefined = branch.next(words[base + branch.cell] as number)
      if (next === undefined) return this.#learn(words, base)
      branch = next
    }
    return branch.result as Result
  }

  /** The result for two states side by side: cells from `width` on are those of `second`. */
  atPair(words: Int32Array, base: number, second: Int32Array, secondBase: number, width: number): Result {
    let branch = this.#root
    while (branch !== null && branch.cell >= 0) {
      const { cell }: Branch<Result> = branch
      branch = branch.next((cell < width ? words[base + cell] : second[secondBase + cell - width]) as number) ?? null
    }
    if (branch !== null) return branch.result as Result
    const pair = new Int32Array(width * 2)
    for (let cell = 0; cell < width; cell++) {
      pair[cell] = words[base + cell] as number
      pair[width + cell] = second[secondBase + cell] as number
    }
    return this.#learn(pair, 0)
  }

  #learn(words: Int32Array, base: number): Result {
    const path: Cell[] = []
    const look: Look = (cell) => {
      const name = nameOf(this.#cellNames, cell)
      if (this.#allowed !== null && !this.#allowed.has(cell)) {
        throw new Error(`looks at cell '${name}', which it does not declare in 'reads'`)
      }
      if (!path.includes(cell)) path.push(cell)
      return this.#interners[cell]!.get(words[base + cell] as number)
    }
    const result = this.#compute(look)
    this.size++
    this.#insert(path, words, base, result)
    return result
  }

  #insert(path: readonly Cell[], words: Int32Array, base: number, result: Result): void {
    const leaf = new Branch<Result>(-1, false)
    leaf.result = result
    if (path.length === 0) {
      this.#root = leaf
      return
    }
    this.#root ??= new Branch<Result>(path[0]!, true)
    let branch = this.#root
    for (let i = 0; i < path.length; i++) {
      if (branch.cell !== path[i]) {
        throw new SpecError(this.#name, {}, new Error('is not pure: on the same input it looked at other cells'))
      }
      const word = words[base + path[i]!] as number
      const isLast = i === path.length - 1
      let next = branch.next(word)
      if (next === undefined) {
        next = isLast ? leaf : new Branch<Result>(path[i + 1]!, false)
        branch.set(word, next)
      }
      branch = next
    }
  }
}

class Branch<Result> {
  /** The cell to look at next; −1 at a leaf. */
  readonly cell: Cell
  result: Result | undefined = undefined
  // The first level is dense (every value of that cell turns up); deeper levels are sparse.
  readonly #dense: (Branch<Result> | undefined)[] | null
  readonly #sparse: Map<number, Branch<Result>> | null

  constructor(cell: Cell, dense: boolean) {
    this.cell = cell
    this.#dense = cell >= 0 && dense ? [] : null
    this.#sparse = cell >= 0 && !dense ? new Map() : null
  }

  next(word: number): Branch<Result> | undefined {
    return this.#dense !== null ? this.#dense[word] : this.#sparse!.get(word)
  }

  set(word: number, branch: Branch<Result>): void {
    if (this.#dense !== null) {
      while (this.#dense.length < word) this.#dense.push(undefined)
      this.#dense[word] = branch
    } else this.#sparse!.set(word, branch)
  }
}
