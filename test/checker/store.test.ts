import { expect, test } from 'vitest'
import { Budget } from '../../checker/budget.ts'
import { StateStore } from '../../checker/store.ts'

test('rows may become shorter as well, where wider fields fit into fewer words', () => {
  const domains = [7, 7, 14, 4, 14, 5, 9, 4, 6, 17, 7].map((bits) => ({ size: 2 ** bits }))
  const store = new StateStore(domains, new Budget())
  const row = new Int32Array(domains.length)
  const stateOf = (i: number): Int32Array => {
    row[2] = i % 2 ** 14
    row[9] = Math.floor(i / 2 ** 14)
    return row
  }
  const addUpTo = (end: number): void => {
    for (let i = store.count; i < end; i++) {
      const packed = new Int32Array(store.layout.size)
      store.layout.pack(stateOf(i), packed, 0)
      store.add(packed, 0, -1)
    }
  }
  const before = store.layout.size
  addUpTo(70_000)
  domains[9]!.size = 2 ** 19
  store.widen()
  expect(store.layout.size).toBeLessThan(before)
  addUpTo(200_000)
  expect(store.count).toBe(200_000)
  for (let i = 0; i < store.count; i += 997) expect(store.find(stateOf(i))).toBe(i)
})
