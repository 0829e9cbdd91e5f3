import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { casesOf } from '../../claims/claim.ts'
import { claims } from '../../claims/index.ts'
import { doublejump } from './run.ts'

// A protocol that is asked to fail, and 'fails, as expected': the claim that no broken protocol may bear out.
const claim = '003-06'

test.each([
  ['a search that is cut short', ['--max-states', '20'], 16, /cut short \(states\) at 20 states/],
  [
    'nothing of what it speaks of happens',
    ['--ablation', 'does-nothing'],
    15,
    /it never happens that all moves are over/,
  ],
  ['a role that throws', ['--ablation', 'throws'], 75, /this role throws, whatever happens/],
] as const)('no answer, and why: %s', (_, args, exit, why) => {
  const { code, out } = doublejump(['claims', claim, ...args])
  expect(code).toBe(exit)
  expect(out).toMatch(/^no answer: No answer where as drawn: /m)
  expect(out).toMatch(why)
  const [, again] = /again: doublejump (.*)\n/.exec(out)!
  if (args[0] === '--ablation') expect(doublejump(again!.split(' ')).code).toBe(exit)

  const { code: same, out: json } = doublejump(['claims', claim, ...args, '--json'])
  expect(same).toBe(exit)
  const [row] = JSON.parse(json).claims
  expect(row).toMatchObject({ verdict: 'no answer', expected: 'F', asExpected: false })
})

test('what rests on a formula alone keeps its verdict, and of several claims the one without an answer tells', () => {
  expect(doublejump(['claims', claim]).code).toBe(0)
  expect(doublejump(['claims', '003-27', '--ablation', 'throws']).code).toBe(0)
  const several = doublejump(['claims', claim, '003-27', '--ablation', 'throws'])
  expect(several.code).toBe(75)
  expect(several.out).toMatch(/^holds: /m)
})

test('with every role broken no claim of a paper is as expected by a search', () => {
  const { code, out } = doublejump(['claims', '--paper', '002', '--ablation', 'does-nothing', '--json'])
  expect(code).not.toBe(0)
  const rows = JSON.parse(out).claims as { decidedBy: string; asExpected: boolean; verdict: string }[]
  const bySearch = rows.filter(({ decidedBy }) => decidedBy === 'search')
  expect(bySearch.length).toBeGreaterThan(10)
  for (const { asExpected, verdict } of bySearch) expect([asExpected, verdict]).toEqual([false, 'no answer'])
})

test('bounds and ablations that do not exist are bad input', () => {
  for (const [args, why] of [
    [['--ablation', 'half'], "There is no ablation 'half'. There are: does-nothing, throws."],
    [['--max-states', 'few'], '--max-states is few'],
  ] as const) {
    const { code, err } = doublejump(['claims', claim, ...args])
    expect(code).toBe(10)
    expect(err).toContain(why)
  }
})

const sorts = [
  [
    'a search that holds',
    '000-01',
    "asked: F G 'data flow both ways'",
    /a run in which all moves are over and data flow both ways/,
  ],
  ['a search that fails', '000-05', "asked: F G 'every binding is correct'", /a thinks that b is at east-1\/b/],
  [
    'a comparison of runs',
    '000-34',
    "asked: EF 'all moves are over and every binding is right'",
    /a run that shows it/,
  ],
  [
    'a number of steps',
    '000-32',
    "asked: G (¬'all moves are over' ∨ F≤1 'every binding is correct')",
    /leaves west-1\/a/,
  ],
  ['a figure', '000-18', 'computed: atLeastOnce(estimate(0.5, 5), 3)', /printed 0.271, computed 0.271/],
  ['a formula', '000-15', 'computed: 1 − (1 − P0)^N against', /formula 0.271000, enumerated 0.271000/],
  ['a model of its own', '001-22', "computed: F G 'what the home agent sends gets in'", /the NAT forgets the mapping/],
] as const

test.each(sorts)(
  'an id shows what was asked, a run or numbers, and commands that repeat it: %s',
  (_, id, formula, shown) => {
    const { code, out } = doublejump(['claims', id])
    expect(code).toBe(0)
    expect(out).toContain(formula)
    expect(out).toMatch(shown)
    const commands = [...out.matchAll(/again: doublejump (.*)\n/g)].map(([, command]) => command!)
    expect(commands.length).toBe(casesOf(claims.find((one) => one.id === id)!).length)
    expect(doublejump(commands[0]!.split(' ')).code).toBe(0)
  },
)

test('the page of a paper is the one in docs, without its pictures; without a paper there is none', () => {
  const { code, out } = doublejump(['claims', '--paper', '002', '--format', 'md'])
  expect(code).toBe(0)
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/papers/002.md'), 'utf8')
  expect(out).toBe(page.replaceAll(/!\[.*\n\n\[numbers\].*\n\n/g, ''))
  const none = doublejump(['claims', '--format', 'md'])
  expect(none.code).toBe(10)
  expect(none.err).toMatch(/page of one paper.*--paper 003/)
  expect(doublejump(['claims', '--format', 'pdf']).code).toBe(10)
})
