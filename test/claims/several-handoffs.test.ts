import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, test } from 'vitest'
import {
  atLeastOneHit,
  atLeastOneOf,
  constant,
  type Distribution,
  doubleJumpAmong,
  doubleJumpAmongAny,
  exponential,
  hit,
  InputError,
  pareto,
  uniform,
} from '../../claims/index.ts'

/** The same, with no closed form: as any other distribution. */
const plain = (one: Distribution): Distribution => ({ ...one, isMemoryless: false })

/** A distribution with a way to draw from it. */
interface Drawable {
  readonly of: Distribution
  readonly draw: (u: number) => number
}
const exp = (mean: number): Drawable => ({ of: exponential(mean), draw: (u) => -mean * Math.log1p(-u) })
const even = (from: number, to: number): Drawable => ({ of: uniform(from, to), draw: (u) => from + u * (to - from) })
const heavy = (shape: number, least: number): Drawable => ({
  of: pareto(shape, least),
  draw: (u) => least * (1 - u) ** (-1 / shape),
})
const always = (c: number): Drawable => ({ of: constant(c), draw: () => c })

function dice(seed: number): () => number {
  const random = mersenne(seed)
  return () => (random.next() >>> 0) / 2 ** 32
}

/** When a stationary process has its next: a long time ago it began, at a random moment of one of its times. */
function firstOf(one: Drawable, random: () => number): number {
  let at = -(200 + 10 * random()) * one.of.mean
  while (at < 0) at += one.draw(random())
  return at
}

const ROUNDS = 20_000
/** Five standard deviations: once in some two million. */
function isNear(hits: number, chance: number): boolean {
  return Math.abs(hits / ROUNDS - chance) < 5 * Math.sqrt((chance * (1 - chance)) / ROUNDS)
}

describe('at least one of n handoffs is hit', () => {
  test.each([0.05, 0.5, 2])('in an interval of %d s: by integral equation as in closed form', (interval) => {
    for (const own of [exponential(5), uniform(2, 8), pareto(2.5, 1), exponential(0.5)])
      for (const n of [1, 4]) {
        const exactly = atLeastOneHit(interval, own, 5, n)
        const share = atLeastOneOf(interval, own, plain(exponential(5)), n) / exactly
        expect(Math.abs(share - 1), `${own.name}, ${n}`).toBeLessThan(1e-4)
      }
  })

  test('of one handoff it is what renewal says, and it grows with more', () => {
    for (const peer of [constant(5), uniform(2, 8), pareto(1.5, 1)]) {
      const chances = [1, 2, 5].map((n) => atLeastOneOf(0.5, uniform(3, 5), peer, n))
      expect(chances[0]).toBeCloseTo(hit(0.5, peer), 9)
      expect(chances).toEqual([...chances].sort((one, other) => one - other))
      expect(atLeastOneOf(exponential(0.5), constant(4), peer, 1)).toBeCloseTo(hit(exponential(0.5), peer), 4)
    }
  })

  test('of two regular hosts: in step always or never, else in turn', () => {
    expect(atLeastOneOf(0.5, constant(5), constant(5), 4)).toBeCloseTo(0.1, 9)
    expect(atLeastOneOf(0.5, constant(7), constant(5), 5)).toBeCloseTo(0.5, 9)
    // The time of the host, modulo that of the peer, is evenly anywhere: each handoff is as the first.
    expect(atLeastOneOf(0.5, uniform(0, 10), constant(5), 3)).toBeCloseTo(1 - 0.9 ** 3, 9)
  })

  test.each([
    ['regular host', always(3), even(1, 9), 4, 0.5],
    ['both uniform', even(2, 8), even(2, 8), 3, 1],
    ['heavy tails', exp(4), heavy(2.5, 2), 5, 0.7],
    ['host much faster', even(0.2, 0.6), exp(5), 10, 0.5],
  ] as const)('%s: as random handoffs count it', (_, own, peer, n, interval) => {
    const random = dice(n)
    let hits = 0
    for (let round = 0; round < ROUNDS; round++) {
      let next = firstOf(peer, random)
      let at = 0
      let isHit = false
      for (let k = 0; k < n && !isHit; k++) {
        while (next < at) next += peer.draw(random())
        isHit = next < at + interval
        at += own.draw(random())
      }
      if (isHit) hits++
    }
    const chance = atLeastOneOf(interval, own.of, plain(peer.of), n)
    expect(isNear(hits, chance)).toBe(true)
    // The twin: one handoff more is noticed.
    expect(isNear(hits, atLeastOneOf(interval, own.of, plain(peer.of), n + 1))).toBe(false)
  })
})

describe('a double jump among n handoffs of either host', () => {
  test('exponential: as in closed form', () => {
    const [alpha, beta] = [0.1, 0.4]
    for (const n of [2, 6])
      expect(doubleJumpAmongAny({ a: exponential(3), b: exponential(5), alpha, beta }, n)).toBeCloseTo(
        doubleJumpAmong({ a: 3, b: 5, alpha, beta }, n),
        5,
      )
    expect(doubleJumpAmongAny({ a: exponential(3), b: exponential(5), alpha, beta }, 1)).toBe(0)
  })

  test.each([
    ['both uniform', even(2, 4), even(1, 9)],
    ['regular, and heavy tails', always(3), heavy(2.5, 2)],
  ] as const)('%s: as random handoffs of both count it', (_, a, b) => {
    const random = dice(3)
    const [alpha, beta, n] = [0.3, 0.6, 6]
    let hits = 0
    for (let round = 0; round < ROUNDS; round++) {
      const at = ([a, b] as const)
        .flatMap((one, host) => {
          const times = [firstOf(one, random)]
          while (times.length < n) times.push(times.at(-1)! + one.draw(random()))
          return times.map((t) => ({ host, t }))
        })
        .sort((one, other) => one.t - other.t)
        .slice(0, n)
      const isDouble = at.some(
        (one) => one.host === 0 && at.some(({ host, t }) => host === 1 && t > one.t - alpha && t < one.t + beta),
      )
      if (isDouble) hits++
    }
    const chance = doubleJumpAmongAny({ a: a.of, b: b.of, alpha, beta }, n)
    expect(isNear(hits, chance)).toBe(true)
    expect(isNear(hits, doubleJumpAmongAny({ a: a.of, b: b.of, alpha: beta, beta: 2 * alpha }, n))).toBe(false)
  })
})

test('what cannot be told is said, and what is no quantity is refused', () => {
  expect(() => atLeastOneOf(0.5, constant(50), uniform(4.9, 5.1), 3)).toThrow(/could not be told to four places.*vary/)
  for (const wrong of [
    () => atLeastOneOf(-1, constant(5), constant(5), 3),
    () => atLeastOneOf(1, constant(5), constant(5), 2.5),
    () => doubleJumpAmongAny({ a: constant(5), b: constant(5), alpha: -1, beta: 1 }, 3),
  ])
    expect(wrong).toThrow(InputError)
})
