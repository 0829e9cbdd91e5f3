import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judge } from '../../conform/judge.ts'
import { doublejump } from '../cli/run.ts'
import { describeWith, tshark } from '../programs.ts'
import { find } from '../protocols/ask.ts'
import { captures, DIRECT, logOf, ONE } from './judged.ts'

test('asked of a whole protocol, it says which variants the log is a run of', () => {
  const path = join(captures, `${ONE}.ndjson`)
  const { code, out } = doublejump(['conform', path, '--protocol', 'sip', '--json'])
  expect(code).toBe(0)
  const verdicts = Object.fromEntries(
    JSON.parse(out).variants.map((row: { variant: string; verdict: string }) => [row.variant, row.verdict]),
  )
  expect(verdicts).toMatchObject({ direct: 'conforms', 'home-proxy-rfc': 'diverges', 'resend-add-branch': 'diverges' })
  expect(doublejump(['conform', path, '--protocol', 'sip']).out).toMatch(/home-proxy-rfc +diverges +0\/3 +line 9 /)
})

test('a log of 100,000 lines', () => {
  const lines = logOf(ONE)
  const noise = Array.from({ length: 100_000 }, (_, i) => ({
    time: 70 + i / 100,
    src: '10.8.0.1',
    dst: '10.8.0.2',
    method: 'OPTIONS',
    cseq: String(i),
    cseqMethod: 'OPTIONS',
    callId: 'other',
    branch: `z${i}`,
  }))
  const path = join(mkdtempSync(join(tmpdir(), 'doublejump-conform-')), 'long.ndjson')
  writeFileSync(
    path,
    [...lines.map(({ time, fields }) => ({ time, ...fields })), ...noise]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  const { code, out } = doublejump(['conform', path, '--protocol', 'sip/direct', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ verdict: 'conforms', consumed: 3, of: 3 })
})

describeWith(tshark, 'captures by tshark', () => {
  test('IPv6 in UDP (RFC 5555) is read as Mobile IPv6', () => {
    const { code, out } = doublejump([
      'conform',
      join(captures, 'mipv6-double-jump.pcapng'),
      '--protocol',
      'mipv6/ro-rfc',
      '--json',
    ])
    expect([code, JSON.parse(out).consumed]).toEqual([0, 33])
  })

  test('a capture and its log of JSON lines say the same', () => {
    const capture = doublejump(['conform', join(captures, `${DIRECT}.pcapng`), '--protocol', 'sip/direct', '--json'])
    expect(capture.code).toBe(0)
    const { verdict, consumed, of, hidden } = JSON.parse(capture.out)
    expect([verdict, consumed, of]).toEqual(['conforms', 36, 36])
    expect(hidden.moves.length).toBe(2)
    expect(
      doublejump(['conform', join(captures, `${DIRECT}.pcapng`), '--protocol', 'sip/resend-replace-branch']).code,
    ).toBe(12)
  })
})

test('what was left out is told beside a table of variants too', () => {
  const capture = join(captures, 'mipv6-double-jump.ndjson')
  const asked = ['conform', capture, '--protocol', 'mipv6']
  const { leftOut } = JSON.parse(doublejump([...asked, '--json']).out)
  expect(leftOut).toMatchObject({ 'before anybody moves': 31 })
  expect(doublejump(asked).out).toContain('Lines that were left out: 31 before anybody moves')
})

test('who was told to end before it began judges nothing', () => {
  const { protocol, variant } = find('sip/direct')
  const control = { now: () => 0, interrupted: () => true }
  const { verdict } = judge(protocol, variant, logOf(DIRECT), { most: 20_000, tolerance: 0.1, control })
  expect(verdict).toEqual({ kind: 'inconclusive', consumed: 0, searched: 0, because: 'it was interrupted' })
})
