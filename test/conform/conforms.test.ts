import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { captures } from '../../generate/altered/captures.ts'
import { DIRECT, captures as folder, RESEND, verdictOf } from './judged.ts'

describe('real captures', () => {
  test('none is forgotten', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ndjson'))
    expect(captures.map(([capture]) => `${capture}.ndjson`).sort()).toEqual(files.sort())
  })

  test.each([
    ...captures,
    [RESEND, 'sip/relookup-on-retransmit', 78],
    ['mobike-double-jump-initiator-returns', 'mobike/single-homed', 60],
  ] as const)('%s conforms to %s, every line of it', (name, target, lines) => {
    const { verdict, mapped } = verdictOf(name, target)
    expect(verdict.kind).toBe('conforms')
    expect(mapped.seen.length).toBe(lines)
  })

  test('both moves of the double jump are inferred, and every packet is accounted for', () => {
    const { verdict } = verdictOf(DIRECT, 'sip/direct')
    if (verdict.kind !== 'conforms') throw new Error('it should')
    const moves = verdict.trace.steps.filter((step) => step.moves !== undefined).map(({ text }) => text)
    expect(moves.sort()).toEqual(['a leaves west-1/a', 'b leaves east-1/b'])
    expect(verdict.lines.flat().length).toBe(36)
    expect(verdict.trace.steps.some(({ kind }) => kind === 'fault')).toBe(false)
  })
})
