import type { Control } from '../checker/limits.ts'
import type { Label } from '../checker/model.ts'
import type { Trace } from '../checker/verdict.ts'
import { type Instead, insteadOf, type Known, simplest } from './divergence.ts'
import type { Tabled } from './lately.ts'
import { LogClock } from './log-clock.ts'
import type { Mapped, Seen } from './observation.ts'
import type { Place } from './place.ts'
import { Sight } from './sight.ts'
import { type Granted, Successors } from './successors.ts'
import { TabulatedWorld } from './tabulated-world.ts'
import { Visited } from './visited.ts'

/**
 * Is there a run of the model that explains a log? Depth first over states and a cursor that advances only on lines that fit. A packet is seen after
 * it was sent and before it arrives or is lost. What the log cannot show (moves, timers, arrivals) happens in between as it must.
 */
export interface Explained {
  readonly kind: 'conforms'
  readonly trace: Trace
  /** For each step, the lines of packets that it sent. */
  readonly lines: readonly (readonly number[])[]
}

export interface Diverged {
  readonly kind: 'diverges'
  /** How many lines fit, and the one that does not; null where all do, and something that must be seen is missing. */
  readonly consumed: number
  readonly at: Seen | null
  /** What the model could have shown instead in each state that survives, and why the line rules it out. */
  readonly instead: readonly Instead[]
  readonly survivors: number
  /** The simplest run that explains the lines before it, and for each step the lines of packets that it sent. */
  readonly trace: Trace
  readonly lines: readonly (readonly number[])[]
}

/** All fits up to a line which shows something that the model leaves out. */
export interface Unsupported extends Omit<Diverged, 'kind' | 'at' | 'instead'> {
  readonly kind: 'unsupported'
  readonly at: Seen
}

/** How far it came, and after how many states and cursors. */
export interface Inconclusive {
  readonly kind: 'inconclusive'
  readonly consumed: number
  readonly searched: number
  readonly because: 'the bound of states was hit' | 'it was interrupted'
}

export type LogVerdict = Explained | Diverged | Unsupported | Inconclusive

export interface ExplainOptions extends Granted {
  /** States and cursors that are looked at, for each hundred lines, and for fewer. */
  readonly most: number
  /** Whether to give up where an explanation is not soon found. */
  readonly isQuick: boolean
  /** How much earlier than its standard says a timer may fire, as a share. */
  readonly tolerance: number
  /** Seconds that a packet is on its way at most: after such a pause nothing that was sent before still is. */
  readonly latency: number
  readonly control?: Control
  /** When a search goes another way: small numbers are for laws. */
  readonly pace?: Pace
}

export interface Pace {
  /** So many places, and so many more for each line, are looked at before all that may be at a line is. */
  readonly quick: number
  readonly quickALine: number
  /** Where more states are known when a line is begun, they are forgotten. */
  readonly states: number
}

const PACE: Pace = { quick: 20_000, quickALine: 10, states: 2 ** 16 }

/** Places that are looked at between two looks at the clock, which also say that the search is alive. */
const LOOK_EVERY = 256

/** The lines of a log that `most` is of. */
const MOST_IS_OF = 100

const MOST_SURVIVORS = 2000
const MOST_HOPELESS = 5000

export function explainLog(tabled: Tabled, mapped: Mapped, options: ExplainOptions): LogVerdict {
  return new Search(tabled, mapped, options).run()
}

class Search {
  readonly #known: Known
  readonly #successors: Successors
  readonly #world: TabulatedWorld
  readonly #clock: LogClock
  readonly #seen: readonly Seen[]
  readonly #options: ExplainOptions
  readonly #pace: Pace
  #searched = 0
  readonly #begun: number
  #told: number
  #furthest: Place[] = []
  /** What the log cannot be a run of, but may show the beginning of. */
  readonly #hopeless: Place[] = []
  #tolerates = true
  #best = -1

  constructor(tabled: Tabled, mapped: Mapped, options: ExplainOptions) {
    const { internet } = tabled
    const { seen } = mapped
    const sight = new Sight(internet, options.mapping, mapped.showsServers)
    this.#world = new TabulatedWorld(tabled, sight, seen)
    this.#clock = new LogClock(seen, mapped.since, options.latency, options.tolerance)
    this.#known = { internet, sight, world: this.#world, clock: this.#clock }
    this.#successors = new Successors(this.#known, mapped, options)
    this.#begun = options.control?.now() ?? 0
    this.#told = this.#begun
    this.#seen = seen
    this.#options = options
    this.#pace = options.pace ?? PACE
  }

