import type { CompiledModel } from '../compile.ts'
import { KeepingError } from '../errors.ts'
import type { Value } from '../model.ts'
import { Damaged, dataIn, recordOf } from './disk/files.ts'
import { SharedLines } from './disk/lines.ts'

/** How far a dictionary was known, and that it was this one. */
export interface Known {
  readonly bytes: number
  readonly sum: number
}

/**
 * The values of the cells, in a file that all processes of a search add to: the integer of a value is its place among those of its cell, the first time that it stands there.
 * A process that meets a new value adds it, and takes in what is in the file up to there: so all agree without waiting for each other. What a step wrote is known
 * from the file, whoever reads it later.
 */
export class Dictionary {
  readonly #lines: SharedLines
  readonly #compiled: CompiledModel
  /** The checksum up to each line's end. */
  readonly #sums = new Map<number, number>([[0, 0]])
  #synced = 0

  constructor(path: string, compiled: CompiledModel) {
    this.#lines = new SharedLines(path)
    this.#compiled = compiled
    for (const [cell, interner] of compiled.interners.entries())
      interner.agree = (value) => {
        try {
          // Others have most of what is new here already.
          this.catchUp()
          if (interner.knows(value)) return
          this.#lines.append(recordOf([cell, value]))
          this.catchUp()
          if (!interner.knows(value))
            throw new Damaged(this.#lines.path, 'what was written into it a moment ago is not there')
        } catch (error) {
          throw new KeepingError(error)
        }
      }
    this.catchUp()
  }

  /** Takes in what others have added. */
  catchUp(): void {
    for (const line of this.#lines.news()) {
      const { bytes, sum } = this.#lines
      this.#sums.set(bytes, sum)
      if (line === '') continue
      // A line that is none was cut off when a disk was full: whoever wrote it has written it again, or told nobody.
      const entry = dataIn<readonly [number, Value]>(line)
      if (entry !== undefined) this.#compiled.interners[entry[0]]!.add(entry[1])
    }
  }

  /** Up to where it is known here; what is written from now on leans on no more. Kept before that is. */
  known(): Known {
    const { bytes, sum } = this.#lines
    if (bytes > this.#synced) this.#lines.sync()
    this.#synced = bytes
    return { bytes, sum }
  }

  /** @throws Damaged where it is not the one that was known */
  mustBe({ bytes, sum }: Known): void {
    if (this.#lines.bytes < bytes) this.catchUp()
    if (this.#sums.get(bytes) !== sum)
      throw new Damaged(this.#lines.path, 'it is not what it was when a part of the search was done')
  }

  close(): void {
    for (const interner of this.#compiled.interners) interner.agree = null
  }
}
