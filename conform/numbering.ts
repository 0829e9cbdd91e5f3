/**
 * Numbers as the model counts them, for those on the wire: one a registration. Sending again may repeat a number or take the next (RFC 6275 §11.8,
 * RFC 5944 §5.7.1); a number is that of a new registration if it says something else than the one before, or if that was answered.
 */
export class Numbering {
  readonly #numbers = new Map<string, number>()
  #last = -1
  #says = ''
  #answered = false

  /** The model's number of a request. */
  request(wire: string, says: string): number {
    const known = this.#numbers.get(wire)
    if (known !== undefined) return known
    if (this.#last < 0 || this.#answered || says !== this.#says) this.#last += 1
    this.#says = says
    this.#answered = false
    this.#numbers.set(wire, this.#last)
    return this.#last
  }

  /** The model's number that an answer is to; -1 where nobody asked with that. */
  answer(wire: string): number {
    this.#answered = true
    return this.#numbers.get(wire) ?? -1
  }
}
