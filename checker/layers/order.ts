import { canonical } from '../canonical.ts'
import type { CompiledModel } from '../compile.ts'

/**
 * An order of states by their values alone: integers depend on who met which value first, and what is told must not. Cell after cell, by the values' canonical texts.
 */
export class ValueOrder {
  readonly #compiled: CompiledModel
  readonly #texts: string[][]

  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
    this.#texts = compiled.interners.map(() => [])
  }

  /** Whether one comes before another; anything comes before nothing. */
  isBefore(one: Int32Array, other: Int32Array | null): boolean {
    if (other === null) return true
    for (let cell = 0; cell < one.length; cell++) {
      const [a, b] = [one[cell] as number, other[cell] as number]
      if (a !== b) return this.#text(cell, a) < this.#text(cell, b)
    }
    return false
  }

  #text(cell: number, integer: number): string {
    this.#texts[cell]![integer] ??= canonical(this.#compiled.interners[cell]!.get(integer))
    return this.#texts[cell]![integer]!
  }
}
