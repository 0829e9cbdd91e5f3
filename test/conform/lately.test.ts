import { describe, expect, test } from 'vitest'
import { tabled } from '../../conform/lately.ts'
import { type Scenario, scenario } from '../../spec/index.ts'
import { find } from '../protocols/ask.ts'
import { DIRECT, LOOSE, logOf, ONE, verdictOf } from './judged.ts'

const { protocol, variant } = find('hip/direct')
const moving = (...moves: readonly string[]): Scenario => scenario('s', 's', { moves: { a: moves } })

describe('tables that are kept', () => {
  test('are those of one variant in one scenario', () => {
    const one = tabled(protocol, variant, moving('west-2'))
    expect(tabled(protocol, variant, moving('west-2'))).toBe(one)
    expect(tabled(protocol, variant, moving('west-3'))).not.toBe(one)
    expect(tabled(protocol, { ...variant }, moving('west-2'))).not.toBe(one)
    expect(tabled(protocol, variant, moving('west-2'))).toBe(one)
  })

  test('are forgotten where eight others came after them', () => {
    const one = tabled(protocol, variant, moving('west-2'))
    for (let i = 0; i < 7; i++) tabled(protocol, variant, moving(`west-${i + 10}`))
    expect(tabled(protocol, variant, moving('west-2'))).toBe(one)
    for (let i = 0; i < 8; i++) tabled(protocol, variant, moving(`west-${i + 10}`))
    expect(tabled(protocol, variant, moving('west-2'))).not.toBe(one)
  })
})

test('what is said of a log does not depend on those that were judged before it', () => {
  const shorter = logOf(ONE).filter((_, i) => i !== 8)
  const logs = [
    ...[ONE, DIRECT, LOOSE].map((name) => () => verdictOf(name, 'sip/direct')),
    () => verdictOf(ONE, 'sip/direct', shorter),
  ]
  const told = (order: typeof logs) => order.map((judged) => JSON.stringify(judged().verdict))
  const forwards = told(logs)
  expect(new Set(forwards).size).toBe(logs.length)
  expect(told([...logs].reverse())).toEqual(forwards.reverse())
})
