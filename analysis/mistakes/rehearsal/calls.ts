import type { Mistake } from '../mistake.ts'
import { copyOf, type Difference, difference } from './difference.ts'
import { type Questions, TAKES, withOutside } from './outside.ts'

/** A call of an author's function, to be made again. */
interface Call {
  /** The function in words: "the step of node 'a'". */
  readonly what: string
  /** What it was given, in words. */
  readonly given: string
  /** Makes it again; what it gives is compared. */
  readonly again: () => unknown
  readonly gave: unknown
}

interface Options<T> {
  /** Tells its input from any other, where `given` does not say all of it. */
  readonly input?: string | number
  /** What it gave, with a name for each part. */
  readonly parts?: (gave: T) => unknown
}

/** No more than so many calls are made again. */
const MOST_CALLS = 4000

/** Calls of an author's functions that were made, each with what it gave. */
export class Calls {
  readonly #calls = new Map<string, Call>()

  /** Makes a call, and notes it, unless it is known. */
  made<T>(what: string, given: string, call: () => T, options: Options<T> = {}): T {
    const { input = given, parts = (gave) => gave } = options
    const gave = call()
    const key = `${what} ${input}`
    if (this.#calls.size < MOST_CALLS && !this.#calls.has(key))
      this.#calls.set(key, { what, given, again: () => parts(call()), gave: copyOf(parts(gave)) })
    return gave
  }

  /**
   * Makes each call again, in the order opposite to the first one and in the same, each time twice in a row, with other chance and other clocks: what
   * gives something else then is no function of its input. One mistake a function.
   */
  mistakes(): Mistake[] {
    const calls = [...this.#calls.values()]
    const found = new Map<string, Mistake>()
    for (const [take, order] of [
      [TAKES.low, calls.toReversed()],
      [TAKES.high, calls],
    ] as const) {
      const questions: Questions = new Set()
      withOutside(take, questions, () => {
        for (const call of order) {
          questions.clear()
          // Twice in a row, for what switches to and fro.
          const differs = differenceOf(call) ?? differenceOf(call)
          if (differs === null || found.has(call.what)) continue
          found.set(call.what, impure(call, differs, [...questions]))
        }
      })
    }
    return [...found.values()]
  }
}

function differenceOf({ gave, again }: Call): Difference | null {
  try {
    return difference(gave, again())
  } catch (error) {
    return {
      path: '',
      one: 'an answer',
      other: `the error '${error instanceof Error ? error.message : String(error)}'`,
    }
  }
}

function impure({ what, given }: Call, { path, one, other }: Difference, questions: readonly string[]): Mistake {
  const part = path === '' ? 'what it gave' : path.replace(/^\./, '')
  return {
    where: what,
    fact: `it is not a function of its input: for ${given}, ${part} was ${one} the first time, and ${other} another time`,
    cause:
      questions.length > 0
        ? `The likeliest cause is ${questions.join(' and ')}, which it asks.`
        : 'The likeliest cause is a variable outside of it that it changes: a counter, a list, a cache.',
    act: 'Keep in the state whatever it has to remember; what may come out in several ways is a timer that fires at will.',
  }
}
