import { expect, test } from 'vitest'
import { Budget, Stopped } from '../../checker/budget.ts'
import { StateStore } from '../../checker/store.ts'

test('what is lent is used as far as it goes, is empty, and is not counted again', () => {
  const budget = new Budget({ memory: 100 })
  budget.spare.lend(Int32Array.from({ length: 10 }, () => 7))
  const [four, five] = [budget.spare.ints(4), budget.spare.bytes(5)]
  expect([...four, ...five]).toEqual(Array(9).fill(0))
  four.fill(1)
  five.fill(2)
  expect([...four, ...five]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2])
  expect(budget.held).toBe(0)
  // Four words are left.
  expect([...budget.spare.ints(5)]).toEqual([0, 0, 0, 0, 0])
  expect(budget.held).toBe(20)
  expect([...budget.spare.ints(4)]).toEqual([0, 0, 0, 0])
  expect(budget.held).toBe(20)
  expect(() => budget.spare.ints(21)).toThrow(Stopped)
})

test('what was lent to what lasts, and comes to nothing, is there again', () => {
  const budget = new Budget()
  budget.spare.lend(new Int32Array(4))
  const fails = () =>
    budget.lasting(() => {
      budget.spare.ints(3).fill(1)
      throw new Error('no')
    })
  expect(fails).toThrow('no')
  expect([...budget.spare.ints(4)]).toEqual([0, 0, 0, 0])
  expect(budget.held).toBe(0)
})

test('no state is looked for or added in a store that is closed', () => {
  const store = new StateStore([{ size: 4 }], new Budget())
  const packed = new Int32Array(1)
  store.add(packed, 0, -1)
  expect(store.find(Int32Array.of(0))).toBe(0)
  const slots = store.close()
  expect(slots.length).toBeGreaterThan(0)
  const closed = [
    () => store.find(Int32Array.of(0)),
    () => store.add(packed, 0, -1),
    () => store.lookUp(packed, 1, new Int32Array(1), new Int32Array(1)),
    () => store.widen(),
    () => store.took(0),
    () => store.mend(),
  ]
  for (const use of closed) expect(use).toThrow('a bug in the checker')
  expect([...store.row(0)]).toEqual([0])
})
