import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Fairness, Model, Value } from '../../checker/model.ts'
import {
  always,
  type Claim,
  eventually,
  eventuallyAlways,
  infinitelyOften,
  leadsTo,
  noDeadlock,
  type Predicate,
  reachable,
} from '../../checker/property.ts'

/**
 * Mistakes that well-known checkers made, or still make, each as a small graph. A state is the value of one cell; edges are
 * given as [from, to] or [from, to, fairness class].
 */
type Edge = readonly [number, number, string?]

function graph(edges: readonly Edge[], strength: Fairness['strength'] = 'weak'): Model {
  return {
    cells: ['state'],
    initial: [[0]],
    absorb: (_, value) => value,
    rules: edges.map(([from, to, owed], i) => ({
      name: `edge ${i}`,
      reads: [0],
      fire: (look) =>
        look(0) === from
          ? [
              {
                label: { kind: 'step', text: `${from} → ${to}` },
                sets: [[0, to]],
                sends: [],
                ...(owed === undefined ? {} : { fair: { class: owed, strength } }),
              },
            ]
          : [],
    })),
  }
}

const at = (...states: number[]): Predicate => ({
  name: `at ${states.join(' or ')}`,
  holds: (look) => (states.includes(look(0) as number) ? true : `at ${look(0)}`),
})

const verdict = (model: Model, claim: Claim, witness?: Predicate) =>
  check(model, [{ id: 'it', ...claim, ...(witness === undefined ? {} : { witness }) }])[0]!

test('a cycle is a counterexample to "eventually" (Stateright #3 misses it)', () => {
  const found = verdict(
    graph([
      [0, 1, 'a'],
      [1, 0, 'a'],
      [0, 2],
    ]),
    eventually(at(2)),
  )
  expect(found).toMatchObject({ kind: 'violated', trace: { loopStart: 0, states: [[0], [1]] } })
})

test('so is one that is entered through a join of two paths', () => {
  // 0 branches to 1 and 2, which join in 3; only the way through 1 sees the goal 1, and 3 ⇄ 4 goes on for ever.
  const model = graph([
    [0, 1, 'a'],
    [0, 2, 'a'],
    [1, 3, 'a'],
    [2, 3, 'a'],
    [3, 4, 'a'],
    [4, 3, 'a'],
  ])
  expect(verdict(model, eventually(at(1))).kind).toBe('violated')
})

test('a run that ends stutters in its last state for ever (SPIN with -f did not report it)', () => {
  const model = graph([[0, 1, 'a']])
  expect(verdict(model, infinitelyOften(at(0)))).toMatchObject({ kind: 'violated', trace: { loopStart: 1 } })
  expect(verdict(model, eventuallyAlways(at(1))).kind).toBe('holds')
})

test('an initial state without a step is a run', () => {
  expect(verdict(graph([]), eventually(at(1)))).toMatchObject({ kind: 'violated', trace: { loopStart: 0, steps: [] } })
})

test('fairness is judged on the cycle, not on the whole component (tla-rs #59)', () => {
  // One component {0,1,2}: 0 ⇄ 1 needs 'a' and 'b'; 'c' leads from 0 by 2 back to 0 and is always enabled at 0 only.
  const model = graph([
    [0, 1, 'a'],
    [1, 0, 'b'],
    [0, 2, 'c'],
    [2, 0, 'd'],
  ])
  // Weak fairness of c: in the cycle 0 ⇄ 1 it is not enabled at 1, so the cycle may leave it out.
  expect(verdict(model, infinitelyOften(at(2))).kind).toBe('violated')
  // Strong fairness of c: enabled again and again, so it is owed.
  const strong = graph(
    [
      [0, 1, 'a'],
      [1, 0, 'b'],
      [0, 2, 'c'],
      [2, 0, 'd'],
    ],
    'strong',
  )
  expect(verdict(strong, infinitelyOften(at(2))).kind).toBe('holds')
})

