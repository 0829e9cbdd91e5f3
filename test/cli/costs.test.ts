import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

test('message by message, node by node, with distances, and a session with its refreshes', () => {
  const asked = ['costs', 'mip/co-located', '--hops', 'a-ha-a=15', '--handoffs', '12', '--seconds', '3600']
  const { code, out } = doublejump([...asked, '--refresh', 'a-ha-a=300'])
  expect(code).toBe(0)
  expect(out).toMatch(/Registration Request +a +ha-a +15 +74\n/)
  expect(out).toContain('in all: 2 messages, 30 hops, 144 bytes, 2,160 on all links')
  expect(out).toMatch(/data from b to a: by ha-a, 20 hops, 1 headers .* 15 on all links, 300 bytes a packet/)
  expect(out).toContain('3,600 s: 48 messages, 720 hops, 3,456 bytes')
  const { costs } = JSON.parse(doublejump([...asked, '--json']).out)
  expect(costs[0]).toMatchObject({ handoff: { messages: 2, hops: 30 }, session: { messages: 24 }, refreshes: [] })
  expect(costs[0].nodes.find(({ name }: { name: string }) => name === 'b')).toMatchObject({ sent: 0, received: 0 })
})

test('a file of distances, several variants, lengths by formats and none, a line a message', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'doublejump-costs-')), 'distances.json')
  writeFileSync(file, JSON.stringify({ places: { a: 'MN', b: 'CN' }, hops: { 'MN-CN': 7 }, otherwise: 2 }))
  const { out } = doublejump(['costs', 'quic/client-migration', 'tmsp/direct', '--topology', file, '--format', 'csv'])
  // RFC 9000 §8.2.1: 1200 octets, in UDP over IPv4.
  expect(out).toContain('quic/client-migration,"data, PATH_CHALLENGE",a,b,7,1228\n')
  expect(out).toMatch(/tmsp\/direct,"[^"]+",a,rs-a,2,\n/)
})

test.each([
  [['mip/co-located', '--refresh', 'a-b=3'], /'a' and 'b' say nothing to each other/],
  [['mip/co-located', '--refresh', 'a-ha-a=0'], /--refresh a-ha-a is 0/],
  [['mip/co-located', '--hops', 'a-hb=3'], /'a-hb' is not of nodes of this variant.*a-b/],
  [['mip/co-located', '--hops', 'a-ha-a'], /of the form one-other=number/],
  [['mip/co-located', '--hops', 'a-ha-a=-3'], /distance 'a-ha-a' is -3/],
  [['mip/co-located', '--apart', 'far'], /--apart is NaN/],
  [['mip/co-located', '--topology', 'none.json'], /--topology none.json cannot be read/],
  [['mip/co-located', '--topology', 'package.json'], /not of the form/],
  [['mip-ro/plain'], /'mip-ro\/plain' has no handoff to count/],
  [['mip/co-located', '--format', 'svg'], /svg/],
])('%j is bad input', (args, words) => {
  const { code, err } = doublejump(['costs', ...args])
  expect(code).toBe(10)
  expect(err).toMatch(words)
})
