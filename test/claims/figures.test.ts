import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { figures } from '../../claims/figures/index.ts'
import { made } from '../../claims/figures/made.ts'
import { Searches } from '../../claims/searches.ts'
import { doublejump } from '../cli/run.ts'

const searches = new Searches()
const csvOf = async (id: string, by = searches, set: readonly string[] = []): Promise<string> =>
  (await made(figures.find((figure) => figure.id === id)!, by, set))!.csv

/** The value of a curve at a place. */
function at(csv: string, curve: string, x: number): number {
  const row = csv.split('\n').find((line) => line.startsWith(`${curve},`) && line.split(',').at(-2) === String(x))
  return Number(row?.split(',').at(-1))
}

test('each has an id of its own, and every one that can be drawn is a picture with its numbers', async () => {
  expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
  for (const figure of figures) {
    const result = await made(figure, searches)
    if (figure.kind === 'none') expect(result).toBeNull()
    else {
      expect(result!.svg, figure.id).toMatch(/^<svg [^>]*xmlns=[\s\S]*<\/svg>\n$/)
      expect(result!.csv.split('\n').length, figure.id).toBeGreaterThan(2)
      expect(result!.csv, figure.id).not.toMatch(/NaN|Infinity|undefined/)
    }
  }
})

describe('what a paper prints, at inner points too', () => {
  test('Fig. 5 of 003, as printed and corrected', async () => {
    const csv = await csvOf('003-fig-5')
    for (const alpha of [0, 0.3, 1]) {
      expect(at(csv, '"TMSP, as printed"', alpha)).toBeCloseTo((1 - alpha) * 14 + alpha * 10, 9)
      expect(at(csv, '"TMSP, corrected"', alpha)).toBeCloseTo(14 + alpha * 10, 9)
      expect(at(csv, '"MIPv6, as printed"', alpha)).toBeCloseTo((1 - alpha) * 14, 9)
      expect(at(csv, '"SIP-MIPv6, corrected"', alpha)).toBeCloseTo(24 + alpha * 10, 9)
    }
  })

  test('Figs. 6, 7 and 8 of 003', async () => {
    const six = await csvOf('003-fig-6')
    expect(at(six, 'over MIPv6', 2)).toBe(0)
    expect(at(six, 'over MIPv6', 10)).toBeCloseTo((100 * 40) / 114, 6)
    expect(at(six, '"over SIP-MIPv6, UDP"', 20)).toBeCloseTo((100 * 10) / 134, 6)
    const seven = await csvOf('003-fig-7')
    expect(at(seven, '15 hops directly', 19)).toBeCloseTo(100 * (1 - (180 * 15) / (180 + 200 * 19)), 6)
    const eight = await csvOf('003-fig-8')
    expect(at(eight, '20 hops directly', 12)).toBeCloseTo(100 * (1 - (180 * 20) / (180 * 18 + 200 * 12)), 6)
  })

  test('more correspondents, and other distances', async () => {
    const csv = await csvOf('003-fig-5', searches, ['eta=3', 'hops=7', 'dhcp=2'])
    expect(at(csv, '"TMSP, corrected"', 1)).toBe(8 + 14 + 3 * 14)
  })

  test('Fig. 5 of 000: what is lost in the model is what is printed, unless b is nowhere for a while', async () => {
    const csv = await csvOf('000-fig-5', searches, ['e=900', 'alpha=40', 'gamma=150', 'gamma-b=70'])
    const bar = (name: string): number[] =>
      csv.split('\n').flatMap((line) => (line.includes(name) ? [Number(line.split(',').at(-2))] : []))
    expect(bar('as printed')).toEqual([860, 1090])
    expect(bar('b moves at once')).toEqual([860, 1090])
    expect(bar('nowhere for 70 ms')).toEqual([860, 1090 + 70])
  })

  test('Fig. 6 of 000, exact beside the printed formula, for other times between handoffs too', async () => {
    const csv = await csvOf('000-fig-6a', searches, ['lambda=7'])
    expect(at(csv, '"500 ms, exact"', 7)).toBeCloseTo(1 - Math.exp(-0.5 / 7), 8)
    expect(at(csv, '"500 ms, as printed"', 7)).toBeCloseTo(0.5 / 7, 8)
    const even = await csvOf('000-fig-6a', searches, ['lambda=7', 'gaps=constant(1)'])
    expect(at(even, '"500 ms, exact"', 7)).toBeCloseTo(0.5 / 7, 8)
  })
})

test('a role that does otherwise changes them', async () => {
  const chatty = new Searches((target, nodes) => {
    if (target !== 'tmsp/direct') return nodes
    const other = variantOf('tmsp/movement-verification')
    return other.variant.nodes(scenarioOf(other, 'one-moves'))
  })
  expect(at(await csvOf('003-fig-5', chatty), '"TMSP, corrected"', 1)).toBe(24 + 2 * 5)
})

test.each([
  ['renewal.ts', 'hit', (was: Formulas) => was.firstOrder, '000-fig-6a', '"500 ms, exact"', 0.5 / 7],
  ['several-handoffs.ts', 'atLeastOneOf', () => () => 0.25, '000-fig-6b', '"500 ms, exact"', 0.25],
] as const)('a formula that is broken changes them: %s', async (file, name, wrong, id, curve, value) => {
  vi.resetModules()
  vi.doMock(`../../claims/calculations/${file}`, async (original) => {
    const module = (await original()) as Formulas
    return { ...module, [name]: wrong(module) }
  })
  const { charts000 } = await import('../../claims/figures/charts-000.ts')
  const { made: broken } = await import('../../claims/figures/made.ts')
  const { csv } = (await broken(charts000.find((figure) => figure.id === id)!, searches, ['lambda=7']))!
  expect(at(csv, curve, 7)).toBeCloseTo(value, 8)
  expect(at(await csvOf(id, searches, ['lambda=7']), curve, 7)).not.toBeCloseTo(value, 8)
  vi.doUnmock(`../../claims/calculations/${file}`)
  vi.resetModules()
})
type Formulas = Record<string, (...given: never[]) => number>

describe('doublejump figures', () => {
  test('lists them, tells one at an inner point, writes pictures and numbers', () => {
    expect(doublejump(['figures']).out).toMatch(/003-fig-5 .*\n.*--set hops=5/)
    expect(doublejump(['figures', '003-fig-5', '--set', 'alpha=0.3']).out).toContain('MIPv6, corrected: 0.300 → 14\n')
    const folder = mkdtempSync(join(tmpdir(), 'figures-'))
    expect(doublejump(['figures', '003-fig-7', '--out', folder]).code).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['003-fig-7.csv', '003-fig-7.svg'])
    expect(readFileSync(join(folder, '003-fig-7.svg'), 'utf8')).toMatch(/^<svg xmlns/)
  })

  test.each([
    [['003-fig5'], /no figure '003-fig5'.*003-fig-5/],
    [['003-fig-5', '--set', 'alfa=0.3'], /no parameter 'alfa'.*alpha/],
    [['003-fig-5', '--set', 'alpha=1.3'], /'alpha'.* is 1.3, and a probability is between 0 and 1/],
    [['003-fig-5', '--set', 'hops=-1'], /'hops'.* is -1/],
    [['000-fig-6a', '--set', 'gaps=pareto(1, 1)'], /has no mean/],
    [['003-fig-5', '--set', 'alpha'], /of the form name=value/],
  ])('%j is bad input', (args, words) => {
    const { code, err } = doublejump(['figures', ...args])
    expect(code).toBe(10)
    expect(err).toMatch(words)
  })
})
