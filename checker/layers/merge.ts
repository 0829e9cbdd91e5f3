import type { Budget } from '../budget.ts'
import { ownName, remove } from './disk/files.ts'
import { KeyReader, KeyWriter } from './key-file.ts'
import { compareKeys, type KeyLayout } from './key-layout.ts'

/** How much is done at a time: tests make it tiny, so that everything happens in small searches. */
export interface Sizes {
  /** Bytes of all tables of new keys together. */
  readonly tables: number
  /** Words of a file that are read or written at a time. */
  readonly block: number
  /** Files that are read side by side. */
  readonly files: number
  /** Keys that are looked up in earlier layers at a time. */
  readonly chunk: number
}

/** Merges sorted files: each key once, in order, a chunk at a time. */
class Merged {
  readonly #readers: KeyReader[]
  readonly #size: number
  /** The readers that have a key in hand, as a heap: the least first. */
  readonly #heap: KeyReader[] = []

  constructor(readers: KeyReader[], layout: KeyLayout) {
    this.#readers = readers
    this.#size = layout.size
    for (const reader of readers) {
      if (reader.end === 0) continue
      this.#heap.push(reader)
      this.#up(this.#heap.length - 1)
    }
  }

  /** Fills a chunk, from its beginning; how many. */
  fill(chunk: Int32Array, most: number): number {
    const size = this.#size
    const heap = this.#heap
    let count = 0
    while (heap.length > 0) {
      const least = heap[0]!
      const known = count > 0 && compareKeys(least.keys, least.at, chunk, (count - 1) * size, size) === 0
      if (!known) {
        if (count === most) return count
        for (let i = 0; i < size; i++) chunk[count * size + i] = least.keys[least.at + i] as number
        count++
      }
      if (!least.next()) {
        const last = heap.pop()!
        if (heap.length === 0) return count
        if (last !== least) heap[0] = last
      }
      this.#down()
    }
    return count
  }

  close(): void {
    for (const reader of this.#readers) reader.close()
  }

  #up(from: number): void {
    const heap = this.#heap
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1
      if (!this.#before(heap[at]!, heap[above]!)) return
      ;[heap[at], heap[above]] = [heap[above]!, heap[at]!]
      at = above
    }
  }

  #down(): void {
    const heap = this.#heap
    for (let at = 0; ; ) {
      let least = at
      for (let below = 2 * at + 1; below <= 2 * at + 2 && below < heap.length; below++)
        if (this.#before(heap[below]!, heap[least]!)) least = below
      if (least === at) return
      ;[heap[at], heap[least]] = [heap[least]!, heap[at]!]
      at = least
    }
  }

  #before(one: KeyReader, other: KeyReader): boolean {
    return compareKeys(one.keys, one.at, other.keys, other.at, this.#size) < 0
  }
}

/**
 * Writes what is in some sorted files, and in none of some others, to a file, in order and each key once.
 *
 * @returns how many there are
 */
export function mergeInto(
  target: string,
  [runs, known]: readonly [runs: readonly string[], known: readonly string[]],
  layout: KeyLayout,
  sizes: Sizes,
  budget: Budget,
): number {
  if (runs.length > sizes.files || known.length > sizes.files)
    return mergeInParts(target, [runs, known], layout, sizes, budget)
  const opened: KeyReader[] = []
  const open = (path: string): KeyReader => {
    const reader = new KeyReader(path, layout, sizes.block)
    opened.push(reader)
    return reader
  }
  const { size } = layout
  const out = new KeyWriter(target, layout, sizes.block)
  try {
    const merged = new Merged(runs.map(open), layout)
    const subtracted = known.map(open)
    const chunk = new Int32Array(sizes.chunk * size)
    const isKnown = new Uint8Array(sizes.chunk)
    for (let count = merged.fill(chunk, sizes.chunk); count > 0; count = merged.fill(chunk, sizes.chunk)) {
      isKnown.fill(0)
      for (const reader of subtracted) mark(isKnown, chunk, count, reader, size, budget)
      let kept = 0
      for (let k = 0; k < count; k++) {
        if (isKnown[k] !== 0) continue
        if (kept < k) chunk.copyWithin(kept * size, k * size, (k + 1) * size)
        kept++
      }
      out.add(chunk, 0, kept)
      budget.poll(count)
    }
    // To their ends, so that a file that is damaged is noticed wherever it is.
    for (const reader of subtracted) while (reader.fill()) budget.poll(reader.end)
    out.end()
    return out.count
  } catch (error) {
    out.abandon()
    throw error
  } finally {
    for (const reader of opened) reader.close()
  }
}

/** Marks the keys of a chunk that a file has too; both are sorted, and the file is read on to the end of the chunk. */
function mark(
  isKnown: Uint8Array,
  chunk: Int32Array,
  count: number,
  reader: KeyReader,
  size: number,
  budget: Budget,
): void {
  if (reader.end === 0) return
  let read = 0
  for (let k = 0; k < count; ) {
    const order = compareKeys(reader.keys, reader.at, chunk, k * size, size)
    if (order >= 0) {
      if (order === 0) isKnown[k] = 1
      k++
      continue
    }
    if (!reader.next()) break
    if ((++read & 0xffff) === 0) budget.poll(0x10000)
  }
}

/** More files than may be open at a time: some of them are made one first, or are looked at first. */
function mergeInParts(
  target: string,
  [runs, known]: readonly [runs: readonly string[], known: readonly string[]],
  layout: KeyLayout,
  sizes: Sizes,
  budget: Budget,
): number {
  const parts: string[] = []
  const part = (some: readonly string[], without: readonly string[]): void => {
    parts.push(ownName(target))
    mergeInto(parts.at(-1)!, [some, without], layout, sizes, budget)
  }
  try {
    if (runs.length <= sizes.files) {
      part(runs, known.slice(0, sizes.files))
      return mergeInto(target, [parts, known.slice(sizes.files)], layout, sizes, budget)
    }
    for (let at = 0; at < runs.length; at += sizes.files) part(runs.slice(at, at + sizes.files), [])
    return mergeInto(target, [parts, known], layout, sizes, budget)
  } finally {
    for (const path of parts) remove(path)
  }
}
