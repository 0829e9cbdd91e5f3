import { cpuUsage } from 'node:process'

/**
 * What a thread and whoever watches it tell each other while the thread is busy and cannot read messages: a few shared integers, and a text.
 */
const PULSE = 0
const PHASE = 1
const LENGTH = 2
const CANCELLED = 3
const INTEGERS = 4
const BYTES = 1 << 16

/** What a thread is at: bringing up this program's own modules, loading what it is to run, running it. */
const PHASES = ['starting', 'loading', 'running'] as const
export type Phase = (typeof PHASES)[number]

export const sharedMemory = (): SharedArrayBuffer => new SharedArrayBuffer(INTEGERS * 4 + BYTES)

/** The thread's side. */
export class Pulse {
  readonly #integers: Int32Array
  readonly #text: Uint8Array
  readonly #encoder = new TextEncoder()
  #length = 0

  constructor(memory: SharedArrayBuffer) {
    this.#integers = new Int32Array(memory, 0, INTEGERS)
    this.#text = new Uint8Array(memory, INTEGERS * 4)
  }

  beat(): void {
    Atomics.add(this.#integers, PULSE, 1)
  }

  enter(phase: Phase): void {
    Atomics.store(this.#integers, PHASE, PHASES.indexOf(phase))
    this.beat()
  }

  /** Whether what is being done is not wanted any more. */
  get cancelled(): boolean {
    return Atomics.load(this.#integers, CANCELLED) !== 0
  }

  /** Says what is being done, in case it never ends. */
  write(text: string): void {
    this.#length = 0
    this.append(text)
  }

  append(text: string): void {
    this.#length += this.#encoder.encodeInto(text, this.#text.subarray(this.#length)).written
    Atomics.store(this.#integers, LENGTH, this.#length)
  }
}

/** A thread that waits, and does not compute, is given so many times as long. */
const PATIENCE = 10

/**
 * The watcher's side: how long it is since the thread gave a sign of life. What counts is the time that this process computed: on a busy machine, a
 * thread that does not get its turn has not come to a standstill.
 */
export class Watcher {
  readonly #integers: Int32Array
  readonly #text: Uint8Array
  /** Seconds that fell to its share. */
  #computed = 0
  #last = { pulse: -1, computed: 0 }
  #since = { wall: 0, computed: 0 }

  constructor(memory: SharedArrayBuffer) {
    this.#integers = new Int32Array(memory, 0, INTEGERS)
    this.#text = new Uint8Array(memory, INTEGERS * 4)
  }

  /** A task begins: what was before does not count. */
  begin(): void {
    Atomics.store(this.#integers, CANCELLED, 0)
    Atomics.store(this.#integers, PHASE, PHASES.indexOf('starting'))
    Atomics.add(this.#integers, PULSE, 1)
  }

  /** What the thread is at is not wanted any more: it ends it with what was found so far. */
  cancel(): void {
    Atomics.store(this.#integers, CANCELLED, 1)
  }

  /**
   * Seconds; to be asked again and again.
   *
   * @param threads that share what this process computes
   */
  silence(threads: number): number {
    const { user, system } = cpuUsage()
    const computed = (user + system) / 1e6
    const wall = performance.now() / 1000
    this.#computed += (computed - this.#last.computed) / Math.max(1, threads)
    this.#last = { ...this.#last, computed }
    const now = { wall, computed: this.#computed }
    const pulse = Atomics.load(this.#integers, PULSE)
    if (pulse !== this.#last.pulse) {
      this.#last = { pulse, computed }
      this.#since = now
    }
    return Math.max(now.computed - this.#since.computed, (now.wall - this.#since.wall) / PATIENCE)
  }

  get phase(): Phase {
    return PHASES[Atomics.load(this.#integers, PHASE)] ?? 'starting'
  }

  /** What the thread last said it was doing; empty if it was not asked to say. */
  get text(): string {
    return new TextDecoder().decode(this.#text.slice(0, Atomics.load(this.#integers, LENGTH)))
  }
}
