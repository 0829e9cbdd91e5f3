import { describe, expect, test, vi } from 'vitest'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import type { Look, Model, Outcome, Value } from '../../checker/model.ts'
import {
  always,
  type Claim,
  eventually,
  eventuallyAlways,
  everyStep,
  never,
  noDeadlock,
  type Predicate,
  reachable,
} from '../../checker/property.ts'

/** What could make a verdict wrong, or end a check without one. */
const anything: Predicate = { name: 'anything', holds: () => true }

const verdictOf = (model: Model, claim: Claim) => check(model, [{ id: 'it', ...claim }])[0]!

/** Numbers from 0 on, as far as told and no less, in a cell each. */
function counters(cells: number, most: number): Model {
  return {
    cells: Array.from({ length: cells }, (_, i) => `cell ${i}`),
    initial: [Array.from({ length: cells }, () => 0)],
    absorb: (_, value) => value,
    rules: Array.from({ length: cells }, (_, cell) => ({
      name: `count ${cell}`,
      reads: [cell],
      fire: (look: Look) => {
        const n = look(cell) as number
        if (n === most) return []
        return [
          { ...step(`count ${cell}`, [[cell, n + 1]]), fair: { class: `count ${cell}`, strength: 'weak' as const } },
        ]
      },
    })),
  }
}

function step(text: string, sets: Outcome['sets'], sends: Outcome['sends'] = []): Outcome {
  return { label: { kind: 'step', text }, sets, sends }
}

/** A model of one rule. */
function modelOf(initial: Value, fire: (look: Look) => readonly Outcome[], more: Partial<Model> = {}): Model {
  return {
    cells: ['state'],
    initial: [[initial]],
    absorb: (_, value) => value,
    rules: [{ name: 'the rule', reads: [0], fire }],
    ...more,
  }
}

describe('initial states', () => {
  const many: Model = { ...counters(1, 0), initial: Array.from({ length: 5000 }, (_, i) => [i]) }
  const small: Predicate = { name: 'small', holds: (look) => (look(0) as number) < 4999 || 'it is 4999' }

  test.each([{ states: 100 }, { memory: 10_000 }])('that do not fit into %o make the check incomplete', (limits) => {
    const verdicts = check(
      many,
      [
        { id: 'always', ...always(small) },
        { id: 'reachable', ...reachable({ name: 'no', holds: () => 'no' }) },
        { id: 'deadlock', ...noDeadlock(small) },
        { id: 'eventually', ...eventually(small) },
      ],
      { limits },
    )
    expect(verdicts.map(({ kind }) => kind)).toEqual(verdicts.map(() => 'incomplete'))
    expect(verdicts[0]).toMatchObject({ because: Object.keys(limits)[0] })
  })

  test('are all looked at where they fit', () => {
    expect(verdictOf(many, always(small))).toMatchObject({ kind: 'violated', reason: 'it is 4999' })
  })

  test.each<[string, readonly Value[], RegExp]>([
    ['a Map', [0, new Map() as never], /initial state.*cell 1.*Map/],
    ['NaN', [Number.NaN, 0], /initial state.*cell 0.*NaN/],
    ['one value too few', [0], /initial state.*1 value.*2 cells/],
  ])('with %s in it are a failure that says where', (_, state, message) => {
    const model = { ...counters(2, 1), initial: [[0, 0], state] }
    const verdict = verdictOf(model, always(anything))
    expect(verdict).toMatchObject({ kind: 'failed', error: { message: expect.stringMatching(message) } })
    // The state that is at fault is none that was reached: no run leads there.
    expect(verdict.kind === 'failed' && verdict.error.trace).toBeUndefined()
  })
})

describe('what a predicate answers', () => {
  const answering = (answer: unknown): Predicate => ({ name: 'odd', holds: () => answer as string })

  test('an empty string is a reason why not', () => {
    const model = counters(1, 1)
    const reason = expect.stringContaining("'odd'")
    expect(verdictOf(model, reachable(answering('')))).toMatchObject({ kind: 'violated', reason })
    expect(verdictOf(model, always(answering('')))).toMatchObject({ kind: 'violated', reason })
    expect(verdictOf(model, noDeadlock(answering('')))).toMatchObject({ kind: 'violated', reason })
    expect(verdictOf(model, eventually(answering('')))).toMatchObject({ kind: 'violated', reason })
    const steps = everyStep({ name: 'odd', holds: () => '' })
    expect(verdictOf(model, steps)).toMatchObject({ kind: 'violated', reason })
    expect(verdictOf(model, always({ name: 'both', all: [answering(''), anything] }))).toMatchObject({ reason })
    expect(verdictOf(model, always({ name: 'either', any: [answering('')] }))).toMatchObject({ reason })
  })

  test('a reachability predicate that is satisfied holds', () => {
    expect(verdictOf(counters(1, 1), reachable(anything))).toMatchObject({ kind: 'holds', trace: { steps: [] } })
  })

  test.each([false, undefined, null, 0, 1, {}])('%o is no answer, but a mistake', (answer) => {
    const model = counters(1, 1)
    const message = expect.stringMatching(/odd.*answered.*true, or a string/s)
    for (const predicate of [answering(answer), { name: 'both', all: [answering(answer)] }]) {
      for (const claim of [always, never, reachable, noDeadlock, eventually]) {
        expect(verdictOf(model, claim(predicate))).toMatchObject({ kind: 'failed', error: { message } })
      }
    }
    const steps = everyStep({ name: 'odd', holds: () => answer as string })
    expect(verdictOf(model, steps)).toMatchObject({ kind: 'failed', error: { message } })
    const witness = { id: 'it', ...always(anything), witness: answering(answer) }
    expect(check(model, [witness])[0]).toMatchObject({ kind: 'failed', error: { message } })
  })
})

