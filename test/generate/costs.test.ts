import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { wallClock } from '../../checker/limits.ts'
import { costOf } from '../../claims/costs/cost.ts'
import { everyHandoff } from '../../claims/costs/every.ts'
import { counted } from '../../claims/costs/text.ts'
import { hopsBetween } from '../../claims/costs/topology.ts'
import { NoAnswer } from '../../claims/no-answer.ts'
import { Searches } from '../../claims/searches.ts'
import { costsRow } from '../../generate/costs-row.ts'
import { onTheWire } from '../../generate/on-the-wire.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/costs.md'), 'utf8')
const searches = new Searches()

test('what is counted in the page of costs is up to date', () => {
  for (const target of everyHandoff()) {
    try {
      const cells = counted(costOf(searches, target, onTheWire))
      expect(page).toContain(`| \`${target}\` | ${cells.join(' | ')} | `)
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      expect(page).toContain(`\`${target}\` is left out: `)
    }
  }
})

test.each(['mip/co-located', 'mobike/responder-multihomed', 'mip-lr/direct'])(
  '%s: the whole row is up to date, with its times',
  (target) => {
    const { cost, timed, survives } = costsRow(target, wallClock)!
    const cells = [...counted(cost), timed.disruption, timed.repair, survives ? '✓' : '✗']
    expect(page).toContain(`| \`${target}\` | ${cells.join(' | ')} |\n`)
  },
)

test('bytes are those of the handoff, not of what set the session up', () => {
  // Two messages of RFC 5944 in UDP over IPv4, and no extension: 24 + 20 octets, and an authenticator of 22 each.
  const { messages, bytes } = costOf(searches, 'mip/co-located', onTheWire)
  expect(messages).toBe(2)
  expect(bytes).toBeGreaterThan(2 * (20 + 8 + 20))
  expect(bytes).toBeLessThan(2 * (20 + 8 + 24 + 22) + 1)
})

test('a role that says more costs more', () => {
  const other = variantOf('tmsp/movement-verification')
  const broken = new Searches((target, nodes) =>
    target === 'tmsp/direct' ? other.variant.nodes(scenarioOf(other, 'one-moves')) : nodes,
  )
  const [before, after] = [searches, broken].map((by) => costOf(by, 'tmsp/direct', onTheWire))
  expect(after).toMatchObject({ messages: before!.messages + 2, hops: before!.hops + 10 })
})

test('distances: places, pairs either way, and what is none', () => {
  const topology = { places: { a: 'MN', agent: 'CN', b: 'CN' }, hops: { 'MN-CN': 3 }, otherwise: 7 }
  expect(hopsBetween(topology, 'b', 'a')).toBe(3)
  expect(hopsBetween(topology, 'agent', 'b')).toBe(0)
  expect(hopsBetween(topology, 'a', 'x')).toBe(7)
  expect(() => hopsBetween({ ...topology, hops: { 'MN-CN': -3 } }, 'a', 'b')).toThrow(/distance from MN to CN is -3/)
})
