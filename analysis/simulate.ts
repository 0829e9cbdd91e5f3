import { SpecError } from '../checker/errors.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import { PredicateTables } from '../checker/predicates.ts'
import type { Property } from '../checker/property.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Expected } from '../spec/protocol.ts'
import { assumptionsOf } from './assumptions/told.ts'
import { costOfPart, Judge, type Shown } from './runs/judge.ts'
import { minimised } from './runs/minimise.ts'
import { type Choosing, type Drawn, randomRun, runsOf } from './runs/random-run.ts'
import { type Run, Walker } from './runs/walker.ts'
import { storyOf } from './story.ts'
import { expectedOf, type TargetVariant } from './target.ts'
import { type World, worldOf } from './world.ts'

/**
 * Random runs of a variant in a scenario, for what is too big to search. They find what is wrong; that nothing is they never say, so that what they
 * do not find is `incomplete`.
 */
export interface SimulateOptions {
  /** The same seed gives the same runs. */
  readonly seed: number
  readonly runs: number
  /** Of each run, at most. */
  readonly steps: number
  readonly choosing: Choosing
  /** Seconds after which no further run is begun. */
  readonly seconds?: number
  /** The part of the runs that is done here: each so many-th, from which on. All, where it is left out. */
  readonly share?: { readonly first: number; readonly every: number }
}

/** What came of random runs, of all of them or of a share. */
export interface Simulation {
  readonly runs: number
  /** In all of them together. */
  readonly steps: number
  /** Runs after which nothing can happen any more. */
  readonly ended: number
  readonly stopped: 'seconds' | 'interrupted' | null
  readonly assumptions: readonly string[]
  readonly tallies: readonly Tally[]
  /** The first run in which the spec threw: nothing after it counts. */
  readonly failed: { readonly run: number; readonly message: string } | null
}

export interface Tally {
  readonly property: string
  readonly kind: Property['kind']
  readonly expected: Expected
  /** Runs that violate it; of a reachability property, runs that come to such a state. */
  readonly shownIn: number
  /** Runs in which it was put to the test; all, where it has no witness. */
  readonly testedIn: number
  /** The numbers of some that show it, the cheapest first. */
  readonly cheapest: readonly { readonly run: number; readonly cost: number }[]
}

/** So many runs that show something are minimised: each may end in a run of its own, and the least of those is told. */
const KEPT = 8

/** Tables that have grown past so many bytes are begun anew: what a random run needs again is quickly there again. */
const MOST_TABLE_BYTES = 2 ** 29

/**
 * Draws random runs and says what each shows of the properties.
 *
 * @param properties ids; null for all
 * @throws InputError where the variant cannot be put together for the scenario
 */
export function simulate(
  target: TargetVariant,
  scenario: Scenario,
  properties: readonly string[] | null,
  options: SimulateOptions,
  control: Control = wallClock,
): Simulation {
  return new Simulating(target, scenario, properties, options, control).run()
}

class Simulating {
  readonly #world: World
  readonly #assumptions: readonly string[]
  readonly #options: SimulateOptions
  readonly #control: Control
  readonly #tallies: readonly Tallying[]
  readonly #started: number
  #tools: Tools
  #lastTold: number
  #runs = 0
  #steps = 0
  #ended = 0
  #longest = 0

