/** A clock that runs: its number in one search, and from when until when its step may be taken (`Infinity`: it may wait for ever). */
export interface Running {
  readonly clock: number
  readonly earliest: number
  readonly latest: number
}

/** What a search keeps of how far its clocks are. `At` is immutable, and lists the clocks that run. */
export interface Clockwork<At extends { readonly clocks: readonly number[] }> {
  /** They have all just begun. The order in which clocks come depends on them alone, here and below. */
  begin(running: readonly Running[]): At
  /** Whether the step of a clock can be taken now, before all others: it is far enough, and none must come before. */
  canComeNext(at: At, fired: number): boolean
  /** Those that run after such a step, or after one that is free to be taken at any time (−1). */
  after(at: At, fired: number, running: readonly Running[]): At
  /** After time has passed and nothing else; null where it cannot, or where that makes no difference. */
  later(at: At, something: boolean): { readonly at: At; readonly units: number } | null
  /** Whether the step of a clock that runs has to be taken some time. */
  ends(at: At, clock: number): boolean
  /** The latest instant at which the next step is due; `Infinity` where none is. */
  due(at: At): number
  /** Numbers that say all of it: equal for equal ones only. */
  numbers(at: At): readonly (readonly number[])[]
  /** For each clock that runs, how much is left: from when until when its step may be taken. */
  left(at: At): readonly { readonly clock: number; readonly from: number; readonly to: number }[]
}
