import { StepMap } from '../checker/step-map.ts'

/** Numbers lists of non-negative integers: equal ones have the same number, others have not. There is room for 2^31 numbers, more than any search comes to. */
export class Numbers {
  /** From the number of a list, and an integer, to that of the list with it at its end. */
  #longer = new StepMap()
  #empty = 1
  #last = 1

  /** No number is given again that was given before. */
  forget(): void {
    this.#longer = new StepMap()
    this.#empty = ++this.#last
  }

  of(list: ArrayLike<number>): number {
    let number = this.#empty
    for (let i = 0; i < list.length; i++) {
      const integer = list[i] as number
      let next = this.#longer.get(number, integer)
      if (next === 0) {
        next = ++this.#last
        this.#longer.set(number, integer, next)
      }
      number = next
    }
    return number
  }
}
