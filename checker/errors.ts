import type { Value } from './model.ts'

/** A rule, a predicate or `absorb` threw: reported with where it was and what it was looking at. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  /** The rule or predicate that threw. */
  readonly where: string
  /** The cells that it had looked at, by name. */
  readonly saw: Readonly<Record<string, Value>>

  constructor(where: string, saw: Readonly<Record<string, Value>>, cause: unknown) {
    super(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.where = where
    this.saw = saw
  }
}

/** A model does not stay as it is under the symmetry that it is said to have. */
export class NotSymmetric extends Error {
  override readonly name = 'NotSymmetric'
}

/** Where a search is kept cannot be read or written, in the middle of a rule that is not to blame. Its cause says why. */
export class KeepingError extends Error {
  override readonly name = 'KeepingError'

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
