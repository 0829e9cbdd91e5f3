import { expect, test } from 'vitest'
import { once } from '../../spec/internet/once.ts'

const counting = () => {
  let times = 0
  const of = once((given: unknown) => {
    times++
    return JSON.stringify(given)
  })
  return { of, times: () => times }
}

test('of a frozen value it is worked out once, of equal ones once each', () => {
  const { of, times } = counting()
  const one = Object.freeze({ kind: 'INVITE' })
  const other = Object.freeze({ kind: 'INVITE' })
  expect([of(one), of(one), of(other)]).toEqual(Array(3).fill('{"kind":"INVITE"}'))
  expect(times()).toBe(2)
})

test('of a value that may still change, or is no object, it is worked out each time', () => {
  const { of, times } = counting()
  const mutable = { hops: 1 }
  expect(of(mutable)).toBe('{"hops":1}')
  mutable.hops = 2
  expect(of(mutable)).toBe('{"hops":2}')
  expect([of('west-1/a'), of('west-1/a'), of(null)]).toEqual(['"west-1/a"', '"west-1/a"', 'null'])
  expect(times()).toBe(5)
})
