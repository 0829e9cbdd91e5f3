/** Says of a task that its answers may be kept: they follow from what it was given, from this program, and from the sources of what it is about. */
export interface Keeping<Given, Found> {
  /** The protocols that ship, and the files, that the answer follows from; none: everything that ships. */
  readonly about: (given: Given) => readonly string[]
  /** Whether the same would come out the next time: of what a clock or a signal ended it would not. */
  readonly isFinal: (found: Found, given: Given) => boolean
  /** How the answer is written down, where that is not as it is. */
  readonly form?: {
    readonly write: (found: Found) => unknown
    readonly read: (written: unknown) => Found
  }
}