describe('undefined', () => {
  test('has no canonical form in a record, as it has none in a list', () => {
    expect(() => canonical({ a: undefined } as never)).toThrow(/'\.a'.*undefined.*Leave the key out/s)
    expect(() => canonical([{ b: [undefined] }] as never)).toThrow(/'\[0\]\.b\[0\]'.*undefined/)
    expect(canonical({ a: null })).not.toBe(canonical({}))
  })

  test('in a state is a failure, and does not make two states one', () => {
    const model = modelOf({}, () => [step('sets', [[0, { a: undefined } as never]])])
    const verdict = verdictOf(model, never({ name: 'a key', holds: (look) => 'a' in (look(0) as object) || 'none' }))
    expect(verdict).toMatchObject({ kind: 'failed', error: { message: expect.stringContaining('Leave the key out') } })
  })
})

describe('cells that do not exist', () => {
  const failing = (model: Model, claim: Claim = always(anything)) => {
    const verdict = verdictOf(model, claim)
    expect(verdict).toMatchObject({ kind: 'failed' })
    const { message } = (verdict as { error: { message: string } }).error
    expect(message).not.toMatch(/undefined|is not/)
    return message
  }

  test.each<[string, () => Outcome]>([
    ['a send', () => step('sends', [], [[7, 'parcel']])],
    ['a set', () => step('sets', [[7, 'value']])],
    ['a send to no cell at all', () => step('sends', [], [[-1, 'parcel']])],
  ])('%s', (_, outcome) => {
    expect(failing(modelOf(0, () => [outcome()]))).toMatch(/the rule.*cell '?-?\d/)
  })

  test('a look, of a rule, a predicate or a predicate of steps', () => {
    const rule = modelOf(0, (look) => (look(7) === 0 ? [] : []))
    expect(failing({ ...rule, rules: [{ ...rule.rules[0]!, reads: [0, 7] }] })).toMatch(/the rule.*cell 7/)
    const looking = { name: 'far', holds: (look: Look) => look(7) === 0 || 'no' }
    expect(
      failing(
        modelOf(0, () => []),
        always(looking),
      ),
    ).toMatch(/far.*cell 7/)
    const steps = everyStep({ name: 'far', holds: (_, after) => after(7) === 0 || 'no' })
    expect(
      failing(
        modelOf(0, (look) => (look(0) === 0 ? [step('one', [[0, 1]])] : [])),
        steps,
      ),
    ).toMatch(/far.*cell 7/)
  })

  test('of several rules that look at one cell, the one at fault is named', () => {
    const good = { name: 'good', reads: [0], fire: (look: Look) => (look(0) === 0 ? [] : []) }
    const bad = { name: 'bad', reads: [0], fire: (look: Look) => (look(0) === 0 ? [step('x', [], [[7, 0]])] : []) }
    const message = failing({ ...modelOf(0, () => []), rules: [good, bad, { ...good, name: 'another' }] })
    expect(message).toMatch(/^bad: /)
  })
})

test('a rule that gives no list of outcomes is named', () => {
  const verdict = verdictOf(
    modelOf(0, () => undefined as never),
    always(anything),
  )
  expect(verdict).toMatchObject({ kind: 'failed', error: { message: expect.stringMatching(/the rule.*list/) } })
})

test('a patient rule without a rank is a failure that names it', () => {
  const model = modelOf(0, () => [])
  const verdict = verdictOf({ ...model, rules: [{ ...model.rules[0]!, patient: true }] }, always(anything))
  expect(verdict).toMatchObject({
    kind: 'failed',
    error: { where: 'the rule', message: expect.stringMatching(/rank/) },
  })
})

describe('a value that is changed in place', () => {
  const nested = (): Value => Object.freeze({ inner: { n: 0, list: [0] } }) as never

  test('below a frozen top, by a rule', () => {
    const model = modelOf(nested(), (look) => {
      const state = look(0) as unknown as { inner: { n: number } }
      state.inner.n++
      return []
    })
    expect(verdictOf(model, always(anything))).toMatchObject({
      kind: 'failed',
      error: { where: 'the rule', message: expect.stringMatching(/read only/) },
    })
  })

  test('in a value that was met before, in another object', () => {
    // The second object is equal to the first when it is met, and recognised by what it is, not by what it says, from then on.
    const second = nested() as unknown as { inner: { list: number[] } }
    const model = modelOf(nested(), (look) => {
      const state = look(0) as unknown as typeof second
      if (state.inner.list.length > 1) return []
      second.inner.list.push(1)
      return [step('pushes', [[0, second as never]])]
    })
    const start = { ...model, initial: [[nested()], [second as never]] }
    expect(verdictOf(start, always(anything))).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringMatching(/the rule.*not extensible/) },
    })
  })

  test('in a parcel, by whoever absorbs it', () => {
    const model: Model = {
      ...modelOf(0, (look) => (look(0) === 0 ? [step('sends', [], [[0, nested()]])] : [])),
      absorb: (_, value, parcel) => {
        ;(parcel as unknown as { inner: { n: number } }).inner.n++
        return value
      },
    }
    expect(verdictOf(model, always(anything))).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringMatching(/parcel arrives in state.*read only/) },
    })
  })

  test('in a value that is absorbed into, below the first level', () => {
    const model: Model = {
      ...modelOf(nested(), () => [step('sends', [], [[0, 'parcel']])]),
      absorb: (_, value) => {
        ;(value as unknown as { inner: { list: number[] } }).inner.list.push(1)
        return value
      },
    }
    expect(verdictOf(model, always(anything))).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringMatching(/parcel arrives in state.*not extensible/) },
    })
  })
})

