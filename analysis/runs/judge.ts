import { costOf } from '../../checker/cost.ts'
import type { Fairness } from '../../checker/model.ts'
import type { PredicateTables } from '../../checker/predicates.ts'
import type { Formula, Predicate, Property, StepPredicate } from '../../checker/property.ts'
import { alwaysInTheEnd, isTrueOf, owedBy, predicatesOf } from './cycle.ts'
import { keyOf, type Run, type Walker } from './walker.ts'

/** The part of a run that shows something of a property: up to the state `end`, and from there back to `loopStart`, for ever. */
export interface Shown extends Part {
  readonly reason: string
}

export interface Part {
  readonly end: number
  /** Null for a finite run. Equal to `end` where the run has ended, or where the step from there leads back there. */
  readonly loopStart: number | null
}

interface Cycle extends Part {
  readonly loopStart: number
}

/** What a run that goes round a cycle for ever says of a formula. */
export type LassoSays =
  | { readonly kind: 'violates'; readonly shown: Shown }
  | { readonly kind: 'satisfies' }
  /** It violates the formula, but it is no run: it owes a step of this class. */
  | { readonly kind: 'unfair'; readonly owes: Fairness }

/** Says what one run of a model shows of its properties. */
export class Judge {
  readonly #walker: Walker
  readonly #predicates: PredicateTables
  readonly #run: Run
  readonly #truths = new Map<Predicate, readonly boolean[]>()
  readonly #enabled: (ReadonlySet<number> | undefined)[] = []
  #cycles: readonly Cycle[] | null = null

  constructor(walker: Walker, predicates: PredicateTables, run: Run) {
    this.#walker = walker
    this.#predicates = predicates
    this.#run = run
  }

  /** Where the run violates a property, by the cheapest of its lassos; null where it does not, or where it does not say. */
  violation(property: Property): Shown | null {
    switch (property.kind) {
      case 'safety':
        if ('always' in property) return this.#state(property.always)
        // How long something lasts, a run without a stopwatch does not say.
        return 'everyStep' in property ? this.#step(property.everyStep) : null
      case 'deadlock':
        return this.#run.ended ? this.#state(property.finished, this.#run.states.length - 1) : null
      case 'liveness':
        return this.#cheapestLasso(property.formula)
      case 'reachable':
        return null
    }
  }

  /** Where the run comes to a state in which a predicate holds; null where it does not. */
  sighting(predicate: Predicate): Shown | null {
    const end = this.#run.states.findIndex((_, i) => this.#says(predicate, i) === true)
    return end < 0 ? null : { end, loopStart: null, reason: predicate.name }
  }

  lasso(cycle: Cycle, formula: Formula): LassoSays {
    const holds = (predicate: Predicate, i: number): boolean => this.#truth(predicate)[i]!
    const stable = alwaysInTheEnd(formula)
    const satisfies =
      stable === null
        ? isTrueOf(formula, cycle.end + 1, cycle.loopStart, holds)
        : !this.#truth(stable)
            .slice(cycle.loopStart, cycle.end + 1)
            .includes(false)
    if (satisfies) return { kind: 'satisfies' }
    const owes = this.#owed(cycle)
    if (owes !== null) return { kind: 'unfair', owes }
    return { kind: 'violates', shown: { ...cycle, reason: this.#reason(cycle, predicatesOf(formula)) } }
  }

  #state(predicate: Predicate, from = 0): Shown | null {
    for (let end = from; end < this.#run.states.length; end++) {
      const reason = this.#says(predicate, end)
      if (reason !== true) return { end, loopStart: null, reason }
    }
    return null
  }

  #step(predicates: readonly StepPredicate[]): Shown | null {
    const { states } = this.#run
    for (let end = 1; end < states.length; end++) {
      for (const predicate of predicates) {
        const reason = this.#predicates.ofStep(predicate).says(states[end - 1]!, states[end]!)
        if (reason !== true) return { end, loopStart: null, reason }
      }
    }
    return null
  }

  #cheapestLasso(formula: Formula): Shown | null {
    this.#cycles ??= cyclesOf(this.#run)
    for (const cycle of this.#cycles) {
      const said = this.lasso(cycle, formula)
      if (said.kind === 'violates') return said.shown
    }
    return null
  }

  #owed({ end, loopStart }: Cycle): Fairness | null {
    const taken = new Set(this.#run.steps.slice(loopStart, end + 1).map(({ fair }) => fair))
    const enabled: ReadonlySet<number>[] = []
    for (let i = loopStart; i <= end; i++) {
      this.#enabled[i] ??= new Set(this.#walker.choices(this.#run.states[i]!).map(({ fair }) => fair))
      enabled.push(this.#enabled[i]!)
    }
    return owedBy(this.#walker.fairness, taken, enabled)
  }

  /** What a predicate that fails on the cycle says of it; of the last state at which one fails, as the search does. */
  #reason({ end, loopStart }: Cycle, predicates: readonly Predicate[]): string {
    for (let i = end; i >= loopStart; i--) {
      for (const predicate of predicates) {
        const said = this.#says(predicate, i)
        if (said !== true) return said
      }
    }
    return 'the cycle never satisfies it'
  }

  #truth(predicate: Predicate): readonly boolean[] {
    let truth = this.#truths.get(predicate)
    if (truth === undefined) {
      truth = this.#run.states.map((_, i) => this.#says(predicate, i) === true)
      this.#truths.set(predicate, truth)
    }
    return truth
  }

  #says(predicate: Predicate, i: number): true | string {
    return this.#predicates.of(predicate).says(this.#run.states[i]!)
  }
}

/** The steps of the part of a run that shows something: up to its end, and round the cycle back to where that begins. */
export const stepsOf = (run: Run, { end, loopStart }: Part) => run.steps.slice(0, loopStart === null ? end : end + 1)

export const costOfPart = (run: Run, part: Part): number =>
  stepsOf(run, part).reduce((sum, { label }) => sum + costOf(label), 0)

/** Past so many states not every pair of equal ones is looked at. */
const ALL_PAIRS_UP_TO = 100

/**
 * The cycles of a run, cheapest first: between any two visits to one state; in a long run from each visit to the next, and from the first to the
 * last, which has had the most time to do what is owed. A run that has ended stays where it is.
 */
function cyclesOf(run: Run): Cycle[] {
  const visits = new Map<string, number[]>()
  run.states.forEach((state, i) => {
    const key = keyOf(state)
    const before = visits.get(key)
    if (before === undefined) visits.set(key, [i])
    else before.push(i)
  })
  const cycle = (loopStart: number, back: number): Cycle => ({ loopStart, end: back - 1 })
  const last = run.states.length - 1
  const cycles = [...visits.values()].flatMap((at) =>
    run.states.length <= ALL_PAIRS_UP_TO
      ? at.flatMap((from, i) => at.slice(i + 1).map((to) => cycle(from, to)))
      : [...at.slice(1).map((to, i) => cycle(at[i]!, to)), ...(at.length > 2 ? [cycle(at[0]!, at.at(-1)!)] : [])],
  )
  // A cycle costs what the steps up to its end cost: the sooner it ends, the cheaper it is.
  const sorted = cycles.sort((one, other) => one.end - other.end || other.loopStart - one.loopStart)
  return run.ended ? [...sorted, { loopStart: last, end: last }] : sorted
}