test('a fair cycle may be a part of a component whose other parts are unfair', () => {
  const model = graph([
    [0, 1, 'a'],
    [1, 0, 'a'],
    [1, 2, 'b'],
    [2, 1, 'b'],
    [2, 2],
  ])
  expect(verdict(model, eventuallyAlways(at(0, 1)))).toMatchObject({ kind: 'violated' })
})

test('a self-loop that is not owed may not be taken for ever when something else is owed', () => {
  expect(
    verdict(
      graph([
        [0, 0],
        [0, 1, 'a'],
      ]),
      eventually(at(1)),
    ).kind,
  ).toBe('holds')
  expect(
    verdict(
      graph([
        [0, 0],
        [0, 1],
      ]),
      eventually(at(1)),
    ).kind,
  ).toBe('violated')
})

test('two contradictory claims do not both hold once there is an idle step (FizzBee #212)', () => {
  const model = graph([
    [0, 1, 'a'],
    [1, 0, 'a'],
    [0, 0],
    [1, 1],
  ])
  const kinds = [eventuallyAlways(at(0)), eventuallyAlways(at(1))].map((claim) => verdict(model, claim).kind)
  expect(kinds).toEqual(['violated', 'violated'])
})

test('"leads to" sees a request that comes after an answer', () => {
  const model = graph([
    [0, 1, 'a'],
    [1, 2, 'a'],
    [2, 3, 'a'],
    [3, 3, 'a'],
  ])
  expect(verdict(model, leadsTo(at(1, 3), at(2))).kind).toBe('violated')
  expect(verdict(model, leadsTo(at(1), at(2))).kind).toBe('holds')
})

test('what holds only because nothing happened is vacuous', () => {
  expect(verdict(graph([[0, 1, 'a']]), always(at(0, 1)), at(2))).toMatchObject({ kind: 'vacuous' })
  expect(verdict(graph([[0, 1, 'a']]), always(at(0, 1)), at(1)).kind).toBe('holds')
})

test('a run may rest where nothing of what can happen is owed', () => {
  const steps = (fair?: string) => graph([fair === undefined ? [0, 1] : [0, 1, fair]])
  expect(verdict(steps(), eventually(at(1)))).toMatchObject({
    kind: 'violated',
    trace: { states: [[0]], steps: [], loopStart: 0 },
  })
  expect(verdict(steps('on'), eventually(at(1))).kind).toBe('holds')
})

test('out of states, memory or time is never "holds"', () => {
  // Owed step by step: a run may rest where nothing is.
  const long = graph(Array.from({ length: 3000 }, (_, i): Edge => [i, i + 1, 'on']))
  for (const limits of [{ states: 100 }, { memory: 1000 }, { seconds: 0 }]) {
    let clock = 0
    const control = { now: () => clock++ }
    const verdicts = check(
      long,
      [
        { id: 'a', ...always(at(-1)) },
        { id: 'b', ...eventually(at(9999)) },
      ],
      { limits, control },
    )
    expect(verdicts[1]).toMatchObject({ kind: 'incomplete', because: Object.keys(limits)[0] })
  }
  const interrupted = check(long, [{ id: 'b', ...eventually(at(9999)) }], {
    control: { now: () => 0, interrupted: () => true },
  })
  expect(interrupted[0]).toMatchObject({ kind: 'incomplete', because: 'interrupted' })
})

test('a violation that was found before the bound was hit is a violation', () => {
  const long = graph(Array.from({ length: 3000 }, (_, i): Edge => [i, i + 1]))
  expect(
    check(
      long,
      [
        { id: 'a', ...always(at(0, 1, 2)) },
        { id: 'b', ...reachable(at(5)) },
      ],
      { limits: { states: 100 } },
    ),
  ).toMatchObject([{ kind: 'violated', trace: { states: [[0], [1], [2], [3]] } }, { kind: 'holds' }])
})

