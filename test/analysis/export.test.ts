import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aut } from '../../analysis/export/aut.ts'
import { dot } from '../../analysis/export/dot.ts'
import { type Guarded, guardedOf, type Test } from '../../analysis/export/guarded.ts'
import { lookUp } from '../../analysis/export/told.ts'
import { shipped } from '../../analysis/target.ts'
import { shippedVariant, worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import type { Model } from '../../checker/model.ts'
import { always, everyStep, type Property } from '../../checker/property.ts'
import { svg } from '../../counterexamples/svg.ts'
import { type CrossRow, crossChecksText, SCENARIOS } from '../../generate/cross-checks-text.ts'
import { type Found, ours, rumurOf, spinOf } from '../../generate/other-checkers.ts'
import { sample } from '../full.ts'
import { describeWith, rumur, spin } from '../programs.ts'

const world = (name: string, scenario: string) => {
  const target = shippedVariant(name)
  return worldOf(target, target.variant.scenarios.find((one) => one.name === scenario)!)
}

function exported(name: string, scenario: string): { guarded: Guarded; found: Found } {
  const { internet, properties } = world(name, scenario)
  return ours(internet.model, properties)
}

const guardedModel = (model: Model, ...properties: readonly Property[]): Guarded =>
  guardedOf(explore(model), properties)

const holds = (one: Test, row: readonly number[]): boolean =>
  'tree' in one
    ? lookUp(one.tree, row)
    : 'all' in one
      ? one.all.every((part) => holds(part, row))
      : one.any.some((part) => holds(part, row))

/** What guarded commands mean, and nothing else: a checker on half a page, that only reads what is exported. */
function enumerate({ initial, rules, absorbed, claims }: Guarded): Found {
  const known = new Set([initial.join()])
  const queue = [initial]
  const seen: Record<string, boolean> = Object.fromEntries(claims.map(({ id }) => [id, false]))
  let transitions = 0
  for (const row of queue) {
    const able = rules
      .map((rule) => ({ ...rule, outcomes: lookUp(rule.tree, row) }))
      .filter(({ outcomes }) => outcomes.length > 0)
    const lowest = Math.min(...able.map(({ rank }) => rank ?? Number.POSITIVE_INFINITY))
    for (const { id, kind, holds: one } of claims) {
      if (kind === 'steps' || (kind === 'ends' && able.length > 0)) continue
      if (holds(one, row) === (kind === 'reachable')) seen[id] = true
    }
    for (const { patient, rank, outcomes } of able) {
      if (patient && rank! > lowest) continue
      for (const { sets, sends } of outcomes) {
        const next = [...row]
        for (const [cell, integer] of sets) next[cell] = integer
        for (const [cell, parcel] of sends) next[cell] = absorbed.get(cell)!.get(parcel)!.get(next[cell]!)!
        transitions++
        for (const { id, kind, holds: one } of claims)
          if (kind === 'steps' && !holds(one, [...row, ...next])) seen[id] = true
        if (known.has(next.join())) continue
        known.add(next.join())
        queue.push(next)
      }
    }
  }
  return { states: known.size, transitions, seen }
}

const variants = shipped().flatMap(({ protocol, variants: all }) =>
  all
    .filter(({ scenarios }) => scenarios.some(({ name }) => name === 'one-moves'))
    .map((variant) => `${protocol.name}/${variant.name}`),
)

describe('docs/cross-checks.md', () => {
  const rows: CrossRow[] = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../docs/cross-checks.json'), 'utf8'),
  )
  const asked = shipped().flatMap(({ protocol, variants: all }) =>
    all.flatMap(({ name, scenarios }) =>
      SCENARIOS.filter((one) => scenarios.some((scenario) => scenario.name === one)).map(
        (scenario) => `${protocol.name}/${name} ${scenario}`,
      ),
    ),
  )

  test('is what its data say, of all that ships', () => {
    expect(readFileSync(resolve(import.meta.dirname, '../../docs/cross-checks.md'), 'utf8')).toBe(crossChecksText(rows))
    expect(rows.map(({ target, scenario }) => `${target} ${scenario}`)).toEqual(asked)
  })

  test('is of models as they are now', () => {
    const small = rows.filter(({ states }) => states < 20_000)
    const now = small.map(({ target, scenario }) => explore(world(target, scenario).internet.model))
    expect(now.map(({ store, transitions }) => [store.count, transitions])).toEqual(
      small.map(({ states, transitions }) => [states, transitions]),
    )
    expect(small.length).toBeGreaterThan(250)
  })
})

