import type { Crew } from './crew.ts'
import { type Control, type Incomplete, type Limits, type Progress, type Watch, wallClock } from './limits.ts'
import { Spare } from './spare.ts'

/** Ends a search, or what comes after it, at a bound: thrown by a `Budget`, and caught where the verdict is made. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly because: Incomplete

  constructor(because: Incomplete) {
    super(`stopped: out of ${because}`)
    this.because = because
  }
}

/** Arrays that a budget has room for. */
export type NumberArray = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array

export interface NumberKind<Numbers> {
  new (length: number): Numbers
  readonly BYTES_PER_ELEMENT: number
}

/** How long an array is to be that was too short by one: at least twice as long while it is small, then in smaller steps, for what lies idle is memory too. */
export const longer = (length: number): number => (length < 2 ** 16 ? length * 2 : Math.ceil(length * 1.25))

type Standing = Omit<Progress, 'memory' | 'seconds'>

/** Basic steps (a state, an edge, a node of a product) between two looks at the clock. */
const STEPS_BETWEEN_LOOKS = 4096

/** How often the system is asked what the process takes. */
const SECONDS_BETWEEN_MEASURES = 0.05
/** It is asked, too, before so many bytes are taken at once. */
const MUCH = 2 ** 20

/** What telling a run that is known to exist may take beyond the bounds. */
const GRACE = { seconds: 2, memory: 2 ** 24 }

/**
 * What a check may spend, and has spent, in all its phases. Whoever works polls it and takes its memory from it; it throws
 * `Stopped` at a bound. Bytes are counted, so that they are the same in each run; where the process is found to take more than the bound, what is counted then is the bound from there on.
 */
export class Budget {
  readonly limits: Limits
  /** What a search has left to those that come after it. */
  readonly spare = new Spare((length) => this.ints(length))
  readonly #control: Control
  readonly #started: number
  readonly #gauges: (() => number)[] = []
  #seconds: number
  #memory: number
  /** Until when work goes on though it is out of time, or interrupted. */
  #overtime = Number.NEGATIVE_INFINITY
  #stands: (() => Standing) | null = null
  #taken = 0
  /** Of what was taken: what no scope gives back. */
  #lasting = 0
  #peak = 0
  #steps = 0
  #lastTold = 0
  #lastMeasured = 0
  /** What the process may take. */
  #process: number

  constructor(limits: Limits = {}, control: Control = wallClock) {
    this.limits = limits
    this.#control = control
    this.#started = control.now()
    this.#seconds = limits.seconds ?? Number.POSITIVE_INFINITY
    this.#memory = limits.memory ?? Number.POSITIVE_INFINITY
    this.#process = this.#memory
  }

  /** Told of what runs, where somebody wants to know. */
  get watch(): Watch | undefined {
    return this.#control.watch
  }

  /** Others that search too, where there are any. */
  get crew(): (() => Crew | null) | undefined {
    return this.#control.crew
  }

  /** Seconds since the beginning. */
  get seconds(): number {
    return this.#control.now() - this.#started
  }