test('a deadlock is told apart from the end of the work', () => {
  expect(verdict(graph([[0, 1]]), noDeadlock(at(1))).kind).toBe('holds')
  expect(
    verdict(
      graph([
        [0, 1],
        [0, 2],
      ]),
      noDeadlock(at(1)),
    ),
  ).toMatchObject({ kind: 'violated', trace: { states: [[0], [2]] } })
})

test('patient rules wait for lower ranks, and only for them', () => {
  const rule = (name: string, from: number, to: number, rank: number, patient: boolean) => ({
    name,
    reads: [0],
    rank,
    patient,
    fire: (look: (cell: number) => Value) =>
      look(0) === from ? [{ label: { kind: 'step', text: name }, sets: [[0, to] as const], sends: [] }] : [],
  })
  const model: Model = {
    cells: ['state'],
    initial: [[0]],
    absorb: (_, value) => value,
    rules: [rule('delivery', 0, 1, 0, false), rule('long timer', 0, 2, 2, true), rule('short timer', 1, 3, 1, true)],
  }
  expect(verdict(model, reachable(at(3))).kind).toBe('holds')
  expect(verdict(model, reachable(at(2))).kind).toBe('violated')
})

test('a rule that throws fails the check with where, on what, and how to get there', () => {
  const model = graph([
    [0, 1],
    [1, 2],
  ])
  const broken: Model = {
    ...model,
    rules: [
      ...model.rules,
      {
        name: 'the broken one',
        reads: [0],
        fire: (look) => {
          if (look(0) === 2) throw new Error('boom')
          return []
        },
      },
    ],
  }
  expect(verdict(broken, always(at(0, 1, 2)))).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringContaining('boom'), saw: { state: 2 }, trace: { states: [[0], [1], [2]] } },
  })
})

test('of two claims of how it ends, one that throws where the other decides says nothing of the other', () => {
  const model = graph([
    [0, 1, 'first'],
    [1, 2, 'second'],
  ])
  const throwsAt = (place: number): Predicate => ({
    name: 'the broken one',
    holds: (look) => {
      if (look(0) === place) throw new Error('boom')
      return true
    },
  })
  // It is reported also where no run can stay.
  for (const place of [1, 2]) {
    const verdicts = check(model, [
      { id: 'ends at 2', ...eventuallyAlways(at(2)) },
      { id: 'broken', ...eventuallyAlways(throwsAt(place)) },
      { id: 'ends at 1', ...eventuallyAlways(at(1)) },
    ])
    expect(verdicts.map(({ kind }) => kind)).toEqual(['holds', 'failed', 'violated'])
  }
})

test('a rule may not look at, nor set, what it does not declare', () => {
  const sneaky: Model = {
    cells: ['a', 'b'],
    initial: [[0, 0]],
    absorb: (_, value) => value,
    rules: [{ name: 'sneaky', reads: [0], fire: (look) => (look(1) === 0 ? [] : []) }],
  }
  expect(verdict(sneaky, always(at(0)))).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringContaining("'b'") },
  })
})

test('a rule that changes a value in place is caught', () => {
  const model: Model = {
    cells: ['state'],
    initial: [[{ n: 0 }]],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'impure',
        reads: [0],
        fire: (look) => {
          const state = look(0) as { n: number }
          state.n++
          return []
        },
      },
    ],
  }
  expect(verdict(model, always({ name: 'any', holds: () => true }))).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringMatching(/impure.*read only/) },
  })
})

test('values without a canonical form are refused, not confused', () => {
  for (const value of [new Map([[1, 2]]), Number.NaN, [undefined], () => 0, new Date()]) {
    const model: Model = { ...graph([]), initial: [[value as unknown as Value]] }
    expect(verdict(model, always(at(0)))).toMatchObject({
      kind: 'failed',
      error: { where: 'initial state', message: expect.stringMatching(/'state'.*plain data/) },
    })
  }
})
