import { type Budget, Stopped } from './budget.ts'
import type { Edges } from './graph.ts'
import { IntList } from './int-list.ts'
import { mostIn, type SmallIntegers, SmallList, widened } from './small-list.ts'

/** So many states (a power of two) have the number of their first edge together: each is counted from there on, most in a byte. */
const TOGETHER_BITS = 3
const TOGETHER = 2 ** TOGETHER_BITS
/** Edges lie in pieces of so many (a power of two): what is full is never copied. */
const PIECE_BITS = 16
const PIECE = 2 ** PIECE_BITS
const MOST = 2 ** 31 - PIECE
/** The first piece begins smaller. */
const LEAST = 2 ** 10

/**
 * The edges of a search, as they are found, those of a state after those of the state before it: three bytes for where one leads, up to 2^24 states, and one for its fairness class.
 */
export class EdgeList implements Edges {
  readonly #budget: Budget
  /** By some states together, and by state. */
  readonly #base: IntList
  readonly #offset: SmallList
  /** By piece: the lower 16 bits of the targets, the others, and the classes. */
  readonly #low: Uint16Array[] = []
  readonly #high: SmallIntegers[] = []
  readonly #fair: SmallIntegers[] = []
  /** The last piece, and the largest that its arrays have room for. */
  #lows: Uint16Array = new Uint16Array(0)
  #highs: SmallIntegers = new Uint8Array(0)
  #fairs: SmallIntegers = new Int8Array(0)
  #mostHigh = 0
  #mostFair = 0
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
    const high = target >>> 16
    if (high > this.#mostHigh) this.#useHighs(widened(this.#highs, high, this.#budget))
    if (fair > this.#mostFair) this.#useFairs(widened(this.#fairs, fair, this.#budget))
    const at = this.#length & (PIECE - 1)
    this.#lows[at] = target
    this.#highs[at] = high
    this.#fairs[at] = fair
    this.#length++
  }

  /** The same of so many, one after another in both lists. */
  addAll(targets: Int32Array, fair: Int32Array, from: number, count: number): void {
    for (let i = from; i < from + count; i++) this.add(targets[i] as number, fair[i] as number)
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
    const piece = edge >>> PIECE_BITS
    const at = edge & (PIECE - 1)
    return (this.#low[piece]![at] as number) + (this.#high[piece]![at] as number) * 2 ** 16
  }

  fair(edge: number): number {
    return this.#fair[edge >>> PIECE_BITS]![edge & (PIECE - 1)] as number
  }

  #makeRoom(): void {
    const budget = this.#budget
    // Where a state's edges begin is a 32-bit integer.
    if (this.#room >= MOST) throw new Stopped('memory')
    const isFull = this.#room % PIECE === 0
    const length = this.#room === 0 ? LEAST : isFull ? PIECE : 2 * this.#room
    const [lows, highs, fairs] = isFull
      ? [new Uint16Array(0), new Uint8Array(0), new Int8Array(0)]
      : [this.#lows, this.#highs, this.#fairs]
    const longer = [
      budget.enlarged(lows, length),
      budget.enlarged<SmallIntegers>(highs, length),
      budget.enlarged<SmallIntegers>(fairs, length),
    ] as const
    if (isFull) for (const pieces of [this.#low, this.#high, this.#fair]) pieces.length++
    this.#lows = longer[0]
    this.#low[this.#low.length - 1] = longer[0]
    this.#useHighs(longer[1])
    this.#useFairs(longer[2])
    this.#room = isFull ? this.#room + length : length
  }

  #useHighs(highs: SmallIntegers): void {
    this.#highs = highs
    this.#high[this.#high.length - 1] = highs
    this.#mostHigh = mostIn(highs)
  }

  #useFairs(fairs: SmallIntegers): void {
    this.#fairs = fairs
    this.#fair[this.#fair.length - 1] = fairs
    this.#mostFair = mostIn(fairs)
  }
}
