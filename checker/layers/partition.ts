/**
 * Which part of a search a state belongs to: by a hash of its cells' integers, which are the same for all processes and do not depend on how keys are laid out. A sum, so that a
 * step changes it by what the step changes.
 */
export class Partition {
  readonly count: number
  readonly #factors: Int32Array

  constructor(count: number, cells: number) {
    this.count = count
    this.#factors = Int32Array.from({ length: cells }, (_, cell) => scrambled(cell + 1) | 1)
  }

  sumOf(row: Int32Array): number {
    let sum = 0
    for (let cell = 0; cell < row.length; cell++) sum = (sum + this.change(cell, 0, row[cell] as number)) | 0
    return sum
  }

  /** What exchanging an integer adds to the sum. */
  change(cell: number, before: number, after: number): number {
    return Math.imul(after - before, this.#factors[cell] as number)
  }

  of(sum: number): number {
    return this.count === 1 ? 0 : (scrambled(sum) >>> 8) % this.count
  }
}

function scrambled(integer: number): number {
  let hash = Math.imul(integer ^ (integer >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
