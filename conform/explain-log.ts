import { canonical } from '../checker/canonical.ts'
import type { Label, Look, Value } from '../checker/model.ts'
import { after, enabledOutcomes } from '../checker/reference.ts'
import type { Trace } from '../checker/verdict.ts'
import { networkOf } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { labelKey } from '../spec/internet/layout.ts'
import { innermost, type Packet } from '../spec/internet/packet.ts'
import { View } from '../spec/internet/view.ts'
import type { Mapping } from './mapping.ts'
import type { Mapped, Seen } from './observation.ts'
import { type Difference, Sight } from './sight.ts'

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
  readonly instead: readonly { readonly could: string; readonly because: string }[]
  readonly survivors: number
  readonly trace: Trace
}

export type LogVerdict =
  | Explained
  | Diverged
  | { readonly kind: 'inconclusive'; readonly consumed: number; readonly searched: number }

export interface ExplainOptions {
  /** States and cursors that are looked at. */
  readonly most: number
  readonly mapping: Mapping
  /** How much earlier than its standard says a timer may fire, as a share. */
  readonly tolerance: number
  /** Seconds that a packet is on its way at most: after such a pause nothing that was sent before still is. */
  readonly latency: number
  /** Whether the log shows what a server sends to addresses that were left. */
  readonly showsTheDead: boolean
}

interface Pending {
  readonly key: string
  readonly packet: Packet
}

interface Place {
  readonly state: readonly Value[]
  readonly cursor: number
  /** Sent, and not seen yet. */
  readonly pending: readonly Pending[]
  /** The position of the line by which each timer that runs has come to its time, by timer and node. */
  readonly due: Readonly<Record<string, number>>
  readonly before: Place | null
  readonly step: Label | null
  /** The line that was read to get here. */
  readonly line: number | null
}

/** Seconds: real timers tick (Kamailio's every 62.5 ms). */
const TICK = 0.05

const NEVER_SEEN: Difference = { words: ['it is never seen'], distance: 0 }
const NOT_YET: Difference = { words: ['it may not come yet: something else is still on its way'], distance: 0 }

const MOST_SURVIVORS = 40
const MOST_HOPELESS = 5000

export function explainLog(internet: Internet, mapped: Mapped, options: ExplainOptions): LogVerdict {
  return new Search(internet, mapped, options).run()
}

/** The name of the packet that a step takes. */
const kindOf = (label: Label): string => label.taken?.name ?? ''

/** A timer that has fired begins anew. */
function dueAfter(due: Place['due'], { timer, actor }: Label): Place['due'] {
  if (timer === undefined) return due
  const { [`${timer} of ${actor}`]: _, ...others } = due
  return others
}

class Search {
  readonly #internet: Internet
  readonly #sight: Sight
  readonly #seen: readonly Seen[]
  readonly #mapped: Mapped
  readonly #options: ExplainOptions
  readonly #visited = new Set<string>()
  readonly #fits = new Map<string, readonly number[]>()
  #furthest: Place[] = []
  /** What the log cannot be a run of, but may show the beginning of. */
  readonly #hopeless: Place[] = []
  #tolerates = true
  #best = -1

  constructor(internet: Internet, mapped: Mapped, options: ExplainOptions) {
    this.#internet = internet
    this.#mapped = mapped
    this.#sight = new Sight(internet, options.mapping, mapped.showsServers)
    this.#seen = mapped.seen
    this.#options = options
  }

