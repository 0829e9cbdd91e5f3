import { type Budget, Stopped } from './budget.ts'
import type { Edges } from './graph.ts'
import { IntList } from './int-list.ts'
import { PackedIntegers } from './packed-integers.ts'
import { SmallList } from './small-list.ts'

/** So many states (a power of two) have the number of their first edge together: each is counted from there on, most in a byte. */
const TOGETHER_BITS = 3
const TOGETHER = 2 ** TOGETHER_BITS
/** Edges lie in pieces of so many (a power of two): those of one lead to states that are not far from each other. What is full is packed, and never copied. */
const PIECE_BITS = 14
const PIECE = 2 ** PIECE_BITS
const MOST = 2 ** 31 - PIECE
/** The first piece begins smaller. */
const LEAST = 2 ** 10

/**
 * The edges of a search, as they are found, those of a state after those of the state before it: a large one of a protocol needs some 25 bits for where one leads and its fairness class.
 */
export class EdgeList implements Edges {
  readonly #budget: Budget
  /** By some states together, and by state. */
  readonly #base: IntList
  readonly #offset: SmallList
  /** By piece: the targets, and the classes. The last one is still written to, unless it is full. */
  readonly #targets: PackedIntegers[] = []
  readonly #fairs: PackedIntegers[] = []
  #lastTargets = new Int32Array(0)
  #lastFairs = new Int32Array(0)
  /** How many edges there are, how many there is room for, and how many are of states that came to an end. */
  #length = 0
  #room = 0
  #end = 0
  states = 0

  constructor(budget: Budget) {
    this.#budget = budget
    this.#base = new IntList(budget)
    this.#offset = new SmallList(budget)
  }

  /** @throws Stopped when the budget has no room */
  add(target: number, fair: number): void {
    if (this.#length === this.#room) this.#makeRoom()
    const at = this.#length & (PIECE - 1)
    this.#lastTargets[at] = target
    this.#lastFairs[at] = fair
    this.#length++
  }

  /** The same of so many, one after another in both lists. */
  addAll(targets: Int32Array, fair: Int32Array, from: number, count: number): void {
    const end = from + count
    for (let i = from; i < end; ) {
      if (this.#length === this.#room) this.#makeRoom()
      const fit = Math.min(end - i, this.#room - this.#length)
      const at = this.#length & (PIECE - 1)
      for (let k = 0; k < fit; k++) {
        this.#lastTargets[at + k] = targets[i + k] as number
        this.#lastFairs[at + k] = fair[i + k] as number
      }
      this.#length += fit
      i += fit
    }
  }

  /** After the last edge of each state. */
  endOfState(): void {
    if ((this.states & (TOGETHER - 1)) === 0) this.#base.push(this.#end)
    this.#offset.push(this.#end - this.#base.top())
    this.#end = this.#length
    this.states++
  }

  first(state: number): number {
    return state < this.states ? this.#base.at(state >>> TOGETHER_BITS) + this.#offset.at(state) : this.#end
  }

  target(edge: number): number {
    return this.#targets[edge >>> PIECE_BITS]!.at(edge & (PIECE - 1))
  }

  fair(edge: number): number {
    return this.#fairs[edge >>> PIECE_BITS]!.at(edge & (PIECE - 1))
  }

  #makeRoom(): void {
    // Where a state's edges begin is a 32-bit integer.
    if (this.#room >= MOST) throw new Stopped('memory')
    const { length } = this.#lastTargets
    if (length < PIECE) this.#beLonger(length === 0 ? LEAST : 2 * length)
    else this.#pack()
    // Both see what is written there from now on.
    const piece = this.#room >>> PIECE_BITS
    this.#targets[piece] = PackedIntegers.over(this.#lastTargets)
    this.#fairs[piece] = PackedIntegers.over(this.#lastFairs)
    this.#room = piece * PIECE + this.#lastTargets.length
  }

  #beLonger(length: number): void {
    // Where there is no room for both, both are as they were.
    const [targets, fairs] = [
      this.#budget.enlarged(this.#lastTargets, length),
      this.#budget.enlarged(this.#lastFairs, length),
    ]
    this.#lastTargets = targets
    this.#lastFairs = fairs
  }

  /** The last piece, in the place of which another one is written to. */
  #pack(): void {
    const piece = (this.#room - 1) >>> PIECE_BITS
    this.#targets[piece] = PackedIntegers.of(this.#lastTargets, this.#budget)
    this.#fairs[piece] = PackedIntegers.of(this.#lastFairs, this.#budget)
  }
}