  run(): LogVerdict {
    const { start: state } = this.#world
    const running = this.#clock.first(this.#world.armed(state), this.#world.lastings)
    const start: Place = { state, cursor: 0, pending: [], running, before: null, step: null, line: null }
    const { most, isQuick } = this.#options
    const { quick, quickALine } = this.#pace
    const lines = this.#seen.length
    // Whoever has been told to end does not begin.
    if (this.#options.control?.interrupted?.() === true) return this.#inconclusive('it was interrupted')
    const found = this.#deepFirst(start, Math.min(most, quick + quickALine * lines))
    if (found !== 'too much') return found
    if (isQuick) return this.#inconclusive('the bound of states was hit')
    return this.#lineByLine(start, most * Math.max(1, lines / MOST_IS_OF))
  }

  /** What reads a line comes before what is hidden: where the log is a run, little else is looked at. */
  #deepFirst(start: Place, most: number): LogVerdict | 'too much' {
    const stack = [start]
    const visited = new Visited(this.#clock, this.#world.lastings)
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (!visited.isNew(place)) continue
      this.#searched += 1
      if (visited.size > most) return 'too much'
      if (this.#isInterrupted()) return this.#inconclusive('it was interrupted')
      this.#note(place)
      // Nothing comes after a line that is none of the model.
      if (this.#seen[place.cursor]?.unsupported !== undefined) return this.#diverged()
      if (this.#isExplained(place)) return this.#explained(place)
      // The last pushed is looked at first.
      stack.push(...this.#steps(place), ...this.#successors.reads(place))
    }
    return this.#diverged()
  }

  /** All that may be at a line before the next one is read: what leads nowhere is forgotten, so that long logs fit into memory. */
  #lineByLine(start: Place, most: number): LogVerdict {
    const upTo = this.#searched + most
    this.#furthest = []
    this.#hopeless.splice(MOST_HOPELESS / 2)
    let stack = [start]
    for (;;) {
      if (this.#world.size > this.#pace.states) {
        this.#world.forget()
        stack = this.#again(stack)
      }
      const visited = new Visited(this.#clock, this.#world.lastings)
      const next: Place[] = []
      for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
        if (!visited.isNew(place)) continue
        this.#searched += 1
        if (this.#searched > upTo) return this.#inconclusive('the bound of states was hit')
        if (this.#isInterrupted()) return this.#inconclusive('it was interrupted')
        this.#note(place)
        if (this.#isExplained(place)) return this.#explained(place)
        stack.push(...this.#steps(place))
        next.push(...this.#successors.reads(place))
      }
      if (next.length === 0) return this.#diverged()
      stack = next
    }
  }

  /** Places whose states may have been forgotten. */
  #again(places: readonly Place[]): Place[] {
    return places.map((place) => ({ ...place, state: this.#world.again(place.state) }))
  }

  #inconclusive(because: Inconclusive['because']): Inconclusive {
    return { kind: 'inconclusive', consumed: Math.max(0, this.#best), searched: this.#searched, because }
  }

  #isExplained(place: Place): boolean {
    return place.cursor === this.#seen.length && place.pending.every((one) => this.#successors.maybeUnseen(place, one))
  }

  #isInterrupted(): boolean {
    const { control } = this.#options
    if (control === undefined || this.#searched % LOOK_EVERY !== 0) return false
    const now = control.now()
    if (now - this.#told >= 1) this.#tell(control, now)
    return control.interrupted?.() === true
  }

  /** How far the log is read is how deep the search is. */
  #tell(control: Control, now: number): void {
    this.#told = now
    const depth = Math.max(0, this.#best)
    const seconds = now - this.#begun
    control.progress?.({ states: this.#searched, transitions: this.#searched, depth, frontier: 0, memory: 0, seconds })
  }

  #note(place: Place): void {
    if (place.cursor > this.#best) {
      this.#best = place.cursor
      this.#furthest = []
    }
    if (place.cursor === this.#best && this.#furthest.length < MOST_SURVIVORS) this.#furthest.push(place)
  }

  #steps(place: Place): readonly Place[] {
    const isTolerated = this.#tolerates && place.cursor >= this.#best
    const room = isTolerated ? MOST_HOPELESS - this.#hopeless.length : 0
    const { fit, hopeless } = this.#successors.steps(place, this.#tolerates, room)
    this.#hopeless.push(...hopeless)
    return fit
  }

  #traceOf(end: Place): { trace: Trace; lines: number[][] } {
    const states: Trace['states'][number][] = []
    const steps: Label[] = []
    const lines: number[][] = []
    const way: Place[] = []
    for (let place: Place | null = end; place !== null; place = place.before) way.push(place)
    for (const { before, state, step, line } of way.reverse()) {
      if (before === null) states.push(this.#world.values(state))
      else if (step !== null) {
        states.push(this.#world.values(state))
        steps.push(step.label)
        lines.push([])
      } else if (line !== null) lines.at(-1)?.push(line)
    }
    return { trace: { cells: this.#known.internet.model.cells, states, steps, loopStart: null }, lines }
  }

  #explained(place: Place): Explained {
    const { trace, lines } = this.#traceOf(place)
    return { kind: 'conforms', trace, lines }
  }

  /** The line that does not fit may come after some that do: one step that cannot be right as a whole is let pass, and what follows must be. */
  #followHopeless(): void {
    const stack = this.#again(this.#hopeless)
    const visited = new Visited(this.#clock, this.#world.lastings)
    this.#tolerates = false
    for (let place = stack.pop(); place !== undefined && visited.size < MOST_HOPELESS; place = stack.pop()) {
      if (!visited.isNew(place)) continue
      this.#note(place)
      stack.push(...this.#steps(place), ...this.#successors.reads(place))
    }
  }

  #diverged(): Diverged | Unsupported {
    this.#followHopeless()
    const at = this.#seen[this.#best] ?? null
    const told = simplest(this.#furthest, this.#known)
    const explained = {
      consumed: Math.max(0, this.#best),
      survivors: this.#furthest.length,
      ...this.#traceOf(told[0]!),
    }
    if (at?.unsupported !== undefined) return { kind: 'unsupported', at, ...explained }
    return { kind: 'diverges', at, instead: insteadOf(told, at, this.#known), ...explained }
  }
}
