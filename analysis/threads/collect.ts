import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Shared } from '../../checker/partitioned.ts'

/** Bytes from which on an array is worth the time. */
const LARGE = 2 ** 20

/** Whether a large array was replaced by a longer one. */
export function letsGo(before: Shared | null, now: Shared): boolean {
  const isLarge = (one: Int32Array, other: Int32Array): boolean =>
    one.byteLength > LARGE && one.byteLength !== other.byteLength
  return before !== null && (isLarge(before.packed, now.packed) || isLarge(before.slots, now.slots))
}

let gc: (() => void) | null = null

/** Collects this thread's garbage: memory that threads share is given back when all have let go of it, and no thread's collector sees how much there is. */
export function collect(): void {
  if (gc === null) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc') as () => void
  }
  gc()
}
