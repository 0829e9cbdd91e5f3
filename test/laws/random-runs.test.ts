import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTrueOf } from '../../analysis/runs/cycle.ts'
import { Judge, stepsOf } from '../../analysis/runs/judge.ts'
import { follow, minimised } from '../../analysis/runs/minimise.ts'
import { randomRun, runsOf } from '../../analysis/runs/random-run.ts'
import { type Run, Walker } from '../../analysis/runs/walker.ts'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { costOf } from '../../checker/cost.ts'
import type { Model, Value } from '../../checker/model.ts'
import { PredicateTables } from '../../checker/predicates.ts'
import {
  always,
  and,
  type Claim,
  eventually,
  eventuallyAlways,
  everyStep,
  type Formula,
  finally_,
  globally,
  infinitelyOften,
  is,
  leadsTo,
  ltl,
  next,
  noDeadlock,
  not,
  or,
  type Predicate,
  type Property,
  until,
} from '../../checker/property.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import { randomModel } from './random-model.ts'

/** Random runs are runs of the model, and what they show is so: held against the reference and against the search. */
const p: Predicate = { name: 'p', holds: (look) => (look(0) === 0 ? true : 'cell 0 is not 0') }
const q: Predicate = { name: 'q', holds: (look) => (look(0) === 2 ? true : 'cell 0 is not 2') }
const keeps = {
  name: 'keeps',
  holds: (a: (c: number) => Value, b: (c: number) => Value) => a(0) === b(0) || 'it changes',
}

const claims: Record<string, Claim> = {
  always: always(p),
  'every step': everyStep(keeps),
  'no deadlock': noDeadlock(p),
  'eventually always': eventuallyAlways(p),
  eventually: eventually(q),
  'infinitely often': infinitelyOften(p),
  'leads to': leadsTo(p, q),
  'until, then next': ltl(until(is(p), or(is(q), next(not(is(p)))))),
}

const properties = Object.entries(claims).map(([id, claim]): Property => ({ id, ...claim }))

function drawn(model: Model, seed: number, runs = 12): { walker: Walker; judges: Judge[]; all: Run[] } {
  const walker = new Walker(model)
  const predicates = new PredicateTables(walker.compiled)
  const all: Run[] = []
  for (const one of runsOf({ seed, choosing: 'mixed', steps: 30 })) {
    if (one.number === runs) break
    all.push(randomRun(walker, one))
  }
  return { walker, all, judges: all.map((run) => new Judge(walker, predicates, run)) }
}

test('every step of a random run is one that the reference allows, and a run ends where nothing can happen', () => {
  fc.assert(
    fc.property(randomModel(), fc.integer({ min: 1 }), (model, seed) => {
      const { walker, all } = drawn(model, seed, 4)
      for (const { states, steps, ended } of all) {
        const values = states.map((state) => walker.values(state))
        steps.forEach(({ label }, i) => {
          const nexts = enabledOutcomes(model, values[i]!)
            .filter((outcome) => outcome.label === label || outcome.label.text === label.text)
            .map((outcome) => canonical(after(model, values[i]!, outcome)))
          expect(nexts).toContain(canonical(values[i + 1]!))
        })
        if (steps.length < 30) expect(ended).toBe(true)
        if (ended) expect(enabledOutcomes(model, values.at(-1)!)).toEqual([])
      }
    }),
    { numRuns: 200 },
  )
})

/** Of these models: how often each property is violated, and how often some random run shows it. */
function foundIn(parameters: fc.Parameters<[Model, number]>): {
  shown: Record<string, number>
  violated: Record<string, number>
} {
  const shown: Record<string, number> = {}
  const violated: Record<string, number> = {}
  fc.assert(
    fc.property(randomModel(), fc.integer({ min: 1 }), (model, seed) => {
      const verdicts = check(model, properties)
      const { judges } = drawn(model, seed)
      properties.forEach((property, i) => {
        const isShown = judges.some((judge) => judge.violation(property) !== null)
        if (verdicts[i]!.kind === 'violated') violated[property.id] = (violated[property.id] ?? 0) + 1
        if (!isShown) return
        shown[property.id] = (shown[property.id] ?? 0) + 1
        expect(verdicts[i]!.kind, property.id).toBe('violated')
      })
    }),
    parameters,
  )
  return { shown, violated }
}

