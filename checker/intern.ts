import { Stopped } from './budget.ts'
import { canonical } from './canonical.ts'
import { freeze } from './frozen-values.ts'
import type { Value } from './model.ts'

/** As many keys as the engine's maps can hold. */
const MOST_VALUES = 2 ** 24

/** Gives each distinct value a small integer, once. The integers are private to one search. */
export class Interner {
  readonly values: Value[] = []
  /** Characters of canonical text kept: what the memory bound counts. */
  characters = 0
  /** Told of a value that is new before it gets its integer, where others have to give it the same one: it `add`s what comes before it, and then the value. */
  agree: ((value: Value) => void) | null = null
  readonly #byText = new Map<string, number>()
  readonly #byObject = new WeakMap<object, number>()

  id(value: Value): number {
    const isObject = typeof value === 'object' && value !== null
    if (isObject) {
      const known = this.#byObject.get(value)
      if (known !== undefined) return known
    }
    const text = canonical(value)
    if (this.agree !== null && !this.#byText.has(text)) this.agree(value)
    const id = this.#byText.get(text) ?? this.#add(text, value)
    // Only frozen values may be recognised by identity: a value that can still change is not the value it was.
    if (isObject && Object.isFrozen(value)) {
      freeze(value)
      this.#byObject.set(value, id)
    }
    return id
  }

  /** Whether a value has one. */
  knows(value: Value): boolean {
    return this.#byText.has(canonical(value))
  }

  /** Gives a value the next integer, where it has none. */
  add(value: Value): void {
    const text = canonical(value)
    if (!this.#byText.has(text)) this.#add(text, value)
  }

  #add(text: string, value: Value): number {
    const id = this.values.length
    if (id === MOST_VALUES) throw new Stopped('memory')
    this.#byText.set(text, id)
    freeze(value)
    this.values.push(value)
    this.characters += text.length
    return id
  }

  /** How many values there are. */
  get size(): number {
    return this.values.length
  }

  get(id: number): Value {
    return this.values[id] as Value
  }
}
