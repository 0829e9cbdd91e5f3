import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget, Stopped } from '../../checker/budget.ts'
import { EdgeList } from '../../checker/edge-list.ts'
import { PackedIntegers } from '../../checker/packed-integers.ts'
import { RisingList } from '../../checker/rising-list.ts'
import { SmallList } from '../../checker/small-list.ts'
import { edgesOf } from '../laws/found.ts'

test('a rising list gives back what was put in, in any order', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 300 })), { maxLength: 400 })
  fc.assert(
    fc.property(fc.integer({ min: -1, max: 3 }), steps, fc.array(fc.nat(400)), (first, by, places) => {
      const list = new RisingList(new Budget())
      const values = [first]
      for (const step of by) values.push(values.at(-1)! + step)
      for (const value of values) list.push(value)
      expect(values.map((_, i) => list.at(i))).toEqual(values)
      for (const place of places) if (place < values.length) expect(list.at(place)).toBe(values[place])
    }),
    { numRuns: 200 },
  )
  const list = new RisingList(new Budget())
  for (const value of [0, 254, 509, 2 ** 29]) list.push(value)
  expect([0, 1, 2, 3].map((i) => list.at(i))).toEqual([0, 254, 509, 2 ** 29])
})

test('a list of small integers gives back what was put in, with as many bytes each as the largest needs', () => {
  const list = new SmallList(new Budget())
  const values = [0, 255, 256, 65_535, 65_536, 1]
  const bytes = values.map((value) => {
    list.push(value)
    return list.bytes / 1024
  })
  expect(bytes).toEqual([1, 1, 2, 2, 4, 4])
  expect(values.map((_, i) => list.at(i))).toEqual(values)
})

test('packed integers are what they were, and take the bits that the largest difference needs', () => {
  const some = (differ: number) =>
    fc.tuple(
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 - differ }),
      fc.array(fc.nat(differ), { minLength: 1, maxLength: 200 }),
    )
  const lists = fc.constantFrom(...Array.from({ length: 32 }, (_, bits) => 2 ** bits - 1)).chain(some)
  fc.assert(
    fc.property(lists, ([least, more]) => {
      const integers = Int32Array.from(more, (each) => least + each)
      const budget = new Budget()
      const packed = PackedIntegers.of(integers, budget)
      expect(Array.from(integers, (_, i) => packed.at(i))).toEqual([...integers])
      const bits = Math.ceil(Math.log2(Math.max(...more) - Math.min(...more) + 1))
      expect(budget.held).toBe(4 * Math.max(1, Math.ceil((integers.length * bits) / 32)))
      const changing = PackedIntegers.over(integers)
      integers[0] = -5
      expect(changing.at(0)).toBe(-5)
    }),
    { numRuns: 1000 },
  )
})

test('edges are those that were put in, of states with few and with many', () => {
  const edge = fc.tuple(
    fc.oneof(fc.nat(300), fc.constantFrom(65_535, 65_536, 2 ** 24 - 1, 2 ** 24, 2 ** 31 - 1)),
    fc.integer({ min: -1, max: 200 }),
  )
  const ofState = fc.oneof(
    { weight: 9, arbitrary: fc.array(edge, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(edge, { minLength: 200, maxLength: 300 }) },
  )
  fc.assert(
    fc.property(fc.array(ofState, { maxLength: 40 }), fc.array(edge), (states, unfinished) => {
      const edges = new EdgeList(new Budget())
      for (const some of states) {
        edges.addAll(
          Int32Array.from(some, ([target]) => target),
          Int32Array.from(some, ([, fair]) => fair),
          0,
          some.length,
        )
        edges.endOfState()
      }
      for (const [target, fair] of unfinished) edges.add(target, fair)
      expect(edges.states).toBe(states.length)
      expect(states.map((_, s) => edgesOf(edges, s).map((e) => [edges.target(e), edges.fair(e)]))).toEqual(states)
      // Of a state that was not followed to its end there are none.
      expect(edgesOf(edges, states.length)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('edges that are added together are those that are added one after another', () => {
  const budget = new Budget()
  const [one, together] = [new EdgeList(budget), new EdgeList(budget)]
  const count = 50_000
  const targets = Int32Array.from({ length: count }, (_, i) => Math.imul(i, 0x9e3779b1) >>> (8 + (i >>> 12)))
  const fairs = Int32Array.from({ length: count }, (_, i) => (i % 37) - 1)
  // States with none, with few, and with more than a piece has.
  const sizes = [0, 1, 1023, 7, 20_000, 3]
  for (let i = 0, from = 0; from < count; i++) {
    const size = Math.min(sizes[i % sizes.length]!, count - from)
    for (let k = from; k < from + size; k++) one.add(targets[k]!, fairs[k]!)
    together.addAll(targets, fairs, from, size)
    for (const list of [one, together]) list.endOfState()
    from += size
  }
  for (const list of [one, together]) {
    const edges = Array.from({ length: count }, (_, i) => i)
    expect(edges.map((edge) => list.target(edge))).toEqual([...targets])
    expect(edges.map((edge) => list.fair(edge))).toEqual([...fairs])
  }
  expect(together.states).toBe(one.states)
  for (let state = 0; state <= one.states; state++) expect(together.first(state)).toBe(one.first(state))
})

test('many edges are never held twice, and take what is counted', () => {
  const budget = new Budget()
  const edges = new EdgeList(budget)
  const [states, each] = [100_000, 7]
  // Some in the middle of a piece need more bits.
  const target = (s: number, k: number) => s * each + k + (s % 40_000 === 30_000 ? 2 ** 25 : 0)
  const fair = (s: number, k: number) => ((s + k) % 30) - 1 + (s % 50_000 === 45_000 ? 1000 : 0)
  for (let s = 0; s < states; s++) {
    for (let k = 0; k < each; k++) edges.add(target(s, k), fair(s, k))
    edges.endOfState()
  }
  for (let s = 0; s < states; s += 5)
    for (let k = 0; k < each; k++) {
      const edge = edges.first(s) + k
      if (edges.target(edge) !== target(s, k) || edges.fair(edge) !== fair(s, k))
        expect.fail(`edge ${k} of ${s} leads to ${edges.target(edge)}, ${edges.fair(edge)}`)
    }
  expect(edges.first(states)).toBe(states * each)
  expect(budget.held / (states * each)).toBeLessThan(3)
  expect(budget.peak).toBeLessThan(1.1 * budget.held)
})

test('a list that has no room is as it was', () => {
  const list = new RisingList(new Budget({ memory: 4000 }))
  let pushed = 0
  expect(() => {
    for (; ; pushed++) list.push(pushed)
  }).toThrow(Stopped)
  expect(list.length).toBe(pushed)
  expect(list.at(pushed - 1)).toBe(pushed - 1)
})