test('what a random run shows to be violated is violated', () => {
  foundIn({ numRuns: 100 })
})

test('most of what is violated, some random run shows', () => {
  // The same models each time: a share of what happens to be drawn would now and then be small by chance.
  const { shown, violated } = foundIn({ numRuns: 150, seed: 1 })
  for (const { id } of properties) {
    expect(shown[id], id).toBeGreaterThan(10)
    expect(shown[id]! / violated[id]!, id).toBeGreaterThan(0.8)
  }
})

const formulas: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'formula' },
    fc.constantFrom(is(p), is(q)),
    tie('formula').map(not),
    tie('formula').map(next),
    tie('formula').map(globally),
    tie('formula').map(finally_),
    fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => and(left, right)),
    fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => until(left, right)),
    fc.tuple(tie('formula'), tie('formula')).map(([left, right]): Formula => ({ op: 'release', left, right })),
  ),
})).formula

test('a formula is true of a lasso where the search says so of a model that has that run alone', () => {
  const answers = new Set<boolean>()
  const lasso = fc
    .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 })
    .chain((values) => fc.record({ values: fc.constant(values), loopStart: fc.nat(values.length - 1) }))
  fc.assert(
    fc.property(lasso, formulas, ({ values, loopStart }, formula) => {
      const only: Model = {
        cells: ['value', 'position'],
        initial: [[values[0]!, 0]],
        rules: [
          {
            name: 'on',
            reads: [0, 1],
            fire: (look) => {
              const to = look(1) === values.length - 1 ? loopStart : (look(1) as number) + 1
              return [
                {
                  label: { kind: 'step', text: 'on' },
                  sets: [
                    [0, values[to]!],
                    [1, to],
                  ],
                  sends: [],
                  // It goes on, and does not rest on its way.
                  fair: { class: 'on', strength: 'weak' },
                },
              ]
            },
          },
        ],
        absorb: (_, value) => value,
      }
      const [verdict] = check(only, [{ id: 'it', ...ltl(formula) }])
      const said = isTrueOf(formula, values.length, loopStart, (predicate, i) =>
        predicate === p ? values[i] === 0 : values[i] === 2,
      )
      expect(said).toBe(verdict!.kind === 'holds')
      answers.add(said)
    }),
    { numRuns: 500 },
  )
  expect(answers.size).toBe(2)
})

test('a minimised run still shows it, costs no more, and can do without no single one of its steps', () => {
  let smaller = 0
  fc.assert(
    fc.property(randomModel(), fc.integer({ min: 1 }), fc.constantFrom(...properties), (model, seed, property) => {
      const { walker, all, judges } = drawn(model, seed, 3)
      const predicates = new PredicateTables(walker.compiled)
      const shows = (run: Run) => new Judge(walker, predicates, run).violation(property)
      const i = judges.findIndex((judge) => judge.violation(property) !== null)
      if (i < 0) return
      const found = { run: all[i]!, shown: judges[i]!.violation(property)! }
      const small = minimised(walker, found, shows, () => false)
      const labels = stepsOf(small.run, small.shown).map(({ label }) => label)
      const cost = (of: readonly Parameters<typeof costOf>[0][]): number =>
        of.reduce((sum, label) => sum + costOf(label), 0)
      const before = cost(stepsOf(found.run, found.shown).map(({ label }) => label))
      expect(cost(labels)).toBeLessThanOrEqual(before)
      if (cost(labels) < before) smaller++
      expect(shows(small.run)).not.toBeNull()
      labels.forEach((_, left) => {
        const run = follow(walker, small.run.states[0]!, labels.toSpliced(left, 1))
        const shown = shows(run)
        if (shown !== null)
          expect(cost(stepsOf(run, shown).map(({ label }) => label))).toBeGreaterThanOrEqual(cost(labels))
      })
    }),
    { numRuns: 300 },
  )
  expect(smaller).toBeGreaterThan(10)
})
