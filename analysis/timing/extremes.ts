import { check } from '../../checker/check.ts'
import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import type { Model } from '../../checker/model.ts'
import type { Claim } from '../../checker/property.ts'
import { apart, boundsOf } from '../../checker/timed/schedule.ts'
import { isTrue, type Reading, withStopwatch } from '../../checker/timed/stopwatch.ts'
import type { Finding, Trace } from '../../checker/verdict.ts'
import { errors } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import type { Measure } from './measure.ts'

/** The shortest and the longest that a measure can be; null where it begins, or ends, in no run. */
export interface Extremes {
  readonly shortest: Extreme | null
  readonly longest: Extreme | null
  readonly searches: number
  /** Every search came to its end: no run takes less, or more. */
  readonly complete: boolean
}

/** With a run that takes so long. */
export interface Extreme {
  /** Units of the model's time. Null: for ever in that run (a lasso), or as long as one likes (a run that ends). */
  readonly units: number | null
  readonly trace: Trace
}

const MOST_SEARCHES = 200

/**
 * The shortest and the longest that something takes, exactly.
 *
 * A run that shows a duration is stretched, or pressed together, as far as its clocks allow with its steps in their order; then one that takes longer,
 * or less, is searched for, by a stopwatch beside the model; and so on until there is none.
 *
 * @param options `only`: the shortest is not asked, and null
 * @throws InputError where the model throws, or time stops in it
 */
export function extremesOf(
  model: Model,
  measure: Measure,
  options: { readonly limits?: Limits; readonly control?: Control; readonly only?: 'longest' } = {},
): Extremes {
  const search = new Search(model, measure, options)
  const longest = search.longest()
  const shortest = options.only === 'longest' ? null : search.shortest()
  return { longest, shortest, searches: search.searches, complete: search.complete }
}

class Search {
  searches = 0
  complete = true
  readonly #model: Model
  readonly #measure: Measure
  readonly #limits: Limits
  readonly #control: Control

  constructor(
    model: Model,
    measure: Measure,
    { limits = DEFAULT_LIMITS, control = wallClock }: { limits?: Limits; control?: Control },
  ) {
    this.#model = model
    this.#measure = measure
    this.#limits = limits
    // What its searches look for is no violation of anything.
    const { found: _, ...quiet } = control
    this.#control = quiet
  }

  longest(): Extreme | null {
    const { ends } = this.#measure
    if (ends !== undefined) {
      const verdict = this.#check(this.#model, ends)
      if (verdict.kind === 'violated') return verdict.trace === undefined ? null : { units: null, trace: verdict.trace }
      if (verdict.kind !== 'holds') this.complete = false
    }
    return this.#extreme('at least')
  }

  shortest(): Extreme | null {
    return this.#extreme('at most')
  }

  /** Goes on from what a run shows, one further each time, until no run does. */
  #extreme(reading: Reading): Extreme | null {
    const further = reading === 'at least' ? 1 : -1
    let asked = reading === 'at least' ? 0 : null
    let shown: Extreme | null = null
    let shownBy: number | null = null
    while (asked === null || asked >= 0) {
      const trace = this.#shows(reading, asked)
      if (trace === null) break
      const units = this.#inOrder(trace, reading)
      shown = { units, trace }
      shownBy = asked
      if (units === null) break
      asked = units + further
    }
    if (shown === null || shown.units === null || shown.units === shownBy) return shown
    // A run of the extreme itself: its instants are told as early as they can be.
    return { ...shown, trace: this.#shows(reading, shown.units) ?? shown.trace }
  }

  /** A run that takes so long, or longer; or so long, or less. */
  #shows(reading: Reading, units: number | null): Trace | null {
    const { runs, longer, shorter } = this.#measure
    const watched = units === null ? null : withStopwatch(this.#model, runs, reading, units)
    const isOver = watched?.isOver ?? (() => false)
    const verdict = this.#check(
      watched?.model ?? this.#model,
      reading === 'at least' ? longer(isOver) : shorter(isOver),
    )
    if (verdict.kind === 'violated') return verdict.trace ?? null
    if (verdict.kind !== 'holds') this.complete = false
    return null
  }

  /** The most, or least, that the stretch at the end of a run takes with its steps in this order; null: as long as one likes. */
  #inOrder(trace: Trace, reading: Reading): number | null {
    const runsAt = (i: number): boolean => isTrue(this.#measure.runs, (cell) => trace.states[i]![cell]!)
    const end = trace.states.length - 1
    let from = runsAt(end) ? end : end - 1
    while (from > 0 && runsAt(from - 1)) from--
    const [least, most] = apart(trace.states.length, boundsOf(trace)!, from, end)
    return reading === 'at least' ? most : least
  }

  #check(model: Model, claim: Claim): Finding {
    if (this.searches === MOST_SEARCHES || this.#control.interrupted?.() === true)
      return { kind: 'incomplete', because: 'interrupted' }
    this.searches++
    const options = { limits: this.#limits, control: this.#control }
    const finding = check(model, [{ id: 'duration', ...claim }], options)[0]!
    if (finding.kind === 'failed') throw errors.modelFails(finding.error.message)
    return finding
  }
}
