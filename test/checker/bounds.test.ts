import { describe, expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import type { Progress } from '../../checker/limits.ts'
import type { Look, Model, Outcome } from '../../checker/model.ts'
import {
  always,
  and,
  type Claim,
  eventuallyAlways,
  everyStep,
  finally_,
  infinitelyOften,
  is,
  ltl,
  not,
  or,
  reachable,
} from '../../checker/property.ts'
import { at, clock, nestedClaims, rings } from './rings.ts'

/** What comes after the search keeps to its limits as the search does: a clock that is asked, bytes that are counted. */

const large = nestedClaims[1]!

describe('the search for lassos', () => {
  test('ends in time, whatever it is doing', () => {
    const model = rings(2, 60)
    const whole = clock()
    const unbounded = check(model, nestedClaims, { control: whole })
    const search = clock()
    explore(model, { control: search, keepEdges: true })
    // Most of the work is not in the search.
    expect(whole.asked).toBeGreaterThan(5 * search.asked)
    const seen = new Set<string>()
    for (let share = 0.05; share < 1; share += 0.2) {
      const control = clock()
      const seconds = (whole.asked / 1000) * share
      const verdicts = check(model, nestedClaims, { control, limits: { seconds } })
      verdicts.forEach((verdict, i) => {
        seen.add(`${i} ${verdict.kind}`)
        if (verdict.kind === 'incomplete') expect(verdict.because).toBe('seconds')
        else expect(verdict.kind).toBe(unbounded[i]!.kind)
      })
      expect(verdicts.at(-1)?.kind).toBe('incomplete')
      // Little is asked of the clock once the time is over: a look for each property, and for each verdict.
      expect(control.asked / 1000).toBeLessThan(seconds + 0.03)
      expect(verdicts.at(-1)!.statistics.seconds).toBeGreaterThan(seconds)
    }
    expect([...seen]).toEqual(expect.arrayContaining(['0 incomplete', `0 ${unbounded[0]!.kind}`]))
  })

  test('ends within its memory, and says what it took', () => {
    const model = rings(2, 60)
    const { memory: graph } = explore(model, { keepEdges: true })
    const [unbounded] = check(model, [large])
    const needed = unbounded!.statistics.memory
    expect(needed).toBeGreaterThan(2 * graph)
    for (const memory of [1.1 * graph, 1.5 * graph, 0.9 * needed]) {
      const [verdict] = check(model, [large], { limits: { memory } })
      expect(verdict).toMatchObject({ kind: 'incomplete', because: 'memory' })
      expect(verdict!.statistics.memory).toBeLessThanOrEqual(memory)
      expect(verdict!.statistics.memory).toBeGreaterThan(0.5 * memory)
    }
    expect(check(model, [large], { limits: { memory: needed } })[0]!.kind).toBe(unbounded!.kind)
  })

  test('gives back what one formula took before it goes on to the next', () => {
    const model = rings(2, 60)
    const one = check(model, [large])[0]!.statistics.memory
    const properties = Array.from({ length: 5 }, (_, i) => ({ ...large, id: `${i}` }))
    const five = check(model, properties, { limits: { memory: one * 1.1 } })
    expect(new Set(five.map(({ kind }) => kind))).toEqual(new Set([five[0]!.kind]))
    expect(five[0]!.kind).not.toBe('incomplete')
  })

  test('can be interrupted, whatever it is doing', () => {
    const model = rings(2, 30)
    const claims = [
      ...nestedClaims,
      { id: 'lasso', ...eventuallyAlways(at(1, 0)) },
      { id: 'holds', ...infinitelyOften(at(1, 5)) },
    ]
    const unbounded = check(model, claims)
    let asked = 0
    check(model, claims, { control: { now: () => 0, interrupted: () => asked++ < 0 } })
    const kinds = new Set<string>()
    for (let after = 0; after < asked; after += Math.ceil(asked / 25)) {
      let count = 0
      const verdicts = check(model, claims, { control: { now: () => 0, interrupted: () => count++ >= after } })
      verdicts.forEach((verdict, i) => {
        kinds.add(verdict.kind)
        if (verdict.kind === 'incomplete') expect(verdict.because).toBe('interrupted')
        else expect(verdict.kind).toBe(unbounded[i]!.kind)
      })
      expect(count).toBeLessThanOrEqual(after + 2 * claims.length)
    }
    expect([...kinds].sort()).toEqual(['holds', 'incomplete', 'violated'])
  })

  test('goes on asking the clock and telling its progress', () => {
    const model = rings(2, 60)
    const asking = clock()
    const told: Progress[] = []
    // A second goes by with each look.
    const control = { now: () => asking.now() * 1000, progress: (progress: Progress) => told.push(progress) }
    const [verdict] = check(model, [large], { control })
    const { states, transitions } = verdict!.statistics
    const after = told.filter((progress) => progress.frontier === 0 && progress.states === states)
    expect(after.length).toBeGreaterThan((states + transitions) / 4096)
    expect(Math.max(...told.map(({ memory }) => memory))).toBeGreaterThan(0.5 * verdict!.statistics.memory)
  })

  test('an automaton that is exponentially large is cut as it is built', () => {
    const many = Array.from({ length: 24 }, (_, i) => finally_(is(at(0, i))))
    const claim = ltl(not(many.reduce(and)))
    const model = rings(1, 3)
    expect(check(model, [{ id: 'it', ...claim }], { limits: { memory: 2 ** 22 } })[0]).toMatchObject({
      kind: 'incomplete',
      because: 'memory',
    })
    expect(check(model, [{ id: 'it', ...claim }], { limits: { seconds: 0.1 }, control: clock() })[0]).toMatchObject({
      kind: 'incomplete',
      because: 'seconds',
    })
  })

  test('a formula of too many predicates is a failure that says so', () => {
    const many = Array.from({ length: 31 }, (_, i) => is(at(0, i)))
    expect(check(rings(1, 3), [{ id: 'it', ...ltl(many.reduce(or)) }])[0]).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringMatching(/at most 30 predicates.*uses 31/) },
    })
  })

  test('has some of the time left when the search was cut for it', () => {
    // The lasso is near, and a counter that nobody is owed goes on without end.
    const model = rings(1, 2)
    const endless: Model = {
      ...model,
      cells: ['ring 0', 'counter'],
      initial: [[0, 0]],
      rules: [
        ...model.rules,
        {
          name: 'count',
          reads: [1],
          fire: (look) => [
            { label: { kind: 'count', text: 'count' }, sets: [[1, (look(1) as number) + 1]], sends: [] },
          ],
        },
      ],
    }
    // A step of the search takes longer than one of what comes after it.
    let asked = 0
    const control = { now: () => (asked++ < 160 ? asked / 1000 : 0.16 + (asked - 160) / 100_000) }
    const verdicts = check(
      endless,
      [
        { id: 'lasso', ...eventuallyAlways(at(0, 0)) },
        { id: 'none', ...infinitelyOften(at(0, 0)) },
      ],
      { control, limits: { seconds: 0.2 } },
    )
    expect(asked).toBeGreaterThan(160)
    expect(verdicts).toMatchObject([
      { kind: 'violated', trace: { steps: { length: 2 } } },
      { kind: 'incomplete', because: 'seconds' },
    ])
  })
})

