import { has, me, moveAway, recordOf, remove, touch, writeFirst } from './disk/files.ts'
import { isAbandoned } from './disk/owner.ts'

const SECONDS_BETWEEN_BEATS = 1

/**
 * Who is at which step of a search: a file a step, made by whoever takes it, touched while they are at it. Steps may be done twice, so that it does no harm
 * where one who was thought to be gone goes on.
 */
export class Claims {
  readonly #now: () => number
  #held: string | null = null
  #last = Number.NEGATIVE_INFINITY

  constructor(now: () => number) {
    this.#now = now
  }

  /** Takes a step: false where somebody else is at it. */
  take(path: string): boolean {
    if (has(path)) {
      if (!isAbandoned(path)) return false
      moveAway(path, isAbandoned)
    }
    if (!writeFirst(path, recordOf(me), false)) return false
    this.#held = path
    this.#last = this.#now()
    return true
  }

  /** To be called often while one is at it. */
  beat(): void {
    if (this.#held === null || this.#now() - this.#last < SECONDS_BETWEEN_BEATS) return
    this.#last = this.#now()
    touch(this.#held)
  }

  release(): void {
    if (this.#held !== null) remove(this.#held)
    this.#held = null
  }
}
