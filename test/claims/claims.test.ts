import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ABLATIONS } from '../../claims/ablations.ts'
import { changeStep } from '../../claims/changes.ts'
import { type Claim, casesOf } from '../../claims/claim.ts'
import { decide, verdictOf } from '../../claims/decide.ts'
import { claims } from '../../claims/index.ts'
import { otherwiseTable } from '../../claims/otherwise.ts'
import { type Mutation, Searches } from '../../claims/searches.ts'
import { doublejump } from '../cli/run.ts'
import { full } from '../full.ts'
import { mutations } from './mutations.ts'

const searches = new Searches()
const claimOf = (id: string) => claims.find((claim) => claim.id === id)!

describe('every claim comes out as is expected', () => {
  test.each(claims.map((claim) => [claim.id, claim] as const))('%s', (_, claim) => {
    const { verdict, cases } = decide(claim, searches)
    expect(verdict, cases.map(({ case: one, so, text }) => `${so} ${one.given}: ${text}`).join('\n')).toBe(
      claim.expected,
    )
  })
})

test('there are 142 claims, each once', () => {
  expect(claims.length).toBe(142)
  expect(new Set(claims.map(({ id }) => id)).size).toBe(142)
})

/** Whether anything of the protocols goes into it, not formulas alone. */
const asksProtocols = (claim: Claim): boolean => casesOf(claim).some((one) => 'target' in one || one.fact.length > 0)

describe('only what holds or is violated, of something that happens, is an answer', () => {
  test('one rule: parts fail by one, conditions by all', () => {
    const [yes, no, none] = [{ so: true }, { so: false }, { so: null }]
    expect(verdictOf([yes, yes], true)).toBe('holds')
    expect(verdictOf([yes, no], true)).toBe('fails')
    expect(verdictOf([no, no], true)).toBe('fails')
    expect(verdictOf([yes, yes], false)).toBe('holds')
    expect(verdictOf([yes, no], false)).toBe('conditional')
    expect(verdictOf([no, no], false)).toBe('fails')
    for (const areParts of [true, false])
      for (const other of [yes, no]) expect(verdictOf([other, none], areParts)).toBe('no answer')
  })

  // Each would have been taken for 'not so', and so for what is expected, when every verdict but the wanted one counted as that.
  const failing = claimOf('003-06')

  test('a role that throws', () => {
    const throws: Mutation = (_, nodes) =>
      changeStep(['b'], () => {
        throw new Error('b has no use for it')
      })(nodes)
    const { verdict, asExpected, cases } = decide(failing, new Searches(throws))
    expect([verdict, asExpected]).toEqual(['no answer', false])
    expect(cases.map(({ so, because }) => [so, because])).toEqual([
      [null, 'failed'],
      [null, 'failed'],
    ])
    expect(cases[0]!.text).toContain('b has no use for it')
  })

  test('a search that is cut short', () => {
    const { verdict, cases } = decide(failing, new Searches(undefined, undefined, { states: 20 }))
    expect(verdict).toBe('no answer')
    expect(cases[0]).toMatchObject({ so: null, because: 'incomplete' })
    expect(cases[0]!.text).toContain('cut short')
  })

  test('nothing of what it speaks of ever happens', () => {
    const { verdict, cases } = decide(failing, new Searches(ABLATIONS['does-nothing']))
    expect(verdict).toBe('no answer')
    expect(cases[0]).toMatchObject({ so: null, because: 'vacuous' })
    expect(cases[0]!.text).toContain('it never happens that all moves are over and every binding is right')
  })

  test('two numbers of steps of which one does not exist', () => {
    const { verdict } = decide(claimOf('004-21'), new Searches(ABLATIONS['does-nothing']))
    expect(verdict).toBe('no answer')
  })
})

describe('every role does nothing: no claim about protocols keeps its verdict, and none holds', () => {
  const ablated = new Searches(ABLATIONS['does-nothing'])
  const about = claims.filter(asksProtocols)

  test('those are most of the claims', () => expect(about.length).toBeGreaterThan(90))

  test.each(about.map((claim) => [claim.id, claim] as const))('%s', (_, claim) => {
    const { verdict, cases } = decide(claim, ablated)
    expect(verdict).not.toBe(claim.expected)
    expect(verdict).not.toBe('holds')
    // By a search not even a part of one.
    const bySearch = cases.filter(({ case: one, so }) => 'target' in one && so !== null)
    expect(bySearch.map(({ text }) => text)).toEqual([])
  })
})

