import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Numbers } from '../../conform/numbers.ts'

const lists = fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 4 }), { minLength: 2, maxLength: 30 })

test('equal lists have the same number, and others another one, beginnings of others too', () => {
  fc.assert(
    fc.property(lists, (all) => {
      const numbers = new Numbers()
      const told = new Map(all.map((list) => [JSON.stringify(list), numbers.of(list)]))
      for (const list of all) expect(numbers.of(list)).toBe(told.get(JSON.stringify(list)))
      expect(new Set(told.values()).size).toBe(told.size)
    }),
  )
})

test('what was numbered before it forgot has another number after', () => {
  fc.assert(
    fc.property(lists, (all) => {
      const numbers = new Numbers()
      const before = new Set(all.map((list) => numbers.of(list)))
      numbers.forget()
      for (const list of all) expect(before).not.toContain(numbers.of(list))
    }),
  )
})
