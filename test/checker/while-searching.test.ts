import { describe, expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Found } from '../../checker/limits.ts'
import type { Fairness, Look, Model, Outcome, Value } from '../../checker/model.ts'
import { always, eventually, type Property } from '../../checker/property.ts'

/** What is told of a search while it goes on. */

const step = (text: string, sets: Outcome['sets']): Outcome => ({ label: { kind: 'step', text }, sets, sends: [] })

/** A door that is opened once, or never, beside a counter that goes round; `told` is what the counter's cell holds. */
const counting = (most: number, told: (count: number) => Value = (count) => ({ count })): Model => ({
  cells: ['door', 'node'],
  initial: [['shut', told(0)]],
  absorb: (_, value) => value,
  rules: [
    {
      name: 'count',
      reads: [1],
      fire: (look: Look): Outcome[] => {
        const { count } = look(1) as { count: number }
        return [{ ...step('count', [[1, told((count + 1) % most)]]), fair: { class: 'count', strength: 'weak' } }]
      },
    },
    {
      name: 'open',
      reads: [0],
      fire: (look: Look): Outcome[] => (look(0) === 'shut' ? [step('open', [[0, 'open']])] : []),
    },
  ],
})

const shut = { name: 'shut', holds: (look: Look) => look(0) === 'shut' || 'the door is open' }
const open = { name: 'open', holds: (look: Look) => look(0) === 'open' || 'the door is shut' }
const properties: Property[] = [
  { id: 'stays-shut', ...always(shut) },
  { id: 'opens', ...eventually(open) },
]

describe('violations', () => {
  test('are told once each, as soon as they are known; what is known at the end only comes with the verdict', () => {
    // Until the counter has gone round there is no run for ever in which the door stays shut.
    const most = 150_000
    const told: Found[] = []
    const verdicts = check(counting(most), properties, { control: { now: () => 0, found: (one) => told.push(one) } })
    expect(verdicts.map(({ kind }) => kind)).toEqual(['violated', 'violated'])
    expect(told.map(({ property }) => property)).toEqual(['stays-shut'])
    expect(told[0]).toMatchObject({ reason: 'the door is open' })
    expect(told[0]!.states).toBeLessThan(10)
  })

  test('of a lasso are told before the search ends, where what is known has it', () => {
    const model = counting(300_000)
    const fair: Fairness = { class: 'count', strength: 'weak' }
    const idle = { name: 'idle', reads: [0], fire: (look: Look) => [{ ...step('idle', [[0, look(0)]]), fair }] }
    const told: Found[] = []
    const [verdict] = check({ ...model, rules: [...model.rules, idle] }, [properties[1]!], {
      control: { now: () => 0, found: (one) => told.push(one) },
    })
    expect(verdict!.kind).toBe('violated')
    expect(told).toHaveLength(1)
    expect(told[0]!.states).toBeLessThan(verdict!.statistics.states / 2)
  })

  test('are not told of where there are none', () => {
    const told: Found[] = []
    const seen = { name: 'some door', holds: (look: Look) => look(0) === 'open' || look(0) === 'shut' || 'no door' }
    check(counting(10), [{ id: 'a-door', ...always(seen) }], {
      control: { now: () => 0, found: (one) => told.push(one) },
    })
    expect(told).toEqual([])
  })
})

describe('what grows when a bound is hit', () => {
  test('is named: the cells with most values, and their fields', () => {
    const [verdict] = check(
      counting(5000, (count) => ({
        count,
        parity: count % 2 === 0 ? 'even' : 'odd',
        log: Array(count % 5).fill(count % 3),
      })),
      [properties[1]!],
      { limits: { states: 3000 } },
    )
    if (verdict!.kind !== 'incomplete') throw new Error(verdict!.kind)
    expect(verdict!.because).toBe('states')
    const { growth } = verdict!
    expect(growth!.map(({ cell, path }) => `${cell}${path}`)).toEqual([
      'node.count',
      'node.log.length',
      'node.log[]',
      'door',
    ])
    const [count, length, entries, door] = growth!.map(({ values }) => values)
    expect(count).toBeGreaterThan(1400)
    expect([length, entries, door]).toEqual([5, 3, 2])
  })
})

describe('a watch', () => {
  test('is told what runs, and what it looks at, before that is done', () => {
    const said: string[] = []
    const model = counting(1)
    const throws = {
      ...model.rules[0]!,
      fire: (look: Look): Outcome[] => {
        look(1)
        throw new Error('it ends here')
      },
    }
    const [verdict] = check({ ...model, rules: [throws] }, [properties[0]!], {
      control: {
        now: () => 0,
        watch: { entering: (where) => said.push(where), looked: (cell) => said.push(`  ${cell}`) },
      },
    })
    expect(verdict!.kind).toBe('failed')
    expect(said.at(-1)).toBe('  node')
    expect(said.at(-2)).toMatch(/count/)
  })
})
