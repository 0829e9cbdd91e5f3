import { expect, test } from 'vitest'
import { judge } from '../../conform/judge.ts'
import { tabled } from '../../conform/lately.ts'
import { type Scenario, scenario } from '../../spec/index.ts'
import { find } from '../protocols/ask.ts'
import { DIRECT, LOOSE, logOf, ONE, verdictOf } from './judged.ts'

const { protocol, variant } = find('hip/direct')
const moving = (...moves: readonly string[]): Scenario => scenario('s', 's', { moves: { a: moves } })

test('tables that are kept are those of one variant, by scenario', () => {
  const one = tabled(protocol, variant, moving('west-2'))
  expect(tabled(protocol, variant, moving('west-2'))).toBe(one)
  expect(tabled(protocol, variant, moving('west-3'))).not.toBe(one)
  expect(tabled(protocol, variant, moving('west-2'))).toBe(one)
  expect(tabled(protocol, { ...variant }, moving('west-2'))).not.toBe(one)
  expect(tabled(protocol, variant, moving('west-2'))).not.toBe(one)
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

test.each([
  ['mipv6-double-jump', 'mipv6/ro-rfc'],
  ['mobike-responder-moves', 'mobike/silent-initiator'],
  ['wireguard-double-jump', 'wireguard/one-keepalive'],
  [LOOSE, 'sip/resend-replace-branch'],
])('nor on when states are forgotten on the way: %s as a run of %s', (name, target) => {
  const { protocol, variant } = find(target)
  const said = (states: number) => {
    const pace = { quick: 1, quickALine: 0, states }
    return judge(protocol, variant, logOf(name), { most: 3_000, tolerance: 0.1, pace }).verdict
  }
  expect(said(8)).toEqual(said(2 ** 16))
})
