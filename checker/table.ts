import { nameOf } from './call.ts'
import { bitOf, type Cells, NONE } from './cells.ts'
import { SpecError } from './errors.ts'
import { type FrozenTree, KNOWS_NOTHING, type Room, SharedCopy, UNKNOWN } from './frozen.ts'
import type { Interner } from './intern.ts'
import type { Cell, Look } from './model.ts'
import { StepMap } from './step-map.ts'

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
  /** Cells of one state. */
  readonly #width: number
  /** By node: the cell to look at next; −1 at a leaf, whose result is in `#results`. Node 0 is the root. */
  readonly #cells: Cell[] = []
  readonly #results: (Result | undefined)[] = []
  /** By the integer of the root's cell: the node after it, 0 where it is not known. Every value of that cell turns up. */
  #first: number[] = []
  /** The nodes after others. */
  readonly #next = new StepMap()
  #copy: Copy | null = null
  /** How many inputs were computed through the readable function. */
  size = 0
  /** The cells that it has looked at so far, of a pair of states those of either. */
  looked: Cells = NONE

  constructor(options: {
    name: string
    /** Cells that may be looked at; null for all. */
    allowed: readonly Cell[] | null
    cellNames: readonly string[]
    interners: readonly Interner[]
    /** Cells of one state, where it is of pairs: those of the second come after those of the first. */
    width?: number
    /** The readable function, run by `call`: what it throws says where it was. */
    compute: (look: Look) => Result
  }) {
    this.#name = options.name
    this.#allowed = options.allowed === null ? null : new Set(options.allowed)
    this.#cellNames = options.cellNames
    this.#interners = options.interners
    this.#compute = options.compute
    this.#width = options.width ?? options.cellNames.length
  }

  /** The result for the state whose cells have these integers. */
  at(row: Int32Array): Result {
    const cells = this.#cells
    if (cells.length === 0) return this.#learn(row)
    let cell = cells[0] as number
    if (cell < 0) return this.#results[0] as Result
    let node = this.#first[row[cell] as number]
    for (;;) {
      if (node === undefined || node === 0) return this.#learn(row)
      cell = cells[node] as number
      if (cell < 0) return this.#results[node] as Result
      node = this.#next.get(node, row[cell] as number)
    }
  }

  /** The result for two states. */
  atPair(row: Int32Array, second: Int32Array): Result {
    const cells = this.#cells
    const width = this.#width
    let node: number | undefined = cells.length === 0 ? undefined : 0
    while (node !== undefined) {
      const cell = cells[node] as number
      if (cell < 0) return this.#results[node] as Result
      const integer = (cell < width ? row[cell] : second[cell - width]) as number
      node = (node === 0 ? this.#first[integer] : this.#next.get(node, integer)) || undefined
    }
    const pair = new Int32Array(width * 2)
    pair.set(row)
    pair.set(second, width)
    return this.#learn(pair)
  }

  /** What is known, as the tree that it is; null where nothing is. */
  tree(): Tree<Result> | null {
    const branches = this.#cells.map((): [integer: number, node: number][] => [])
    this.#first.forEach((node, integer) => {
      if (node !== 0) branches[0]!.push([integer, node])
    })
    this.#next.forEach((from, integer, node) => {
      branches[from]!.push([integer, node])
    })
    const treeOf = (node: number): Tree<Result> => {
      const cell = this.#cells[node]!
      if (cell === LEAF) return { result: this.#results[node] as Result }
      const sorted = branches[node]!.sort((a, b) => a[0] - b[0])
      return { cell, branches: sorted.map(([integer, next]) => [integer, treeOf(next)] as const) }
    }
    return this.#cells.length === 0 ? null : treeOf(0)
  }

  /**
   * What it knows now, where others look at it.
   *
   * @param placeOf a number for each result
   */
  frozen(placeOf: (result: Result) => number, room: Room): FrozenTree {
    if (this.size === 0) return KNOWS_NOTHING
    this.#copy ??= {
      cells: new SharedCopy(room),
      leaf: new SharedCopy(room),
      first: new SharedCopy(room),
      tree: null,
      size: 0,
    }
    const { cells, leaf, first, tree, size } = this.#copy
    if (tree !== null && this.size === size) return tree
    this.#copy.size = this.size
    const now: FrozenTree = {
      cells: cells.follow(this.#cells, (cell) => cell),
      leaf: leaf.follow(this.#results, (result) => (result === undefined ? UNKNOWN : placeOf(result))),
      first: first.followAll(this.#first),
      next: this.#next.frozen(room),
    }
    const isSame = now.cells === tree?.cells && now.first === tree.first && now.next === tree.next
    if (!isSame) this.#copy.tree = now
    return isSame ? tree : now
  }

  #learn(row: Int32Array): Result {
    const path: Cell[] = []
    const look: Look = (cell) => {
      const name = nameOf(this.#cellNames, cell)
      if (this.#allowed !== null && !this.#allowed.has(cell)) {
        throw new Error(`looks at cell '${name}', which it does not declare in 'reads'`)
      }
      if (!path.includes(cell)) path.push(cell)
      return this.#interners[cell]!.get(row[cell] as number)
    }
    const result = this.#compute(look)
    this.size++
    this.#insert(path, row, result)
    return result
  }

  #insert(path: readonly Cell[], row: Int32Array, result: Result): void {
    if (this.#cells.length === 0) this.#node(path[0] ?? LEAF)
    let node = 0
    path.forEach((cell, i) => {
      if (this.#cells[node] !== cell) throw this.#impure()
      const integer = row[cell] as number
      let after = node === 0 ? (this.#first[integer] ?? 0) : this.#next.get(node, integer)
      if (after === 0) {
        after = this.#node(path[i + 1] ?? LEAF)
        if (node === 0) {
          while (this.#first.length < integer) this.#first.push(0)
          this.#first[integer] = after
        } else this.#next.set(node, integer, after)
      }
      node = after
    })
    if (this.#cells[node] !== LEAF) throw this.#impure()
    this.#results[node] = result
  }

  #impure(): SpecError {
    return new SpecError(this.#name, {}, new Error('is not pure: on the same input it looked at other cells'))
  }

  #node(cell: Cell | typeof LEAF): number {
    if (cell !== LEAF) this.looked |= bitOf(cell % this.#width)
    this.#results.push(undefined)
    return this.#cells.push(cell) - 1
  }
}

const LEAF = -1

/** A table for other threads, with how much it knew then. */
interface Copy {
  readonly cells: SharedCopy
  readonly leaf: SharedCopy
  readonly first: SharedCopy
  tree: FrozenTree | null
  size: number
}

/** A decision tree: the cell to look at, and where each of its integers leads; or a result. */
export type Tree<Result> =
  | { readonly result: Result }
  | { readonly cell: Cell; readonly branches: readonly (readonly [integer: number, next: Tree<Result>])[] }