  run(): LogVerdict {
    const state = this.#internet.model.initial[0]!
    const stack: Place[] = [
      { state, cursor: 0, pending: [], due: this.#timers(state, {}, 0), before: null, step: null, line: null },
    ]
    while (stack.length > 0) {
      if (this.#visited.size > this.#options.most) {
        return { kind: 'inconclusive', consumed: this.#best, searched: this.#visited.size }
      }
      const place = stack.pop()!
      const key = this.#key(place)
      if (this.#visited.has(key)) continue
      this.#visited.add(key)
      this.#note(place)
      if (place.cursor === this.#seen.length && place.pending.every(({ packet }) => this.#maybeUnseen(place, packet))) {
        return this.#explained(place)
      }
      // The last pushed is looked at first: what reads a line comes before what is hidden.
      const next = [...this.#steps(place), ...this.#reads(place)]
      for (const one of next) stack.push(one)
    }
    return this.#diverged()
  }

  #key({ state, cursor, pending, due }: Place): string {
    return `${cursor} ${pending
      .map(({ key }) => key)
      .sort()
      .join(' ')} ${canonical(due as Value)} ${canonical(state as Value)}`
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
    const line = this.#seen[place.cursor]
    if (line === undefined) return []
    const paused = this.#paused(place)
    return place.pending.flatMap((one, i): Place[] => {
      if (this.#sight.differs(one.packet, line) !== null) return []
      const pending = place.pending.filter((_, k) => k !== i)
      // After a pause nothing else may still be on its way, but what is only now being sent.
      if (paused && !this.#onlyInFlight(place)) return []
      return [{ ...place, cursor: place.cursor + 1, pending, before: place, step: null, line: line.line }]
    })
  }

  /** Whether the next line comes a while after the one before. */
  #paused({ cursor }: Place): boolean {
    const [earlier, line] = [this.#seen[cursor - 1], this.#seen[cursor]]
    return earlier !== undefined && line !== undefined && line.time - earlier.time > this.#options.latency
  }

  #onlyInFlight(place: Place): boolean {
    const keys = new Set(place.pending.map(({ key }) => key))
    return this.#view(place.state)
      .inFlight()
      .every((packet) => keys.has(this.#sight.keyOf(packet)))
  }

  #steps(place: Place): Place[] {
    const { model } = this.#internet
    const wanted = this.#seen[place.cursor]
    const steps = enabledOutcomes(model, place.state).flatMap((outcome): { place: Place; rank: number }[] => {
      const { label } = outcome
      let { pending } = place
      if (label.taken !== undefined) {
        // A packet arrives, or dies, after it was seen. One that could not be sent on is never seen.
        const key = labelKey(label.taken)
        const waiting = pending.find((one) => one.key === key)
        if (waiting !== undefined) {
          if (label.kind !== 'lost' || !this.#maybeUnseen(place, waiting.packet)) return []
          pending = pending.filter((one) => one !== waiting)
        }
      }
      if (label.kind === 'timer' && !this.#isDue(place, label)) return []
      // Nobody sends anew after a pause while something from before it is still on its way.
      if (label.kind === 'timer' && this.#paused(place) && !this.#onlyInFlight(place)) return []
      const next = after(model, place.state, outcome)
      const sent: Pending[] = []
      for (const [, parcel] of outcome.sends) {
        const packet = parcel as unknown as Packet
        if (this.#sight.isVisible(packet)) sent.push({ key: this.#sight.keyOf(packet), packet })
      }
      // Sending again to where nobody is any more shows nothing and mends nothing.
      if (label.kind === 'timer' && sent.length > 0 && sent.every(({ packet }) => this.#maybeUnseen(place, packet)))
        return []
      const to: Place = {
        state: next,
        cursor: place.cursor,
        pending: [...pending, ...sent],
        due: this.#timers(next, dueAfter(place.due, label), place.cursor),
        before: place,
        step: label,
        line: null,
      }
      // Whatever is sent has to be seen some time, unless it never gets out.
      if (!this.#willBeSeen(place, pending, sent)) {
        if (this.#tolerates && place.cursor >= this.#best && this.#hopeless.length < MOST_HOPELESS)
          this.#hopeless.push(to)
        return []
      }
      return [{ place: to, rank: this.#rank(label, sent, wanted) }]
    })
    // What cannot be seen and changes nothing that can is got over with at once.
    const unseen = steps.find(
      ({ place: to }) =>
        to.step!.kind === 'deliver' &&
        this.#options.mapping.registration.has(kindOf(to.step!)) &&
        !this.#mapped.showsServers,
    )
    if (unseen !== undefined) return [unseen.place]
    // So is what dies at an address that was left: nobody comes back to it, unless a forwarder is still to be told.
    const dead = steps.find(({ place: to }) => {
      const { kind, cause, taken } = to.step!
      if (kind !== 'lost' || cause?.includes('has left') !== true) return false
      return this.#internet.layout.agentsOf(networkOf(taken!.destination)).length === 0
    })
    if (dead !== undefined) return [dead.place]
    return steps.sort((one, other) => one.rank - other.rank).map((one) => one.place)
  }

  #willBeSeen(place: Place, pending: readonly Pending[], sent: readonly Pending[]): boolean {
    return sent.every(({ key, packet }) => {
      if (this.#maybeUnseen(place, packet)) return true
      const waiting = [...pending, ...sent].filter((one) => one.key === key).length
      return this.#linesOf(key, packet).filter((i) => i >= place.cursor).length >= waiting
    })
  }

  /** The positions of the lines that show such a packet. */
  #linesOf(key: string, packet: Packet): readonly number[] {
    let lines = this.#fits.get(key)
    if (lines === undefined) {
      lines = this.#seen.flatMap((line, i) => (this.#sight.differs(packet, line) === null ? [i] : []))
      this.#fits.set(key, lines)
    }
    return lines
  }

  /** What is likeliest to be right comes last, and is tried first. */
  #rank(label: Label, sent: readonly Pending[], wanted: Seen | undefined): number {
    if (wanted !== undefined && sent.some(({ packet }) => this.#sight.differs(packet, wanted) === null)) return 4
    if (sent.length > 0) return 0
    if (label.kind === 'deliver' || label.kind === 'lost') return 3
    return label.kind === 'timer' ? 1 : 2
  }

  /** If a server sits on the router where the log is taken, what it sends to where nobody is any more never gets out. */
  #maybeUnseen(place: Place, packet: Packet): boolean {
    if (this.#options.showsTheDead) return false
    return this.#sight.isFromServer(packet) && this.#view(place.state).holder(packet.destination) === undefined
  }

  /** When the timers that run are due: those that begin now begin no earlier than the last line was seen. */
  #timers(state: readonly Value[], before: Place['due'], cursor: number): Place['due'] {
    const view = this.#view(state)
    const due: Record<string, number> = {}
    for (const n of this.#internet.layout.topology.nodes) {
      for (const timer of n.role.armed?.(view.state(n.name)) ?? []) {
        const { milliseconds = 0, earliest = milliseconds } = n.role.timers?.[timer] ?? {}
        if (earliest === 0) continue
        const key = `${timer} of ${n.name}`
        due[key] = before[key] ?? this.#lineAfter(cursor, (earliest / 1000) * (1 - this.#options.tolerance) - TICK)
      }
    }
    return due
  }

  /** The first line that comes so many seconds later, or the end of the log. */
  #lineAfter(cursor: number, seconds: number): number {
    const began = this.#seen[cursor - 1]?.time ?? (this.#seen[0]?.time ?? 0) - this.#options.latency
    let line = cursor
    while (line < this.#seen.length && this.#seen[line]!.time - began < seconds) line += 1
    return line
  }

  /** A timer fires when its time has come: no later than the next line shows. */
  #isDue(place: Place, { timer, actor }: Label): boolean {
    return place.cursor >= (place.due[`${timer} of ${actor}`] ?? 0)
  }

  #view(state: readonly Value[]): View {
    const look: Look = (cell) => state[cell]!
    return new View(this.#internet.layout, look)
  }

  #traceOf(end: Place): { trace: Trace; lines: number[][] } {
    const states: (readonly Value[])[] = []
    const steps: Label[] = []
    const lines: number[][] = []
    const way: Place[] = []
    for (let place: Place | null = end; place !== null; place = place.before) way.unshift(place)
    for (const place of way) {
      if (place.before === null) states.push(place.state)
      else if (place.step !== null) {
        states.push(place.state)
        steps.push(place.step)
        lines.push([])
      } else if (place.line !== null) lines.at(-1)?.push(place.line)
    }
    return { trace: { cells: this.#internet.model.cells, states, steps, loopStart: null }, lines }
  }

  #explained(place: Place): Explained {
    const { trace, lines } = this.#traceOf(place)
    return { kind: 'conforms', trace, lines }
  }

  /** The line that does not fit may come after some that do: one step that cannot be right as a whole is let pass, and what follows must be. */
  #followHopeless(): void {
    const stack = [...this.#hopeless]
    const known = new Set<string>()
    this.#tolerates = false
    for (let place = stack.pop(); place !== undefined && known.size < MOST_HOPELESS; place = stack.pop()) {
      const key = this.#key(place)
      if (known.has(key)) continue
      known.add(key)
      this.#note(place)
      stack.push(...this.#steps(place), ...this.#reads(place))
    }
  }

  #diverged(): Diverged {
    this.#followHopeless()
    const at = this.#seen[this.#best] ?? null
    const instead = new Map<string, Difference>()
    for (const place of this.#furthest) {
      const pending = place.pending.map(({ packet }) => packet)
      const next = enabledOutcomes(this.#internet.model, place.state).flatMap(({ sends }) =>
        sends.map(([, parcel]) => parcel as unknown as Packet),
      )
      // At the end of the log, what is missing is what was sent and never seen.
      const could = (at === null && pending.length > 0 ? pending : [...pending, ...next]).filter((packet) =>
        this.#sight.isVisible(packet),
      )
      for (const packet of could) {
        const { name, detail } = this.#internet.layout.label(innermost(packet))
        const words = `${name}${detail === '' ? '' : ` (${detail})`} ${this.#sight.way(packet)}`
        instead.set(words, at === null ? NEVER_SEEN : (this.#sight.differs(packet, at) ?? NOT_YET))
      }
    }
    // What comes nearest to the line is told first.
    const nearest = [...instead].sort(([, one], [, other]) => one.distance - other.distance)
    const { trace } = this.#traceOf(this.#furthest[0]!)
    return {
      kind: 'diverges',
      consumed: Math.max(0, this.#best),
      at,
      instead: nearest.map(([could, { words }]) => ({ could, because: words.join('; ') })),
      survivors: this.#furthest.length,
      trace,
    }
  }
}