test('no claim about a protocol is decided by a constant: each has a search, or computes', () => {
  for (const { id, decide } of claims) {
    expect('all' in decide ? decide.all.length : decide.cases.length, id).toBeGreaterThan(0)
  }
})

/** What names something: a section, a message by its code, a symbol of a formula. The numbers of all else are results, or constants. */
const NAMES = [
  /RFC \d+|§[\d.]+|(Fig|eq)\. \d+|code \d|step \d|MIPv\d|IPv\d|\d{3}-\d\d/g,
  /\b(180|200|403|408|491)\b/g,
  /P0|D_1|ln 0|1\/h|as 0/g,
]

test('no number that a calculation, a table or a timer gives is typed into a reason', () => {
  const sources = readdirSync('claims', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const reasons = sources.flatMap((name) =>
    [...readFileSync(`claims/${name}`, 'utf8').matchAll(/(why|because):\s*(['"`])(.*?)\2(,\n| })/gs)].map(
      ([, , , text]) => text!,
    ),
  )
  expect(reasons.length).toBeGreaterThan(claims.length)
  const typed = reasons.filter((text) =>
    /\d/.test(NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text.replaceAll(/\$\{.*?\}/g, ''))),
  )
  expect(typed).toEqual([])
})

test('where a reader might expect another verdict a claim says why, and README.md has them all', () => {
  for (const { expected, otherwise } of claims) expect(otherwise?.verdict).not.toBe(expected)
  expect(readFileSync('claims/README.md', 'utf8'), 'npm run claims-table').toContain(otherwiseTable(claims))
})

describe('the verdict of a claim changes with the protocol behind it', () => {
  test.each(mutations)('%s: %s', (id, _, mutation) => {
    const broken = decide(claimOf(id), new Searches(mutation))
    // Another answer, not none: what breaks a claim is still a protocol.
    const told = broken.cases.map(({ text }) => text).join('\n')
    expect([claimOf(id).expected, 'no answer'], told).not.toContain(broken.verdict)
  })

  test('at least 20 claims', () => expect(new Set(mutations.map(([id]) => id)).size).toBeGreaterThanOrEqual(20))
})

test('doublejump claims --json has every row; an id shows one in full, with a run', () => {
  // All of them are decided above; the whole report of the command is the full run's.
  const asked = full ? claims : claims.filter(({ id }) => id.startsWith('002'))
  const { code, out } = doublejump(['claims', ...(full ? [] : ['--paper', '002']), '--json'])
  expect(code).toBe(0)
  const { version, claims: rows } = JSON.parse(out)
  expect(version).toBe(1)
  expect(rows.map(({ id }: { id: string }) => id)).toEqual(asked.map(({ id }) => id))
  for (const row of rows) {
    expect(['H', 'F', 'C', 'OK', 'ERR']).toContain(row.verdict)
    for (const field of ['id', 'paper', 'section', 'claim', 'expected', 'because'])
      expect(row[field]).toBeTypeOf('string')
  }
  const one = doublejump(['claims', '000-22'])
  expect(one.code).toBe(0)
  expect(one.out).toContain('conditional')
  expect(one.out).toContain('a thinks that b is at east-1/b, but b is at east-2/b')
})

test('what holds is shown by a run in which it is at work, with what was asked and the command that repeats it', () => {
  const { code, out } = doublejump(['claims', '000-01'])
  expect(code).toBe(0)
  expect(out).toContain("asked: F G 'data flow both ways'")
  expect(out).toContain('it does happen that all moves are over and data flow both ways')
  expect(out).toContain('a run in which all moves are over and data flow both ways')
  expect(out).toContain('a leaves west-1/a')
  const [, again] = /again: doublejump (.*)\n/.exec(out)!
  expect(doublejump(again!.split(' ')).code).toBe(0)
})

test('what a claim changes is repeated by the claim, case by case', () => {
  const { code, out } = doublejump(['claims', '000-28', '--case', '1'])
  expect(code).toBe(0)
  expect(out).toContain('a proxy that moves')
  expect(out).not.toContain('a proxy that stays')
  for (const [args, why] of [
    [['claims', '000-28', '--case', '9'], 'has no case 9. It has 2'],
    [['claims', '--case', '1'], 'several were asked for'],
  ] as const) {
    const bad = doublejump([...args])
    expect(bad.code).toBe(10)
    expect(bad.err).toContain(why)
  }
})

test('a claim or paper that does not exist is bad input', () => {
  for (const args of [
    ['claims', '000-99'],
    ['claims', '--paper', '007'],
  ]) {
    const { code, err } = doublejump(args)
    expect(code).toBe(10)
    expect(err).toMatch(/There is no (claim|paper)/)
  }
})
