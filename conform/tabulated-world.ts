import { type Length, lengthsOf } from '../analysis/timing/lengths.ts'
import type { Compiled, CompiledModel } from '../checker/compile.ts'
import type { Label, Look, Value } from '../checker/model.ts'
import { Table } from '../checker/table.ts'
import type { Address } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { labelKey } from '../spec/internet/layout.ts'
import type { Packet } from '../spec/internet/packet.ts'
import { armedTimers, whichOf } from '../spec/internet/timers.ts'
import type { Tabled } from './lately.ts'
import type { Lasting } from './log-clock.ts'
import { Numbers } from './numbers.ts'
import type { Seen } from './observation.ts'
import type { Sight } from './sight.ts'

/** A packet that the model sends, and what a log can show of it. */
export interface Sent {
  readonly packet: Packet
  /** Where it comes from, as a log calls it. */
  readonly from: string
  /** Equal for packets that look alike. */
  readonly look: number
  readonly isFromServer: boolean
  /** The positions of the lines that show it, and whether the line at a position does. */
  readonly lines: readonly number[]
  readonly isShownBy: (position: number) => boolean
}

const inSeconds = ({ earliest, latest }: Length): Lasting => ({
  earliest: earliest / 1000,
  latest: latest === null ? null : latest / 1000,
})

/** What can happen in a state. */
export interface Step {
  readonly label: Label
  /** The look of the packet that it takes; null where it takes none. */
  readonly taken: number | null
  /** The timer that fires, by number; null where none does. */
  readonly timer: number | null
  /** What it sends, and a log can show. */
  readonly sent: readonly Sent[]
  /** Cell after cell with its new value; cell after cell with the parcel that arrives in it. */
  readonly sets: readonly number[]
  readonly sends: readonly number[]
}

/** A state of the model, with what the world has worked out of it. */
export class State {
  /** Its own: equal states have the same, until the world forgets them. */
  readonly number: number
  /** A word a cell. */
  readonly words: Int32Array
  steps: readonly Step[] | null = null
  /** By step: the state after it. */
  readonly next: (State | undefined)[] = []
  armed: readonly number[] | null = null
  inFlight: readonly number[] | null = null

  constructor(number: number, words: Int32Array) {
    this.number = number
    this.words = words
  }

  /** Whoever comes from it keeps it, but not all that may come after it. */
  forget(): void {
    this.steps = this.armed = this.inFlight = null
    this.next.length = 0
  }
}

/**
 * The world of a log, as integers: a state is a word a cell, and what is asked of states and packets again and again is computed once and then looked
 * up. What it says is what the model and the sight say.
 */
export class TabulatedWorld {
  readonly start: State
  /** How long a timer of a node takes, by the timer's number, each time that it starts again because it has fired. */
  readonly #timers: readonly (readonly Lasting[])[]
  readonly #internet: Internet
  readonly #sight: Sight
  readonly #seen: readonly Seen[]
  readonly #compiled: CompiledModel
  readonly #numbers = new Numbers()
  readonly #states = new Map<number, State>()
  readonly #steps = new Map<Compiled, readonly Step[]>()
  readonly #sent = new Map<number, Sent | null>()
  readonly #looks = new Map<string, number>()
  /** The looks of packets that a log can show. */
  readonly #visible = new Set<number>()
  readonly #timerNumbers = new Map<string, number>()
  /** A timer that runs is one by its key: with another it is another. */
  readonly #running = new Map<string, number>()
  readonly #timerOf: number[] = []
  readonly #timerNames: string[] = []
  readonly #armed: readonly Table<readonly number[]>[]
  readonly #inFlight: readonly Table<readonly number[]>[]
  readonly #isHeld = new Map<Address, Table<boolean>>()

  constructor({ internet, compiled }: Tabled, sight: Sight, seen: readonly Seen[]) {
    const { layout, model } = internet
    this.#internet = internet
    this.#sight = sight
    this.#seen = seen
    this.#compiled = compiled
    this.start = this.#known(this.#compiled.encode(model.initial[0]!))
    this.#timers = this.#numberTimers()
    this.#armed = layout.topology.nodes
      .filter(({ role }) => role.armed !== undefined)
      .map(({ name, role }) =>
        this.table(`timers of ${name}`, (look) =>
          armedTimers({ name, role }, layout.state(look, name)).map((armed) => {
            const { timer, key } = whichOf(armed)
            return this.#which(this.#timerNumbers.get(`${timer} of ${name}`)!, key)
          }),
        ),
      )
    this.#inFlight = layout.topology.networks.map((network) =>
      this.table(`in flight to ${network}`, (look) =>
        layout.flight(look, network).map((packet) => this.#look(sight.keyOf(packet))),
      ),
    )
  }

  /** How many states are known. */
  get size(): number {
    return this.#states.size
  }

  /** States that were met before have other numbers now; they can be asked as ever. */
  forget(): void {
    for (const state of this.#states.values()) state.forget()
    this.#states.clear()
    this.#numbers.forget()
  }

  /** A state that has been met, as it is known now. */
  again(state: State): State {
    return this.#known(state.words)
  }

  #known(words: Int32Array): State {
    const number = this.#numbers.of(words)
    const known = this.#states.get(number)
    if (known !== undefined) return known
    const state = new State(number, words)
    this.#states.set(number, state)
    return state
  }