describe('what is known already', () => {
  const model = rings(2, 200)
  const claims = [
    { id: 'state', ...always({ name: 'not yet', holds: (look: Look) => look(0) !== 30 || 'it is 30' }) },
    { id: 'reachable', ...reachable(at(0, 40)) },
    {
      id: 'step',
      ...everyStep({ name: 'small', holds: (_, after) => after(1) !== 50 || 'it becomes 50' }),
    },
    { id: 'lasso', ...eventuallyAlways(at(0, 0)) },
  ]
  const lengths = (verdicts: ReturnType<typeof check>) =>
    verdicts.map((verdict) => ('trace' in verdict ? verdict.trace?.steps.length : undefined))

  test('is told though the time is over', () => {
    const safety = claims.slice(0, 3)
    for (const seconds of [0.02, 0.03, 0.04]) {
      const verdicts = check(model, safety, { control: clock(), limits: { seconds } })
      expect(verdicts.map(({ kind }) => kind)).toEqual(['violated', 'holds', 'violated'])
      expect(lengths(verdicts)).toEqual([30, 40, 50])
    }
  })

  test('a least run that cannot be afforded is given up for a shortest one', () => {
    const shortest = lengths(check(model, claims))
    // Each way of running out: the clock jumps when the least runs are looked for, memory is short, and somebody interrupts.
    const unbounded = clock()
    explore(model, { control: unbounded, keepEdges: true })
    const { memory } = check(model, claims)[3]!.statistics
    for (const limits of [{ memory }, { memory: memory * 1.01 }]) {
      const verdicts = check(model, claims, { least: true, limits })
      expect(verdicts.map(({ kind }) => kind)).toEqual(['violated', 'holds', 'violated', 'violated'])
      expect(lengths(verdicts)).toEqual(shortest)
    }
    let asked = 0
    const interrupted = () => asked++ > unbounded.asked + 2
    const verdicts = check(model, claims.slice(0, 3), { least: true, control: { now: () => 0, interrupted } })
    expect(lengths(verdicts)).toEqual(shortest.slice(0, 3))
  })

  test('a run that is too long to be told is left out, and the verdict stands', () => {
    // A line of states: the run is as long as the search.
    const line: Model = { ...rings(1, 100_000), cells: ['ring 0'] }
    const last: Claim = always({ name: 'not last', holds: (look) => look(0) !== 99_999 || 'it is the last' })
    const found = check(line, [{ id: 'it', ...last }])[0]!
    expect(found).toMatchObject({ kind: 'violated', trace: { steps: { length: 99_999 } } })
    let seconds = 0
    // Each look costs a second: the search needs fewer than are allowed, and telling more.
    const control = { now: () => seconds++ }
    const cut = check(line, [{ id: 'it', ...last }], { control, limits: { seconds: 60 } })[0]!
    expect(cut).toMatchObject({ kind: 'violated', reason: 'it is the last' })
    expect('trace' in cut).toBe(false)
  })
})

