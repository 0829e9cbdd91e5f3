// The column 'leans on' of docs/survival.md: its file has every variant, and is what the search finds.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Leaning, leaningOf, leaningText } from '../../analysis/assumptions/leaning.ts'
import { variantOf } from '../../analysis/target.ts'
import { DOUBLE_JUMP } from '../../spec/law.ts'
import { protocols } from '../../spec/protocols.ts'
import { full, sample } from '../full.ts'

const { rows, states } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/leans-on.json'), 'utf8')) as {
  readonly rows: readonly Leaning[]
  readonly states: number
}

test('it has every variant that is asked of a double jump: npm run leans-on', () => {
  const all = protocols.flatMap(({ name, variants }) =>
    variants.filter((v) => v.scenarios.some((s) => s.name === DOUBLE_JUMP)).map((v) => `${name}/${v.name}`),
  )
  expect(rows.map(({ target }) => target)).toEqual(all)
})

const soon = rows.filter((row) => row.verdict === 'holds' && (full || row.states < 60_000))

test.each(sample(soon, 4))('$target is as it was found', (row) => {
  expect(leaningOf(variantOf(row.target), states)).toEqual(row)
})

describe('in words', () => {
  const row = { target: 'p/v', properties: [], states: 1 } as const
  test('what is said of both hosts alike is said once, and what is not known comes last', () => {
    const on = ['a moves once', 'b moves once', 'short gaps', '≤ 1 loss']
    expect(leaningText({ ...row, verdict: 'holds', on, open: ['order'] })).toBe(
      'each moves once, short gaps, ≤ 1 loss; ? order',
    )
    expect(leaningText({ ...row, verdict: 'holds', on: ['a moves once'], open: [] })).toBe('a moves once')
    expect(leaningText({ ...row, verdict: 'holds', on: [], open: ['order'] })).toBe('? order')
  })
  test('nothing, nothing to lean on, and not known are three', () => {
    expect(leaningText({ ...row, verdict: 'holds', on: [], open: [] })).toBe('nothing')
    expect(leaningText({ ...row, verdict: 'violated', on: [], open: [] })).toBe('')
    expect(leaningText({ ...row, verdict: 'not known', on: [], open: [] })).toBe('?')
  })
})
