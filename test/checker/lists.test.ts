import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget, Stopped } from '../../checker/budget.ts'
import { RisingList } from '../../checker/rising-list.ts'
import { SmallList } from '../../checker/small-list.ts'

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
  const bytes = [-1, 127, 128, 32_767, 32_768, 0].map((value) => {
    list.push(value)
    return list.view().BYTES_PER_ELEMENT
  })
  expect(bytes).toEqual([1, 1, 2, 2, 4, 4])
  expect([...list.view()]).toEqual([-1, 127, 128, 32_767, 32_768, 0])
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
