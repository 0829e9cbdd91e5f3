import type { Control } from '../../checker/limits.ts'
import type { Keeping } from '../kept/keeping.ts'

/**
 * Work that can be handed to a thread: which export of which module does it. What goes in and comes out is plain data, so that it can cross
 * over. A user's file is only ever run in such a thread: there it can loop, exit or run out of memory, and this program goes on.
 */
export interface Task<Given, Found> {
  readonly module: string
  readonly name: string
  /** Does it here. */
  readonly run: (given: Given, control: Control) => Found | Promise<Found>
  /** Where its answers may be kept for the next time. */
  readonly keeping?: Keeping<Given, Found>
}

/**
 * Declares a task.
 *
 * @param module `import.meta.url` of the module that exports it
 * @param name the name under which that module exports it
 * @param keeping where its answers may be kept
 */
export const taskOf = <Given, Found>(
  module: string,
  name: string,
  run: Task<Given, Found>['run'],
  keeping?: Keeping<Given, Found>,
): Task<Given, Found> => ({ module, name, run, ...(keeping === undefined ? {} : { keeping }) })

/** What came of a task; `kept` where that was known from an earlier run. */
export type Outcome<Found> =
  | { readonly kind: 'done'; readonly found: Found; readonly kept?: true }
  | { readonly kind: 'failed'; readonly error: Error }