describe('memory that cannot be had', () => {
  /** Typed arrays of more than so many elements, in all, are refused, as by an engine that has no more. */
  function withElements<T>(most: number, work: () => T): T {
    const Real = Int32Array
    let taken = 0
    vi.stubGlobal(
      'Int32Array',
      class extends Real {
        constructor(...args: ConstructorParameters<typeof Real>) {
          const [length] = args as unknown[]
          if (typeof length === 'number') {
            taken += length
            if (length > 500 && taken > most) throw new RangeError('Array buffer allocation failed')
          }
          super(...args)
        }
      },
    )
    try {
      return work()
    } finally {
      vi.unstubAllGlobals()
    }
  }

  test('is a search that is incomplete, wherever it is refused', () => {
    const model = counters(3, 20)
    const properties = [
      { id: 'small', ...always({ name: 'small', holds: (look: Look) => look(2) !== 20 || 'it is 20' }) },
      { id: 'large', ...reachable({ name: 'large', holds: (look: Look) => look(0) === 20 || 'less' }) },
      { id: 'to the end', ...eventually({ name: 'end', holds: (look: Look) => look(1) === 20 || 'not yet' }) },
      { id: 'for ever', ...eventuallyAlways({ name: 'low', holds: (look: Look) => look(1) !== 20 || 'it is 20' }) },
    ]
    const unbounded = check(model, properties).map(({ kind }) => kind)
    expect(unbounded).toEqual(['violated', 'holds', 'holds', 'violated'])
    const seen = new Set<string>()
    for (let most = 100; most < 3_000_000; most = Math.ceil(most * 1.3)) {
      const verdicts = withElements(most, () => check(model, properties))
      verdicts.forEach((verdict, i) => {
        seen.add(`${i} ${verdict.kind}`)
        if (verdict.kind === 'incomplete') expect(verdict.because).toBe('memory')
        else expect(verdict.kind).toBe(unbounded[i])
      })
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3].flatMap((i) => [`${i} ${unbounded[i]}`, `${i} incomplete`]).sort())
  })

  test('a model of very many cells takes its first rows one by one, and within its limit', () => {
    const width = 1 << 16
    const cells = Array.from({ length: width }, (_, i) => `${i}`)
    const wide: Model = {
      cells,
      initial: [cells.map(() => 0)],
      absorb: (_, value) => value,
      rules: [{ name: 'one step', reads: [0], fire: (look) => (look(0) === 0 ? [step('one', [[0, 1]])] : []) }],
    }
    // Two states of 2^18 bytes each.
    const graph = explore(wide)
    expect(graph).toMatchObject({ incomplete: null, expanded: 2 })
    expect(graph.memory).toBeLessThan(100 * 2 ** 20)
    expect(explore(wide, { limits: { memory: 100_000 } })).toMatchObject({ incomplete: 'memory', expanded: 0 })
  })
})
