/**
 * Numbers as the model counts them, for those on the wire: one a registration. Sending again may repeat a number or take the next (RFC 6275 §11.8,
 * RFC 5944 §5.7.1); a number is that of a new registration if it says something else than the one before, or if that was refused. That it was accepted
 * does not count: the answer may have been seen, and not have arrived.
 */
export class Numbering {
  readonly #numbers = new Map<string, number>()
  #last = -1
  #first = 0
  #says: string | null = null
  #refused = false

  /** The model begins here: what was last is number 0. */
  begin(): void {
    this.#first = Math.max(0, this.#last)
    this.#last = this.#first
  }

  /** The model's number of a request. */
  request(wire: string, says: string): number {
    const known = this.#numbers.get(wire)
    if (known !== undefined) return known - this.#first
    if (this.#refused || says !== this.#says) this.#last += 1
    this.#says = says
    this.#refused = false
    this.#numbers.set(wire, this.#last)
    return this.#last - this.#first
  }

  /** The model's number that an answer is to; -1 where nobody asked with that. */
  answer(wire: string, refused: boolean): number {
    this.#refused ||= refused
    const known = this.#numbers.get(wire)
    return known === undefined ? -1 : known - this.#first
  }
}
