import type { Control } from '../checker/limits.ts'
import type { Label } from '../checker/model.ts'
import type { Trace } from '../checker/verdict.ts'
import { networkOf } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { type Instead, insteadOf, simplest } from './divergence.ts'
import type { Tabled } from './lately.ts'
import { LogClock, type Running } from './log-clock.ts'
import type { Mapping } from './mapping.ts'
import type { Mapped, Seen } from './observation.ts'
import { Outlook } from './outlook.ts'
import type { Pending, Place } from './place.ts'
import { Sight } from './sight.ts'
import { type Sent, type Step, TabulatedWorld } from './tabulated-world.ts'
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

export interface ExplainOptions {
  /** States and cursors that are looked at, for each hundred lines, and for fewer. */
  readonly most: number
  /** Whether to give up where an explanation is not soon found. */
  readonly isQuick: boolean
  readonly mapping: Mapping
  /** How much earlier than its standard says a timer may fire, as a share. */
  readonly tolerance: number
  /** Seconds that a packet is on its way at most: after such a pause nothing that was sent before still is. */
  readonly latency: number
  /** Whether the log shows what a server sends to addresses that were left. */
  readonly showsTheDead: boolean
  /** Whether users act while their host holds no address: that makes a difference where it comes back to one that nobody knows it has left. */
  readonly actsUnseen: boolean
  readonly control?: Control
}

/** Places that are looked at between two looks at the clock, which also say that the search is alive. */
const LOOK_EVERY = 256

/** The lines of a log that `most` is of. */
const MOST_IS_OF = 100

/** So many places, and so many more for each line, are looked at before all that may be at a line is. */
const QUICK = 20_000
const QUICK_A_LINE = 10

/** States that are known before all of them are forgotten. */
const MOST_STATES = 2 ** 16

const MOST_SURVIVORS = 2000
const MOST_HOPELESS = 5000

export function explainLog(tabled: Tabled, mapped: Mapped, options: ExplainOptions): LogVerdict {
  return new Search(tabled, mapped, options).run()
}

const looksOf = (pending: readonly Pending[]): number[] => pending.map(({ look }) => look)

class Search {
  readonly #internet: Internet
  readonly #sight: Sight
  readonly #world: TabulatedWorld
  readonly #clock: LogClock
  readonly #outlook: Outlook | null
  readonly #seen: readonly Seen[]
  readonly #mapped: Mapped
  readonly #options: ExplainOptions
  readonly #mayLose: boolean
  readonly #goneForGood = new WeakMap<Step, boolean>()
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
    this.#internet = internet
    this.#mapped = mapped
    this.#sight = new Sight(internet, options.mapping, mapped.showsServers)
    this.#world = new TabulatedWorld(tabled, this.#sight, mapped.seen)
    this.#clock = new LogClock(mapped.seen, mapped.since, options.latency, options.tolerance)
    const { sendsFrom } = options.mapping
    const known = { internet, sight: this.#sight, world: this.#world, seen: mapped.seen }
    this.#outlook = sendsFrom === undefined ? null : new Outlook(sendsFrom, known)
    this.#begun = options.control?.now() ?? 0
    this.#told = this.#begun
    this.#seen = mapped.seen
    this.#options = options
    this.#mayLose = internet.layout.faults !== null
  }

