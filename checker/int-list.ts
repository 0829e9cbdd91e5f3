/** A list of 32-bit integers that grows by doubling. */
export class IntList {
  #array: Int32Array
  length = 0

  constructor(capacity = 1 << 10) {
    this.#array = new Int32Array(capacity)
  }

  get bytes(): number {
    return this.#array.byteLength
  }

  /** Whether the next `push` takes new memory. */
  get full(): boolean {
    return this.length === this.#array.length
  }

  push(value: number): void {
    if (this.full) {
      const larger = new Int32Array(this.#array.length * 2)
      larger.set(this.#array)
      this.#array = larger
    }
    this.#array[this.length++] = value
  }

  at(i: number): number {
    return this.#array[i] as number
  }

  /** The integers so far, without a copy. */
  view(length = this.length): Int32Array {
    return this.#array.subarray(0, length)
  }
}
