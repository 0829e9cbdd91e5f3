import { canonical } from './canonical.ts'
import type { Value } from './model.ts'

/** Gives each distinct value a small integer, once. The integers are private to one search. */
export class Interner {
  readonly values: Value[] = []
  /** Characters of canonical text kept: what the memory bound counts. */
  characters = 0
  readonly #byText = new Map<string, number>()
  readonly #byObject = new WeakMap<object, number>()

  id(value: Value): number {
    const isObject = typeof value === 'object' && value !== null
    if (isObject) {
      const known = this.#byObject.get(value)
      if (known !== undefined) return known
    }
    const text = canonical(value)
    let id = this.#byText.get(text)
    if (id === undefined) {
      id = this.values.length
      this.#byText.set(text, id)
      this.values.push(deeplyFrozen(value))
      this.characters += text.length
    }
    // Only frozen values may be recognised by identity: a value that can still change is not the value it was.
    if (isObject && Object.isFrozen(value)) this.#byObject.set(value, id)
    return id
  }

  get(id: number): Value {
    return this.values[id] as Value
  }
}

/** A rule that changed a value in place would change it in every state that shares it: then let it throw instead. */
function deeplyFrozen(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) deeplyFrozen(part as Value)
  return Object.freeze(value)
}
