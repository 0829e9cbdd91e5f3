/**
 * What a function can ask that is not its input: chance and clocks. For the time of a rehearsal they are replaced by others, which differ from
 * one take to the next as much as the real ones could.
 */
export interface Take {
  /** Between 0 and 1, from a count of how often it was asked. */
  chance(asked: number): number
  /** Milliseconds; each look at a clock is a little later. */
  readonly clock: number
  readonly tick: number
}

/** Anything; then the least and the greatest that there can be, at other times of another day. */
export const TAKES = {
  first: { chance: (asked) => (0.3 + asked * 0.6180339887498949) % 1, clock: Date.UTC(2001, 1, 3, 4, 5, 6), tick: 1 },
  low: { chance: (asked) => (asked % 1000) * 1e-9, clock: Date.UTC(2013, 10, 29, 17, 48, 31, 401), tick: 7 },
  high: { chance: (asked) => 1 - ((asked % 1000) + 1) * 1e-9, clock: Date.UTC(2027, 6, 14, 23, 11, 59, 998), tick: 13 },
} satisfies Record<string, Take>

/** Names of what was asked, since they were last taken. */
export type Questions = Set<string>

/** Runs something with chance and clocks replaced, and puts the real ones back. */
export function withOutside<T>(take: Take, questions: Questions, run: () => T): T {
  let asked = 0
  const chance = (): number => take.chance(asked++)
  const now = (): number => take.clock + take.tick * asked++
  const noting = <F extends (...args: never[]) => unknown>(name: string, of: F): F =>
    ((...args: never[]) => {
      questions.add(name)
      return of(...args)
    }) as F
  const restore = [
    replace(Math, 'random', noting('Math.random', chance)),
    replace(globalThis, 'Date', shiftedDate(noting('the clock (Date)', now))),
    replace(
      performance,
      'now',
      noting('the clock (performance.now)', () => (now() % 10_000_000) + 0.5),
    ),
    replace(
      globalThis.crypto,
      'randomUUID',
      noting('crypto.randomUUID', () => uuidFrom(chance) as never),
    ),
    replace(
      globalThis.crypto,
      'getRandomValues',
      noting('crypto.getRandomValues', (into) => filled(into, chance)),
    ),
  ]
  try {
    return run()
  } finally {
    for (const put of restore.reverse()) put()
  }
}

/** Replaces a property of an object, its own or one that it inherits; gives what puts it back. */
function replace<T extends object, K extends keyof T>(object: T | undefined, key: K, value: T[K]): () => void {
  if (object === undefined) return () => {}
  const before = Object.getOwnPropertyDescriptor(object, key)
  Object.defineProperty(object, key, {
    value,
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? false,
  })
  return () => {
    if (before === undefined) delete object[key]
    else Object.defineProperty(object, key, before)
  }
}

/** Dates without an argument are those of the clock; all others are as they were. */
function shiftedDate(now: () => number): DateConstructor {
  const shifted: DateConstructor = new Proxy(Date, {
    construct: (target, args, asked) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, asked === shifted ? target : asked) as Date,
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  })
  return shifted
}

function uuidFrom(chance: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(chance() * 16).toString(16)).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function filled<T>(into: T, chance: () => number): T {
  const bytes = into as unknown as { length: number; [i: number]: unknown }
  for (let i = 0; i < bytes.length; i++) {
    const value = Math.floor(chance() * 256)
    bytes[i] = typeof bytes[i] === 'bigint' ? BigInt(value) : value
  }
  return into
}
