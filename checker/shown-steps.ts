import type { Budget } from './budget.ts'
import type { Cells } from './cells.ts'
import { ALL } from './cells.ts'
import type { Layout } from './layout.ts'

/** How many steps are remembered at most, the last of those that fall on one place: a power of two. */
const PLACES = 2 ** 13

/**
 * Which steps have been shown to somebody who looks at some cells alone: one with the same integers there before and after it says nothing new. A large search makes millions of steps, and few
 * thousand differ in what is looked at. Some that were shown are forgotten.
 */
export class ShownSteps {
  /** By place: the words of the state before and after, but for the bits that are not looked at. Words of zeros are no step: it changes a bit that is looked at. */
  readonly #steps: Int32Array
  /** Words of a state that there is room for. */
  readonly #room: number
  #layout: Layout | null = null
  #looked: Cells = ALL
  #mask = new Int32Array(0)

  private constructor(steps: Int32Array, room: number) {
    this.#steps = steps
    this.#room = room
  }

  /** Null where there is no room. */
  static of(layout: Layout, budget: Budget): ShownSteps | null {
    const steps = budget.ifAffordable(() => budget.lasting(() => budget.ints(2 * layout.size * PLACES)))
    return steps === null ? null : new ShownSteps(steps, layout.size)
  }

  get bytes(): number {
    return this.#steps.byteLength
  }

  /** Whether its rows are long enough. */
  hasRoomFor({ size }: Layout): boolean {
    return size <= this.#room
  }

  /** Forgets all, where states are packed in another way, or other cells are looked at; false where every step is to be shown. */
  use(layout: Layout, looked: Cells): boolean {
    if (looked === ALL) return false
    if (layout === this.#layout && looked === this.#looked) return true
    this.#layout = layout
    this.#looked = looked
    this.#mask = layout.bitsOf(looked)
    this.#steps.fill(0)
    return true
  }

  /** Whether a step, from a packed row to one that lies elsewhere, is not remembered; from now on it is. */
  isNew(row: Int32Array, nextRows: Int32Array, after: number): boolean {
    const mask = this.#mask
    const size = mask.length
    let hash = 0
    for (let w = 0; w < size; w++) {
      hash = Math.imul(hash ^ ((row[w] as number) & (mask[w] as number)), 0x85ebca6b)
      hash = Math.imul(hash ^ (hash >>> 13) ^ ((nextRows[after + w] as number) & (mask[w] as number)), 0xc2b2ae35)
      hash ^= hash >>> 16
    }
    const steps = this.#steps
    const place = (hash & (PLACES - 1)) * 2 * this.#room
    let isNew = false
    for (let w = 0; w < size; w++) {
      const [from, to] = [
        (row[w] as number) & (mask[w] as number),
        (nextRows[after + w] as number) & (mask[w] as number),
      ]
      if (steps[place + 2 * w] === from && steps[place + 2 * w + 1] === to) continue
      steps[place + 2 * w] = from
      steps[place + 2 * w + 1] = to
      isNew = true
    }
    return isNew
  }
}
