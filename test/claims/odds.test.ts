import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, test } from 'vitest'
import {
  atLeastOnce,
  atLeastOneHit,
  constant,
  type Distribution,
  distributionFrom,
  doubleJumpAmong,
  doubleJumpsAnHour,
  exponential,
  firstOrder,
  firstOrderError,
  general,
  hit,
  hitTogether,
  InputError,
  mixture,
  openFlows,
  pareto,
  share,
  uniform,
} from '../../claims/index.ts'

/** Between 0 and 1, the same ones each time. */
function drawn(seed: number): () => number {
  const random = mersenne(seed)
  return () => (random.next() >>> 0) / 2 ** 32
}

/** Where a falling function comes down to a value: a random time out of a random share. */
function inverse(longerThan: (t: number) => number, left: number): number {
  let [low, high] = [0, 1]
  while (longerThan(high) > left) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (longerThan(middle) > left) low = middle
    else high = middle
  }
  return high
}

const gaps: readonly Distribution[] = [
  exponential(5),
  constant(5),
  uniform(2, 8),
  pareto(2.5, 3),
  mixture([
    [0.8, exponential(2)],
    [0.2, exponential(17)],
  ]),
]

describe('how likely the peer hands off within an interval', () => {
  test.each(gaps.map((one) => [one.name, one] as const))('%s: as a walk through its handoffs counts it', (_, peer) => {
    const random = drawn(1)
    const interval = 1.5
    const [places, length] = [40_000, 40_000 * peer.mean]
    // A long walk, looked at in random places.
    const handoffs: number[] = []
    for (let at = 0; at < length; at = handoffs.at(-1)!) handoffs.push(at + inverse(peer.longerThan, random()))
    let hits = 0
    for (let i = 0; i < places; i++) {
      const from = (0.05 + 0.9 * random()) * length
      let [low, high] = [0, handoffs.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (handoffs[middle]! < from) low = middle + 1
        else high = middle
      }
      if (handoffs[low]! < from + interval) hits++
    }
    const exactly = hit(interval, peer)
    const deviation = Math.sqrt((exactly * (1 - exactly)) / places)
    expect(Math.abs(hits / places - exactly)).toBeLessThan(5 * deviation)
  })

  test.each(gaps.map((one) => [one.name, one] as const))('%s: by its tail alone it is the same', (_, peer) => {
    const tail = general('the tail', peer.longerThan, peer.bends)
    expect(tail.mean / peer.mean).toBeCloseTo(1, 6)
    for (const interval of [0.05, 0.5, 4]) expect(hit(interval, tail)).toBeCloseTo(hit(interval, peer), 7)
  })

  test('in closed form, where there is one', () => {
    for (const x of [1e-4, 0.01, 0.1, 1]) {
      expect(hit(x, exponential(1))).toBeCloseTo(1 - Math.exp(-x), 12)
      expect(hit(constant(x), exponential(1))).toBeCloseTo(1 - Math.exp(-x), 10)
      expect(hit(exponential(x), exponential(1))).toBeCloseTo(1 - 1 / (1 + x), 10)
      expect(hit(uniform(0, 2 * x), exponential(1))).toBeCloseTo(1 - (1 - Math.exp(-2 * x)) / (2 * x), 10)
    }
    expect(hit(0.5, constant(5))).toBeCloseTo(0.1, 15)
    expect(hit(7, constant(5))).toBe(1)
  })

  test('the printed formula is never too low; with constant times between handoffs it is right', () => {
    for (const peer of gaps)
      for (const interval of [0.05, 0.5, 3])
        expect(firstOrderError(interval, peer), peer.name).toBeGreaterThanOrEqual(-1e-12)
    expect(firstOrderError(0.5, constant(5))).toBeCloseTo(0, 12)
    expect(firstOrder(0.5, exponential(5))).toBe(0.1)
    expect(firstOrderError(0.5, exponential(5))).toBeCloseTo(0.1 / (1 - Math.exp(-0.1)) - 1, 12)
  })
})

