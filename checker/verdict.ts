import type { Growth } from './growth.ts'
import type { Incomplete } from './limits.ts'
import type { Label, Value } from './model.ts'

/** What came out of a check, and what it took. */
export type Verdict = Finding & {
  readonly property: string
  /**
   * Patient rules that wait for ever and never come, in some run that the verdict leans on: in the one that is shown, or, where nothing of the sort happens, in any. No
   * clock holds them back for ever (held-back.ts). Left out where there are none; null where that could not be afforded.
   */
  readonly heldBack?: readonly string[] | null
  readonly statistics: Statistics
}

/** What came out of a check. Only a search that saw everything says `holds`. A trace is left out where it could not be afforded. */
export type Finding =
  | { readonly kind: 'holds'; readonly trace?: Trace }
  | { readonly kind: 'violated'; readonly reason: string; readonly trace?: Trace }
  | { readonly kind: 'vacuous'; readonly reason: string }
  /** With what took most values, where a bound was hit. */
  | { readonly kind: 'incomplete'; readonly because: Incomplete; readonly growth?: readonly Growth[] }
  | { readonly kind: 'failed'; readonly error: Failure }

export interface Statistics {
  readonly states: number
  readonly transitions: number
  /** Of the deepest state found; initial states have depth 0. */
  readonly depth: number
  /** From the beginning of the check, all phases until this verdict. */
  readonly seconds: number
  /** The most bytes that were held at one time until then, as counted. */
  readonly memory: number
}

/** A spec threw. */
export interface Failure {
  /** The rule, predicate or initial state. */
  readonly where: string
  readonly message: string
  /** The cells that it had looked at. */
  readonly saw: Readonly<Record<string, Value>>
  /** The shortest way to the state in which it threw, where one is known. */
  readonly trace?: Trace
}

/**
 * A run: states[0], steps[0], states[1], … A finite one has one state more than steps. A lasso goes on from its last state
 * to states[loopStart] by its last step; where the loop has no step, nothing that can happen is owed any more and the run stays.
 */
export interface Trace {
  /** Names of the cells of `states`. */
  readonly cells: readonly string[]
  readonly states: readonly (readonly Value[])[]
  readonly steps: readonly Label[]
  readonly loopStart: number | null
}