  constructor(
    target: TargetVariant,
    scenario: Scenario,
    properties: readonly string[] | null,
    options: SimulateOptions,
    control: Control,
  ) {
    this.#world = worldOf(target, scenario)
    this.#assumptions = assumptionsOf(target.protocol, target.variant, scenario)
    this.#options = options
    this.#control = control
    this.#tallies = asked(this.#world, properties).map(
      (property) => new Tallying(property, expectedOf(target.variant, scenario.name, property.id)),
    )
    this.#tools = toolsOf(this.#world)
    this.#started = control.now()
    this.#lastTold = this.#started
  }

  run(): Simulation {
    const { runs, share = { first: 0, every: 1 } } = this.#options
    for (const drawn of runsOf(this.#options)) {
      if (drawn.number >= runs) break
      if (drawn.number % share.every !== share.first) continue
      const stopped = this.#stopped(Math.ceil((runs - drawn.number) / share.every))
      if (stopped !== null) return this.#told({ stopped, failed: null })
      try {
        this.#look(drawn)
      } catch (error) {
        if (!(error instanceof SpecError)) throw error
        return this.#told({ stopped: null, failed: { run: drawn.number, message: error.message } })
      }
    }
    return this.#told({ stopped: null, failed: null })
  }

  #look(drawn: Drawn): void {
    if (this.#tools.walker.compiled.tableBytes > MOST_TABLE_BYTES) this.#tools = toolsOf(this.#world)
    const run = randomRun(this.#tools.walker, drawn, this.#control)
    const judge = this.#tools.judge(run)
    for (const tally of this.#tallies) tally.count(run, judge, drawn.number)
    this.#runs += 1
    this.#steps += run.steps.length
    this.#longest = Math.max(this.#longest, run.steps.length)
    if (run.ended) this.#ended += 1
  }

  /** Why no further run is begun; null where one may be. Tells about once a second how far it is. */
  #stopped(left: number): Simulation['stopped'] {
    const now = this.#control.now()
    const seconds = now - this.#started
    if (this.#control.interrupted?.() === true) return 'interrupted'
    if (seconds > (this.#options.seconds ?? Number.POSITIVE_INFINITY)) return 'seconds'
    if (now - this.#lastTold < 1) return null
    this.#lastTold = now
    this.#control.progress?.({
      // A state is counted each time that a run comes to it; what is left are runs.
      states: this.#steps + this.#runs,
      transitions: this.#steps,
      depth: this.#longest,
      frontier: left,
      memory: this.#tools.walker.compiled.tableBytes,
      seconds,
    })
    return null
  }

  #told(rest: Pick<Simulation, 'stopped' | 'failed'>): Simulation {
    return {
      runs: this.#runs,
      steps: this.#steps,
      ended: this.#ended,
      ...rest,
      assumptions: this.#assumptions,
      tallies: this.#tallies.map((tally) => tally.told),
    }
  }
}

/** The shares of a simulation put together: the same whoever did which runs. */
export function together(shares: readonly Simulation[]): Simulation {
  const sumOf = (count: (share: Simulation) => number): number => shares.reduce((sum, share) => sum + count(share), 0)
  const failures = shares.flatMap(({ failed }) => failed ?? [])
  return {
    runs: sumOf(({ runs }) => runs),
    steps: sumOf(({ steps }) => steps),
    ended: sumOf(({ ended }) => ended),
    stopped: shares.find(({ stopped }) => stopped !== null)?.stopped ?? null,
    failed: failures.sort((one, other) => one.run - other.run)[0] ?? null,
    assumptions: shares[0]!.assumptions,
    tallies: shares[0]!.tallies.map((tally, i) => ({
      ...tally,
      shownIn: sumOf(({ tallies }) => tallies[i]!.shownIn),
      testedIn: sumOf(({ tallies }) => tallies[i]!.testedIn),
      cheapest: theCheapest(shares.flatMap(({ tallies }) => tallies[i]!.cheapest)),
    })),
  }
}

/**
 * The least run that comes of minimising those that show something, told as a story; null where it was interrupted before the first was drawn.
 *
 * @param numbers of runs of these options
 */
export function minimisedRun(
  target: TargetVariant,
  scenario: Scenario,
  propertyId: string,
  numbers: readonly number[],
  options: SimulateOptions,
  control: Control = wallClock,
): Story | null {
  const world = worldOf(target, scenario)
  const [property] = asked(world, [propertyId])
  const tools = toolsOf(world)
  const shows = (run: Run): Shown | null => shownBy(property!, tools.judge(run))
  const stop = (): boolean => {
    // Asking for the time is a sign of life.
    control.now()
    return control.interrupted?.() === true
  }
  let best: { readonly run: Run; readonly shown: Shown } | null = null
  const last = Math.max(...numbers)
  for (const drawn of runsOf(options)) {
    if (drawn.number > last || stop()) break
    if (!numbers.includes(drawn.number)) continue
    const run = randomRun(tools.walker, drawn)
    const shown = shows(run)
    if (shown === null) continue
    const small = minimised(tools.walker, { run, shown }, shows, stop)
    if (best === null || costOfPart(small.run, small.shown) < costOfPart(best.run, best.shown)) best = small
  }
  if (best === null) return null
  const { protocol, variant, file } = target
  const trace = tools.walker.trace(best.run, best.shown)
  return { file, ...storyOf(protocol, variant, world.internet, propertyId, best.shown.reason, trace) }
}

const asked = ({ properties }: World, ids: readonly string[] | null): Property[] =>
  properties.filter(({ id }) => ids === null || ids.includes(id))

/** What one walks and judges with. */
interface Tools {
  readonly walker: Walker
  readonly judge: (run: Run) => Judge
}

function toolsOf({ internet }: World): Tools {
  const walker = new Walker(internet.model)
  const predicates = new PredicateTables(walker.compiled)
  return { walker, judge: (run) => new Judge(walker, predicates, run) }
}

const shownBy = (property: Property, judge: Judge): Shown | null =>
  property.kind === 'reachable' ? judge.sighting(property.some) : judge.violation(property)

class Tallying {
  readonly #property: Property
  readonly #expected: Expected
  #shownIn = 0
  #testedIn = 0
  #cheapest: Tally['cheapest'] = []

  constructor(property: Property, expected: Expected) {
    this.#property = property
    this.#expected = expected
  }

  count(run: Run, judge: Judge, number: number): void {
    const { witness } = this.#property
    if (witness === undefined || judge.sighting(witness) !== null) this.#testedIn += 1
    const shown = shownBy(this.#property, judge)
    if (shown === null) return
    this.#shownIn += 1
    this.#cheapest = theCheapest([...this.#cheapest, { run: number, cost: costOfPart(run, shown) }])
  }

  get told(): Tally {
    const { id, kind } = this.#property
    return {
      property: id,
      kind,
      expected: this.#expected,
      shownIn: this.#shownIn,
      testedIn: this.#testedIn,
      cheapest: this.#cheapest,
    }
  }
}

const theCheapest = (runs: Tally['cheapest']): Tally['cheapest'] =>
  [...runs].sort((one, other) => one.cost - other.cost || one.run - other.run).slice(0, KEPT)