  /** Bytes held now. */
  get held(): number {
    let bytes = this.#taken
    for (const gauge of this.#gauges) bytes += gauge()
    return bytes
  }

  /** The most bytes that were held at one time. */
  get peak(): number {
    return this.#peak
  }

  /** Bytes of something that grows bit by bit, and is asked for its size instead of telling each bit. */
  gauge(bytes: () => number): void {
    this.#gauges.push(bytes)
  }

  /** Where the search stands: the progress that is told about once a second, in every phase. */
  tellsOf(stands: () => Standing): void {
    this.#stands = stands
  }

  /** Counts basic steps, and looks at time, memory and interruption every few thousand of them. */
  poll(steps = 1): void {
    this.#steps += steps
    if (this.#steps >= STEPS_BETWEEN_LOOKS) this.look()
  }

  /** @throws Stopped when a bound is passed */
  look(): void {
    this.#steps = 0
    const { seconds } = this
    const interrupted = this.#control.interrupted?.() === true
    if (seconds > this.#overtime) {
      if (interrupted) throw new Stopped('interrupted')
      if (seconds > this.#seconds) throw new Stopped('seconds')
    }
    this.take(0)
    if (seconds - this.#lastMeasured >= SECONDS_BETWEEN_MEASURES) this.#measure(0)
    if (this.#stands !== null && seconds - this.#lastTold >= 1) {
      this.#lastTold = seconds
      this.#control.progress?.({ ...this.#stands(), memory: this.held, seconds })
    }
  }

  /** @throws Stopped when so many more bytes are too many */
  take(bytes: number): void {
    const held = this.held + bytes
    if (held > this.#memory) throw new Stopped('memory')
    if (bytes >= MUCH) this.#measure(bytes)
    this.#taken += bytes
    if (held > this.#peak) this.#peak = held
  }

  /**
   * Whether the process has room for so many more bytes. Once it takes too much as it is, what is counted then is what it can have: nobody knows when the engine gives back what is not needed any more.
   */
  #measure(more: number): void {
    const control = this.#control
    if (control.takesMoreThan === undefined) return
    this.#lastMeasured = this.seconds
    const { held } = this
    if (!control.takesMoreThan(this.#process, held, more)) return
    if (more === 0) {
      this.#process = Number.POSITIVE_INFINITY
      this.#memory = held
    }
    throw new Stopped('memory')
  }

  give(bytes: number): void {
    this.#taken -= bytes
  }

  /** @throws Stopped when the bound, or the engine, has no room for them */
  ints(length: number): Int32Array<ArrayBuffer> {
    return this.#array(Int32Array, length)
  }

  /** The same of bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return this.#array(Uint8Array, length)
  }

  /** The same of floating-point numbers. */
  doubles(length: number): Float64Array<ArrayBuffer> {
    return this.#array(Float64Array, length)
  }

  #array<Numbers extends NumberArray>(Kind: NumberKind<Numbers>, length: number): Numbers {
    const bytes = length * Kind.BYTES_PER_ELEMENT
    this.take(bytes)
    try {
      return new Kind(length)
    } catch (error) {
      this.give(bytes)
      // Longer than an array can be, or more than the machine has: that is all that the constructor throws.
      throw error instanceof RangeError ? new Stopped('memory') : error
    }
  }

  /** A longer copy of an array, which is given back. Where there is no room the array is as it was. */
  enlarged<Numbers extends NumberArray>(array: Numbers, length: number): Numbers {
    return this.copied(array, array.constructor as NumberKind<Numbers>, length)
  }

  /** The same, where integers of another kind have room for what is in it. */
  copied<Numbers extends NumberArray>(array: NumberArray, Kind: NumberKind<Numbers>, length: number): Numbers {
    const copy = this.#array(Kind, length)
    copy.set(array)
    this.give(array.byteLength)
    return copy
  }

  /** Does a piece of work in a part of the time. */
  within<Result>(share: number, work: () => Result): Result {
    const seconds = this.#seconds
    this.#seconds *= share
    try {
      return work()
    } finally {
      this.#seconds = seconds
    }
  }

  /** Does a piece of work, and gives back all that it took, but for what lasts. */
  scope<Result>(work: () => Result): Result {
    const [taken, lasting] = [this.#taken, this.#lasting]
    try {
      return work()
    } finally {
      this.#taken = taken + this.#lasting - lasting
    }
  }

  /** The same, and what lasts ends with it too. */
  episode<Result>(work: () => Result): Result {
    const [taken, lasting] = [this.#taken, this.#lasting]
    try {
      return work()
    } finally {
      this.#taken = taken
      this.#lasting = lasting
    }
  }

  /** Does a piece of work of which the result outlasts the scope that it is done in; given back, what is spare too, only where it comes to nothing. Not within another one. */
  lasting<Result>(work: () => Result): Result {
    const taken = this.#taken
    const { left } = this.spare
    try {
      const result = work()
      this.#lasting += this.#taken - taken
      return result
    } catch (error) {
      this.#taken = taken
      this.spare.lend(left)
      throw error
    }
  }

  /** A piece of work that can be done without: null when it cannot be afforded. */
  ifAffordable<Result>(work: () => Result): Result | null {
    try {
      return this.scope(work)
    } catch (error) {
      if (error instanceof Stopped) return null
      throw error
    }
  }

  /** The same for telling what is known already: a little more than the bounds is allowed for it, also after an interruption. */
  telling<Result>(work: () => Result): Result | null {
    const [overtime, memory, process] = [this.#overtime, this.#memory, this.#process]
    this.#process = Number.POSITIVE_INFINITY
    this.#overtime = this.seconds + GRACE.seconds
    this.#memory += GRACE.memory
    try {
      return this.ifAffordable(work)
    } finally {
      this.#overtime = overtime
      this.#memory = memory
      this.#process = process
    }
  }
}
