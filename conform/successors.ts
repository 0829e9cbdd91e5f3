import { networkOf } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Known } from './divergence.ts'
import type { LogClock, Running } from './log-clock.ts'
import type { Mapping } from './mapping.ts'
import type { Mapped, Seen } from './observation.ts'
import { Outlook } from './outlook.ts'
import type { Pending, Place } from './place.ts'
import type { Sent, Step, TabulatedWorld } from './tabulated-world.ts'

/** What is taken for granted of a log. */
export interface Granted {
  readonly mapping: Mapping
  /** Whether the log shows what a server sends to addresses that were left. */
  readonly showsTheDead: boolean
  /** Whether users act while their host holds no address: that makes a difference where it comes back to one that nobody knows it has left. */
  readonly actsUnseen: boolean
}

/** What may come after a place by a step: what fits, the likeliest last; and what cannot be right as a whole. */
export interface After {
  readonly fit: readonly Place[]
  readonly hopeless: readonly Place[]
}

const looksOf = (pending: readonly Pending[]): number[] => pending.map(({ look }) => look)

/** What may come after a place: a step that fits what was seen and when, or the next line. */
export class Successors {
  readonly #internet: Internet
  readonly #world: TabulatedWorld
  readonly #clock: LogClock
  readonly #outlook: Outlook | null
  readonly #seen: readonly Seen[]
  readonly #mapped: Mapped
  readonly #granted: Granted
  readonly #mayLose: boolean
  readonly #goneForGood = new WeakMap<Step, boolean>()

  constructor({ internet, sight, world, clock }: Known, mapped: Mapped, granted: Granted) {
    const { seen } = mapped
    const { sendsFrom } = granted.mapping
    this.#internet = internet
    this.#world = world
    this.#clock = clock
    this.#outlook = sendsFrom === undefined ? null : new Outlook(sendsFrom, { internet, sight, world, seen })
    this.#seen = seen
    this.#mapped = mapped
    this.#granted = granted
    this.#mayLose = internet.layout.faults !== null
  }

  /** The next line read, if it is a packet that was sent and not seen. */
  reads(place: Place): Place[] {
    const { cursor, pending, state } = place
    const line = this.#seen[cursor]
    if (line === undefined || !pending.some((one) => one.isShownBy(cursor))) return []
    // What was sent, and what a timer should have sent by then, was to be seen before.
    if (pending.some((one) => cursor >= one.overdue && !this.maybeUnseen(place, one))) return []
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

  /**
   * What may come after a place by a step.
   *
   * @param looksAhead whether the rest of the log may rule it out
   * @param room how many are wanted of those that cannot be right as a whole
   */
  steps(place: Place, looksAhead: boolean, room: number): After {
    const { cursor, state } = place
    const hopeless: Place[] = []
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
          sent.every((one) => this.maybeUnseen(place, one) && !this.#mayShow(place, one)) &&
          !this.#clock.isOverdue(fired, cursor)
        )
          continue
      }
      if (step.label.kind === 'action' && ((held && sent.length > 0) || !this.#isDoneNow(place, step))) continue
      // Whatever is sent has to be seen some time, unless it never gets out.
      const waiting = sent.map((one): Pending => ({ ...one, overdue: this.#overdue(one, cursor, step, fired) }))
      const isTolerated = hopeless.length < room
      const willBeSeen = this.#willBeSeen(place, pending, waiting)
      if (!willBeSeen && !isTolerated) continue
      const next = this.#world.after(state, i)
      const unseen = waiting.length === 0 ? pending : [...pending, ...waiting]
      // What follows a step that was let pass is told up to the line that it rules out.
      const isOver = looksAhead && this.#outlook?.isOver(next, cursor, unseen) === true
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
      else hopeless.push(to)
    }
    const first =
      found.find(({ step }) => this.#arrivesUnseen(step)) ?? found.find(({ step }) => this.#diesForGood(step))
    if (first !== undefined) return { fit: [first.place], hopeless }
    return { fit: found.sort((one, other) => one.rank - other.rank).map((one) => one.place), hopeless }
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
    const isUnseen = label.kind === 'fault' || (label.kind === 'lost' && this.maybeUnseen(place, place.pending[i]!))
    if (!isUnseen) return null
    return place.pending.toSpliced(i, 1)
  }

  /** What cannot be seen and changes nothing that can is got over with at once. */
  #arrivesUnseen({ label }: Step): boolean {
    if (label.kind !== 'deliver' || this.#mapped.showsServers) return false
    return this.#granted.mapping.registration.has(label.taken?.name ?? '')
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
    if (label.cause !== undefined) return this.#granted.actsUnseen
    if (sent.length > 0 && place.pending.some((one) => one.isShownBy(place.cursor))) return false
    const mustShow = sent.filter((one) => !this.maybeUnseen(place, one))
    return mustShow.length === 0 || mustShow.some((one) => one.isShownBy(place.cursor))
  }

  #willBeSeen(place: Place, pending: readonly Pending[], sent: readonly Pending[]): boolean {
    return sent.every((one) => {
      if (this.maybeUnseen(place, one)) return true
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
  maybeUnseen({ state }: Place, { isFromServer, packet }: Sent): boolean {
    return !this.#granted.showsTheDead && isFromServer && !this.#world.isHeld(state, packet.destination)
  }
}