describe('what is exported', () => {
  test.each(sample(variants, 6))('has the states, steps and verdicts that we find: %s', (name) => {
    const { guarded, found } = exported(name, 'one-moves')
    expect(enumerate(guarded)).toEqual(found)
  })

  test('has them on a double jump with timers that wait for each other', () => {
    const { guarded, found } = exported('sip/direct', 'both-move')
    expect(enumerate(guarded)).toEqual(found)
    // Its twin without patience has others.
    const twin = { ...guarded, rules: guarded.rules.map((rule) => ({ ...rule, rank: null, patient: false })) }
    expect(() => expect(enumerate(twin)).toEqual(found)).toThrow()
  })

  test('has one initial state, or there is none', () => {
    const { internet } = world('mptcp/client-joins', 'one-moves')
    const [first] = internet.model.initial
    expect(() => guardedModel({ ...internet.model, initial: [] })).toThrow('has 0 initial states')
    expect(guardedModel({ ...internet.model, initial: [first!] }).initial).toHaveLength(internet.model.cells.length)
  })

  test('is a graph with as many lines as steps in the format of CADP', () => {
    const { internet } = world('mptcp/client-joins', 'both-move')
    const graph = explore(internet.model)
    const lines = aut(graph).trimEnd().split('\n')
    expect(lines[0]).toBe(`des (0, ${graph.transitions}, ${graph.store.count})`)
    expect(lines.slice(1)).toHaveLength(graph.transitions)
    expect(lines.slice(1).every((line) => /^\(\d+, "[^"]+", \d+\)$/.test(line))).toBe(true)
  })

  test('is a graph that Graphviz draws: an arrow for all steps between two states, a double ring where nothing can happen', async () => {
    const { internet } = world('mptcp/client-joins', 'both-move')
    const graph = explore(internet.model)
    const text = dot(graph, 'a title')
    const arrows = [...text.matchAll(/^ {2}(\d+ -> \d+) \[label="(.+)"\]$/gm)].map(([, ends, label]) => ({
      ends,
      label,
    }))
    expect(new Set(arrows.map(({ ends }) => ends)).size).toBe(arrows.length)
    expect(arrows.flatMap(({ label }) => label!.split('\\n'))).toHaveLength(graph.transitions)
    const drawn = await svg(text)
    const count = (pattern: RegExp): number => [...drawn.matchAll(pattern)].length
    // The point that the first arrow comes from is a node, and that arrow an edge.
    expect(count(/class="node"/g)).toBe(graph.store.count + 1)
    expect(count(/class="edge"/g)).toBe(arrows.length + 1)
    expect(count(/<ellipse/g)).toBe(graph.store.count + 1 + graph.terminals.length)
  })

  test('is drawn with all that steps are called, of which steps between the same states are one arrow', async () => {
    const words = ['a "b" \\ <c> & \n d', '\\N\\', 'é 日']
    const outcomes = words.map((text) => ({ label: { kind: 'go', text }, sets: [[0, 2]] as const, sends: [] }))
    const graph = explore({ ...leaving, rules: [{ ...leaving.rules[0]!, fire: () => outcomes }] })
    const text = dot(graph, 'a "title" \\')
    expect(text.match(/^ {2}0 -> 1 .*$/gm)).toEqual([
      '  0 -> 1 [label="a \\"b\\" \\\\ <c> &amp; d\\n\\\\N\\\\\\né 日"]',
    ])
    const drawn = await svg(text)
    for (const part of ['a &quot;b&quot; \\ &lt;c&gt; &amp; d', '>\\N\\<', '>é 日<', 'a &quot;title&quot; \\'])
      expect(drawn).toContain(part)
  })
})

/** A cell that goes to 2 from 1 and stays: what is claimed of its steps looks at what was before them alone. */
const leaving: Model = {
  cells: ['place */ "%s"'],
  initial: [[1]],
  absorb: (_, value) => value,
  rules: [
    {
      name: 'leave */ "%s"',
      reads: [0],
      fire: () => [{ label: { kind: 'go', text: 'leaves' }, sets: [[0, 2]], sends: [] }],
    },
  ],
}
const fromOne: Property = {
  id: 'from 1',
  ...everyStep({ name: 'from 1', holds: (before) => before(0) === 2 || 'from 1' }),
}
const standing: Model = { ...leaving, rules: [{ ...leaving.rules[0]!, fire: () => [] }] }
const one: Property = { id: 'one', ...always({ name: 'one', holds: (look) => look(0) === 2 || 'it is 1' }) }

describeWith(spin, 'SPIN', () => {
  test('sees a step by what was before it, and a state without steps; names that would end a comment or a string do not', () => {
    expect(check(leaving, [fromOne])[0]).toMatchObject({ kind: 'violated' })
    expect(spinOf(guardedModel(leaving, fromOne))).toEqual({
      states: 2,
      transitions: 2,
      seen: { 'from 1': true },
    })
    expect(spinOf(guardedModel(standing, one))).toMatchObject({ states: 1, seen: { one: true } })
  })

  test('finds the same of it, and something else of a twin', () => {
    const { guarded, found } = exported('hip/rvs-when-sent-again', 'both-move')
    expect(spinOf(guarded)).toEqual(found)
    const twin = { ...guarded, rules: guarded.rules.slice(1) }
    expect(() => expect(spinOf(twin)).toEqual(found)).toThrow()
  })
})

describeWith(rumur, 'Rumur', () => {
  test('finds as many states and transitions', () => {
    const { guarded, found } = exported('mptcp/client-joins', 'both-move')
    expect(rumurOf(guarded, found)).toEqual(found)
    const twin = { ...guarded, rules: guarded.rules.slice(1) }
    expect(() => expect(rumurOf(twin, found)).toEqual(found)).toThrow()
  })
})