test('what grew is told with signs of life, after an interruption as well', () => {
  const parts = Array.from({ length: 50 }, (_, i) => i)
  const endless: Model = {
    cells: ['counter'],
    initial: [[{ count: 0, parts }]],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'count',
        reads: [0],
        fire: (look): Outcome[] => {
          const { count } = look(0) as { count: number }
          return [{ label: { kind: 'count', text: 'count' }, sets: [[0, { count: count + 1, parts }]], sends: [] }]
        },
      },
    ],
  }
  const AFTER = 5
  let asked = 0
  const control = { now: () => 0, interrupted: () => ++asked > AFTER }
  const claim = always({ name: 'small', holds: () => true })
  const [verdict] = check(endless, [{ id: 'it', ...claim }], { control })
  expect(verdict).toMatchObject({ kind: 'incomplete', because: 'interrupted' })
  expect(verdict).toHaveProperty('growth.0.path', '.count')
  expect(asked - AFTER).toBeGreaterThan((verdict!.statistics.states * parts.length) / 4096)
})

test('the step that violates is told by its own label, also where a bound left no room for where it leads', () => {
  const fork: Model = {
    cells: ['place'],
    initial: [[0]],
    absorb: (_, value) => value,
    rules: [1, 2, 3].map((to) => ({
      name: `to ${to}`,
      reads: [0],
      fire: (look): Outcome[] =>
        look(0) === 0 ? [{ label: { kind: 'go', text: `to ${to}` }, sets: [[0, to]], sends: [] }] : [],
    })),
  }
  const claim = everyStep({ name: 'not to 3', holds: (_, after) => after(0) !== 3 || 'it is' })
  for (const states of [1, 2, 3, 4]) {
    const [verdict] = check(fork, [{ id: 'it', ...claim }], { limits: { states } })
    expect(verdict).toMatchObject({ kind: 'violated', trace: { states: [[0], [3]], steps: [{ text: 'to 3' }] } })
  }
})

test('a part that throws is reported, also after one that does not hold', () => {
  const claim = reachable({
    name: 'both',
    all: [
      at(0, 99),
      {
        name: 'broken',
        holds: (look) => {
          if (look(0) === 2) throw new Error('boom')
          return true
        },
      },
    ],
  })
  expect(check(rings(1, 4), [{ id: 'it', ...claim }])[0]).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringContaining('boom'), trace: { states: [[0], [1], [2]] } },
  })
})

test('without an initial state nothing is reachable', () => {
  expect(check({ ...rings(1, 4), initial: [] }, [{ id: 'it', ...reachable(at(0, 0)) }])[0]).toMatchObject({
    kind: 'violated',
  })
})