describe('several handoffs', () => {
  test('far apart they are independent; close together they are less likely than the printed formula says', () => {
    expect(atLeastOneHit(0.5, constant(60), 5, 3)).toBeCloseTo(atLeastOnce(1 - Math.exp(-0.1), 3), 12)
    expect(atLeastOneHit(0.5, exponential(1), 5, 3)).toBeLessThan(atLeastOnce(1 - Math.exp(-0.1), 3))
    expect(atLeastOneHit(0.5, exponential(1), 5, 0)).toBe(0)
  })

  test('of both hosts: as random handoffs of both count it', () => {
    const hosts = { a: 3, b: 5, alpha: 0.1, beta: 0.4 }
    const random = drawn(2)
    const [rounds, n] = [40_000, 6]
    let hits = 0
    for (let round = 0; round < rounds; round++) {
      const at: { host: 'a' | 'b'; t: number }[] = []
      for (const host of ['a', 'b'] as const)
        for (let t = 0, k = 0; k < n; k++) {
          t -= hosts[host] * Math.log(1 - random())
          at.push({ host, t })
        }
      const first = at.sort((one, other) => one.t - other.t).slice(0, n)
      const both = first.some(
        (a) => a.host === 'a' && first.some((b) => b.host === 'b' && b.t > a.t - hosts.alpha && b.t < a.t + hosts.beta),
      )
      if (both) hits++
    }
    const exactly = doubleJumpAmong(hosts, n)
    expect(Math.abs(hits / rounds - exactly)).toBeLessThan(5 * Math.sqrt((exactly * (1 - exactly)) / rounds))
    expect(doubleJumpAmong(hosts, 1)).toBeCloseTo(0, 12)
    expect(doubleJumpsAnHour(hosts)).toBeCloseTo((3600 * 0.5) / 15, 12)
  })

  test('of one cause', () => {
    const interval = { alpha: 0.1, beta: 0.4 }
    expect(hitTogether(1, 0, interval, exponential(5))).toBe(1)
    expect(hitTogether(0, 1, interval, exponential(5))).toBeCloseTo(1 - Math.exp(-0.1), 12)
    expect(hitTogether(1, 0.2, interval, exponential(5))).toBeCloseTo(0.3 / 0.4, 12)
  })
})

test('what is no such quantity is refused: what is so, the likeliest cause, what to do', () => {
  const refused: readonly (readonly [() => unknown, RegExp])[] = [
    [() => exponential(-5), /mean of an exponential time is -5.*sign.*Give seconds above 0/],
    [() => openFlows(-1, 'exponential'), /rate of new flows is -1.*Give flows a second above 0/],
    [() => pareto(1, 3), /shape 1 has no mean.*tail.*Give a shape above 1/],
    [() => general('1/(1+t)', (t) => 1 / (1 + t)), /'1\/\(1\+t\)' has no mean.*Give one whose tail falls faster/],
    [() => general('F', (t) => 1 - Math.exp(-t)), /likelier to take longer.*in the place of 1 − F\(t\)/],
    [() => uniform(8, 2), /from 8 to 2 seconds.*exchanged/],
    [() => atLeastOnce(1.2, 3), /P0 is 1.2, and a probability is between 0 and 1.*per cent/],
    [() => atLeastOnce(0.1, 2.5), /number of handoffs is 2.5.*whole number/],
    [() => hit(Number.NaN, exponential(5)), /vulnerable interval is NaN/],
    [() => mixture([[0.5, exponential(1)]]), /add up to 0.5/],
    [() => doubleJumpsAnHour({ a: 0, b: 5, alpha: 0, beta: 1 }), /between handoffs of a is 0/],
    [() => share(40, 0), /length of the payload is 0/],
    [() => distributionFrom('5'), /'5' is no distribution.*exponential\(5\)/],
    [() => distributionFrom('exponential()'), /mean of an exponential time is NaN/],
  ]
  for (const [call, words] of refused) {
    expect(call).toThrow(InputError)
    expect(call).toThrow(words)
  }
  expect(distributionFrom('uniform(2, 8)').mean).toBe(5)
})