  run(): LogVerdict {
    const { start: state } = this.#world
    const running = this.#clock.first(this.#world.armed(state), this.#world.lastings)
    const start: Place = { state, cursor: 0, pending: [], running, before: null, step: null, line: null }
    const { most, isQuick } = this.#options
    const lines = this.#seen.length
    const found = this.#deepFirst(start, Math.min(most, QUICK + QUICK_A_LINE * lines))
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
      stack.push(...this.#steps(place), ...this.#reads(place))
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
      if (this.#world.size > MOST_STATES) {
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
        next.push(...this.#reads(place))
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
    return place.cursor === this.#seen.length && place.pending.every((one) => this.#maybeUnseen(place, one))
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

  /** The next line read, if it is a packet that was sent and not seen. */
  #reads(place: Place): Place[] {
    const { cursor, pending, state } = place
    const line = this.#seen[cursor]
    if (line === undefined || !pending.some((one) => one.isShownBy(cursor))) return []
    // What was sent, and what a timer should have sent by then, was to be seen before.
    if (pending.some((one) => cursor >= one.overdue && !this.#maybeUnseen(place, one))) return []
    if (place.running.some((one) => this.#clock.isOverdue(one, cursor))) return []
    // After a pause nothing else may still be on its way, but what is only now being sent.
    if (this.#clock.isPause(cursor) && !this.#world.hasInFlightOnly(state, looksOf(pending))) return []
    return pending.flatMap((one, i): Place[] => {
      if (!one.isShownBy(cursor)) return []
      return [
        { ...place, cursor: cursor + 1, pending: pending.toSpliced(i, 1), before: place, step: null, line: line.line },
      ]
    })
  }

  #steps(place: Place): Place[] {
    const { cursor, state } = place
    const held = this.#clock.isPause(cursor) && !this.#world.hasInFlightOnly(state, looksOf(place.pending))
    const found: { place: Place; step: Step; rank: number }[] = []
    for (const [i, step] of this.#world.steps(state).entries()) {
      const { sent } = step
      const pending = this.#pendingAfter(place, step)
      if (pending === null) continue
      const { timer } = step
      const fired = timer === null ? null : (place.running.find(({ which }) => this.#world.isOf(which, timer)) ?? null)
      if (fired !== null) {
        // A timer fires when its time has come: no later than the next line shows.
        if (!this.#clock.isDue(fired, cursor)) continue
        // Nobody sends anew after a pause while something from before it is still on its way.
        if (held) continue
        // Sending again to where nobody is any more shows nothing and mends nothing, but is done where it must be.
        if (
          sent.length > 0 &&
          sent.every((one) => this.#maybeUnseen(place, one) && !this.#mayShow(place, one)) &&
          !this.#clock.isOverdue(fired, cursor)
        )
          continue
      }
      if (step.label.kind === 'action' && ((held && sent.length > 0) || !this.#isDoneNow(place, step))) continue
      // Whatever is sent has to be seen some time, unless it never gets out.
      const waiting = sent.map((one): Pending => ({ ...one, overdue: this.#overdue(one, cursor, step, fired) }))
      const isTolerated = this.#tolerates && cursor >= this.#best && this.#hopeless.length < MOST_HOPELESS
      const willBeSeen = this.#willBeSeen(place, pending, waiting)
      if (!willBeSeen && !isTolerated) continue
      const next = this.#world.after(state, i)
      const unseen = waiting.length === 0 ? pending : [...pending, ...waiting]
      // What follows a step that was let pass is told up to the line that it rules out.
      const isOver = this.#tolerates && this.#outlook?.isOver(next, cursor, unseen) === true
      const fits = willBeSeen && !isOver
      if (!fits && !isTolerated) continue
      const to: Place = {
        state: next,
        cursor,
        pending: unseen,
        running: this.#clock.after(this.#world.armed(next), this.#world.lastings, place.running, fired, cursor),
        before: place,
        step,
        line: null,
      }
      if (fits) found.push({ place: to, step, rank: this.#rank(step, cursor) })
      else this.#hopeless.push(to)
    }
    const first =
      found.find(({ step }) => this.#arrivesUnseen(step)) ?? found.find(({ step }) => this.#diesForGood(step))
    if (first !== undefined) return [first.place]
    return found.sort((one, other) => one.rank - other.rank).map((one) => one.place)
  }

  /** When what a step sends must have been seen. A server may take its time. */
  #overdue({ isFromServer }: Sent, cursor: number, { label, taken }: Step, fired: Running | null): number {
    if (isFromServer) return Number.POSITIVE_INFINITY
    if (fired !== null) return Math.min(this.#clock.seenBefore(cursor), fired.overdue)
    const wasSeen = label.kind === 'deliver' && taken !== null && this.#world.isVisible(taken)
    return wasSeen ? this.#clock.answeredBefore(cursor) : this.#clock.seenBefore(cursor)
  }

  /** What is still to be seen when a packet has arrived, or died: it was seen before. One that could not be sent on is never seen. Null if it cannot be. */
  #pendingAfter(place: Place, { label, taken }: Step): readonly Pending[] | null {
    if (taken === null) return place.pending
    const i = place.pending.findIndex(({ look }) => look === taken)
    if (i < 0) return place.pending
    // The network may lose it before the log is taken.
    const isUnseen = label.kind === 'fault' || (label.kind === 'lost' && this.#maybeUnseen(place, place.pending[i]!))
    if (!isUnseen) return null
    return place.pending.toSpliced(i, 1)
  }

  /** What cannot be seen and changes nothing that can is got over with at once. */
  #arrivesUnseen({ label }: Step): boolean {
    if (label.kind !== 'deliver' || this.#mapped.showsServers) return false
    return this.#options.mapping.registration.has(label.taken?.name ?? '')
  }

  /** So is what dies at an address that was left for good, unless a forwarder is still to be told. */
  #diesForGood(step: Step): boolean {
    const known = this.#goneForGood.get(step)
    if (known !== undefined) return known
    const dies = this.#mustDie(step)
    this.#goneForGood.set(step, dies)
    return dies
  }

  #mustDie({ label: { kind, cause, taken } }: Step): boolean {
    if (kind !== 'lost' || cause?.includes('has left') !== true) return false
    const { layout } = this.#internet
    const { destination } = taken!
    const comesBack = layout
      .candidatesFor(destination)
      .some(({ stops }) => stops.filter((addresses) => addresses.includes(destination)).length > 1)
    return !comesBack && layout.agentsOf(networkOf(destination)).length === 0
  }

  /**
   * What may be done at any time is done right before it shows: reading a line changes nothing, and what has not arrived can wait. What nobody
   * sees for want of an address is done as well when there is one, as a rule.
   */
  #isDoneNow(place: Place, { label, sent }: Step): boolean {
    if (label.cause !== undefined) return this.#options.actsUnseen
    if (sent.length > 0 && place.pending.some((one) => one.isShownBy(place.cursor))) return false
    const mustShow = sent.filter((one) => !this.#maybeUnseen(place, one))
    return mustShow.length === 0 || mustShow.some((one) => one.isShownBy(place.cursor))
  }

  #willBeSeen(place: Place, pending: readonly Pending[], sent: readonly Pending[]): boolean {
    return sent.every((one) => {
      if (this.#maybeUnseen(place, one)) return true
      const waiting = [...pending, ...sent].filter(({ look }) => look === one.look).length
      if ((one.lines.at(-waiting) ?? -1) < place.cursor) return false
      // What nobody loses is seen in time.
      return this.#mayLose || one.lines.some((position) => position >= place.cursor && position < one.overdue)
    })
  }

  /** What is likeliest to be right comes last, and is tried first. */
  #rank({ label, sent }: Step, cursor: number): number {
    if (sent.some((one) => one.isShownBy(cursor))) return 4
    if (sent.length > 0) return 0
    if (label.kind === 'deliver' || label.kind === 'lost') return 3
    return label.kind === 'timer' ? 1 : 2
  }

  /** Whether the next line may be one more of what was sent already. */
  #mayShow({ pending, cursor }: Place, { look, lines, isShownBy }: Sent): boolean {
    if (!isShownBy(cursor)) return false
    const left = lines.length - lines.findIndex((position) => position >= cursor)
    return pending.filter((one) => one.look === look).length < left
  }

  /** If a server sits on the router where the log is taken, what it sends to where nobody is any more never gets out. */
  #maybeUnseen({ state }: Place, { isFromServer, packet }: Sent): boolean {
    return !this.#options.showsTheDead && isFromServer && !this.#world.isHeld(state, packet.destination)
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
    return { trace: { cells: this.#internet.model.cells, states, steps, loopStart: null }, lines }
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
      stack.push(...this.#steps(place), ...this.#reads(place))
    }
  }

  #diverged(): Diverged | Unsupported {
    this.#followHopeless()
    const at = this.#seen[this.#best] ?? null
    const by = { internet: this.#internet, sight: this.#sight, world: this.#world, clock: this.#clock }
    const told = simplest(this.#furthest, by)
    const explained = {
      consumed: Math.max(0, this.#best),
      survivors: this.#furthest.length,
      ...this.#traceOf(told[0]!),
    }
    if (at?.unsupported !== undefined) return { kind: 'unsupported', at, ...explained }
    return { kind: 'diverges', at, instead: insteadOf(told, at, by), ...explained }
  }
}