  /** What can happen in a state, as `enabledOutcomes` has it. */
  steps(state: State): readonly Step[] {
    state.steps ??= this.#stepsIn(state.words)
    return state.steps
  }

  #stepsIn(words: Int32Array): readonly Step[] {
    this.#compiled.enable(words)
    const all: Step[] = []
    for (const compiled of this.#compiled.enabled) {
      let steps = this.#steps.get(compiled)
      if (steps === undefined) {
        steps = this.#read(compiled)
        this.#steps.set(compiled, steps)
      }
      all.push(...steps)
    }
    return all
  }

  /** The state after the step of a place in the list of `steps`. */
  after(state: State, place: number): State {
    state.next[place] ??= this.#known(this.#wordsAfter(state.words, this.steps(state)[place]!))
    return state.next[place]
  }

  #wordsAfter(words: Int32Array, { sets, sends }: Step): Int32Array {
    const next = words.slice()
    for (let i = 0; i < sets.length; i += 2) next[sets[i]!] = sets[i + 1]!
    for (let i = 0; i < sends.length; i += 2)
      next[sends[i]!] = this.#compiled.absorb(sends[i]!, next[sends[i]!]!, sends[i + 1]!)
    return next
  }

  values({ words }: State): readonly Value[] {
    return this.#compiled.decode(words)
  }

  /** How long a timer that runs takes, each time. */
  readonly lastings = (which: number): readonly Lasting[] => this.#timers[this.#timerOf[which]!]!

  /** Whether a log can show packets that look like one which was sent. */
  isVisible(look: number): boolean {
    return this.#visible.has(look)
  }

  /** A timer and its node. */
  nameOf(which: number): string {
    return this.#timerNames[this.#timerOf[which]!]!
  }

  /** Whether it is one of this number. */
  isOf(which: number, timer: number): boolean {
    return this.#timerOf[which] === timer
  }

  /** The timers that run, each as which one it is. */
  armed(state: State): readonly number[] {
    state.armed ??= this.#armed.flatMap((table) => table.at(state.words))
    return state.armed
  }

  /** Whether every packet in flight looks like one of these. */
  hasInFlightOnly(state: State, looks: readonly number[]): boolean {
    state.inFlight ??= this.#inFlight.flatMap((table) => table.at(state.words))
    return state.inFlight.every((look) => looks.includes(look))
  }

  /** Whether somebody holds an address. */
  isHeld({ words }: State, address: Address): boolean {
    let table = this.#isHeld.get(address)
    if (table === undefined) {
      table = this.table(
        `holder of ${address}`,
        (look: Look) => this.#internet.view(look).holder(address) !== undefined,
      )
      this.#isHeld.set(address, table)
    }
    return table.at(words)
  }

  #numberTimers(): Lasting[][] {
    const timers: Lasting[][] = []
    for (const { name, role } of this.#internet.layout.topology.nodes) {
      for (const [timer, standard] of Object.entries(role.timers ?? {})) {
        this.#timerNumbers.set(`${timer} of ${name}`, timers.length)
        this.#timerNames.push(`${timer} of ${name}`)
        timers.push(lengthsOf(standard).map(inSeconds))
      }
    }
    return timers
  }

  #which(timer: number, key: string | number): number {
    const name = `${timer} ${key}`
    const known = this.#running.get(name)
    if (known !== undefined) return known
    this.#running.set(name, this.#timerOf.length)
    this.#timerOf.push(timer)
    return this.#timerOf.length - 1
  }

  table<Result>(name: string, compute: (look: Look) => Result): Table<Result> {
    const { model, interners } = this.#compiled
    return new Table({ name, allowed: null, cellNames: model.cells, interners, compute })
  }

  #look(key: string): number {
    const known = this.#looks.get(key)
    if (known !== undefined) return known
    this.#looks.set(key, this.#looks.size)
    return this.#looks.size - 1
  }

  /** The outcomes of a rule, out of the compiled model's code. */
  #read({ code, labels }: Compiled): Step[] {
    let at = 0
    const pairs = (): number[] => {
      const from = at + 1
      at = from + 2 * code[at]!
      return [...code.subarray(from, at)]
    }
    return labels.map((label): Step => {
      at += 1
      const [sets, sends] = [pairs(), pairs()]
      return {
        label,
        taken: label.taken === undefined ? null : this.#look(labelKey(label.taken)),
        timer: this.#timerNumbers.get(`${label.timer} of ${label.actor}`) ?? null,
        sent: sends.flatMap((parcel, i) => (i % 2 === 0 ? [] : (this.#sentAs(parcel) ?? []))),
        sets,
        sends,
      }
    })
  }

  /** Null where a log cannot show it. */
  #sentAs(parcel: number): Sent | null {
    const known = this.#sent.get(parcel)
    if (known !== undefined) return known
    const packet = this.#compiled.parcel(parcel) as unknown as Packet
    const sent = this.#sight.isVisible(packet) ? this.#shown(packet) : null
    this.#sent.set(parcel, sent)
    return sent
  }

  #shown(packet: Packet): Sent {
    const lines = this.#seen.flatMap((line, i) => (this.#sight.differs(packet, line) === null ? [i] : []))
    const positions = new Set(lines)
    const look = this.#look(this.#sight.keyOf(packet))
    this.#visible.add(look)
    return {
      packet,
      from: this.#sight.place(packet.source),
      look,
      isFromServer: this.#sight.isFromServer(packet),
      lines,
      isShownBy: (position) => positions.has(position),
    }
  }
}
