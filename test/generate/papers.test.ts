import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { figures } from '../../claims/figures/index.ts'
import { made } from '../../claims/figures/made.ts'
import { claims } from '../../claims/list.ts'
import { numbersPage } from '../../claims/pages/numbers.ts'
import { papers, sectionOf } from '../../claims/pages/papers.ts'
import { printedNumbers } from '../../claims/printed.ts'
import { innerPoints } from '../../claims/printed-others.ts'
import { paperOf } from '../../claims/report.ts'
import { Searches } from '../../claims/searches.ts'

const folder = resolve(import.meta.dirname, '../../docs/papers')
const read = (file: string): string => readFileSync(resolve(folder, file), 'utf8')
const searches = new Searches()
const page = (by: Searches): string => numbersPage(printedNumbers(by), innerPoints(by))

test('the table of printed numbers is up to date, and has what is right and what is wrong', () => {
  expect(read('numbers.md')).toBe(page(searches))
  const wrong = printedNumbers(searches).filter(({ is }) => is === 'wrong')
  expect(wrong.map(({ printed, computed }) => `${printed} → ${computed}`)).toEqual([
    '77.2 → 77.273',
    '10.5 → 10.606',
    '44 → 24',
    '44 → 48',
    '5 → 15',
    '48 → 64',
    '682 → 52',
  ])
})

describe('what changes the table', () => {
  test('a role that does otherwise', () => {
    const broken = new Searches((target, nodes) => {
      if (target !== 'tmsp/direct') return nodes
      const other = variantOf('tmsp/movement-verification')
      return other.variant.nodes(scenarioOf(other, 'one-moves'))
    })
    expect(page(broken)).toContain('| TMSP (Telling a correspondent costs 10, 0 and 10 hops) | 10 | 20 | ✗ **wrong** |')
  })

  test.each([
    ['renewal.ts', 'firstOrder', () => (interval: number) => interval, '| 0.1 | 0.5 | ✗ **wrong** |'],
    ['headers.ts', 'share', () => () => 50, '| 29.8 | 50 | ✗ **wrong** |'],
  ])('a formula that is broken: %s', async (file, name, wrong, row) => {
    vi.resetModules()
    vi.doMock(`../../claims/calculations/${file}`, async (original) => ({
      ...((await original()) as object),
      [name]: wrong(),
    }))
    const { printedNumbers: broken } = await import('../../claims/printed.ts')
    const { Searches: Fresh } = await import('../../claims/searches.ts')
    expect(numbersPage(broken(new Fresh()), [])).toContain(row)
    vi.doUnmock(`../../claims/calculations/${file}`)
    vi.resetModules()
    expect(read('numbers.md')).not.toContain(row)
  })
})

describe.each(papers.map((paper) => [paper.number, paper] as const))('the page of %s', (number, paper) => {
  const text = read(`${number}.md`)

  test('has each of its claims, with the verdict, and each of its figures, with numbers', () => {
    for (const { id, claim, expected, why } of claims.filter((one) => paperOf(one.id) === number)) {
      expect(text).toContain(`### ${id}: ${claim}\n`)
      expect(text, id).toContain(`**${expected}**: ${why}`)
    }
    for (const { id, kind, title } of figures.filter((figure) => figure.paper === number)) {
      expect(text).toContain(title)
      if (kind === 'none') continue
      expect(text).toContain(`(figures/${id}.svg)`)
      for (const end of ['svg', 'csv']) expect(existsSync(resolve(folder, `figures/${id}.${end}`)), id).toBe(true)
    }
  })

  test('every claim and figure is in a section, but what the paper does not claim', () => {
    const outside = claims.filter((one) => paperOf(one.id) === number && sectionOf(paper, one.where) === null)
    expect(outside.map(({ where }) => where).filter((where) => where !== '(not claimed)')).toEqual([])
    for (const { id, place, paper: of } of figures)
      if (of === number) expect(sectionOf(paper, place), id).not.toBeNull()
  })
})

test('charts have the numbers of today', async () => {
  for (const figure of figures) {
    if (figure.kind !== 'chart') continue
    const { csv, svg } = (await made(figure, searches))!
    expect(read(`figures/${figure.id}.csv`), figure.id).toBe(csv)
    expect(read(`figures/${figure.id}.svg`), figure.id).toBe(svg)
  }
})
