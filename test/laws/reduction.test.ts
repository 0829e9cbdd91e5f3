// Without dead packets the verdicts are those of the whole model, and each run is one of it (docs/decisions/0016).
import { expect, test } from 'vitest'
import { checkVariant, internetOf, replayStory, variantOf } from '../../analysis/index.ts'
import { canonical } from '../../checker/canonical.ts'
import { referenceGraph } from '../../checker/reference.ts'
import { compose, type Internet } from '../../spec/internet/compose.ts'
import { swept, withoutDeadPackets } from '../../spec/internet/dead-packets.ts'
import type { Layout } from '../../spec/internet/layout.ts'
import { type Role, send, stay } from '../../spec/internet/role.ts'
import { type Scenario, scenario } from '../../spec/internet/scenario.ts'
import { type Node, node, type Placed } from '../../spec/internet/topology.ts'
import { full, sample } from '../full.ts'
import { shippedSearches } from './shipped.ts'

/** Beyond so many states a search is left alone. */
const MOST = full ? 2_000_000 : 10_000

const cases = shippedSearches()

test.each(sample(cases, 41))(
  'verdicts are the same, runs can be replayed: $name',
  ({ protocol, variant, scenario }) => {
    const target = variantOf(protocol, variant.name)
    const whole = checkVariant(target, scenario, { limits: { states: MOST } })
    const reduced = checkVariant(target, scenario, { limits: { states: MOST }, reduce: ['dead-packets'] })
    for (const [i, { property, kind, verdict, heldBack, story, states }] of reduced.entries()) {
      if (story !== null) expect(replayStory(target, story), property).toMatchObject({ kind: 'still happens' })
      const other = whole[i]!
      if (verdict === 'incomplete' || other.verdict === 'incomplete') continue
      expect(verdict, property).toBe(other.verdict)
      expect(states).toBeLessThanOrEqual(other.states)
      // Of a violation it is that of one run, and there may be others.
      if (kind === 'liveness' && verdict === 'holds') expect(heldBack).toEqual(other.heldBack)
    }
  },
)

interface Hello {
  readonly kind: 'Hello'
}

const hello: Hello = { kind: 'Hello' }
/** How often it has heard so. */
const counts = (n: number): number => Math.min(n + 1, 2)

/** Says hello at any moment, twice, to where b was at first. */
const caller: Role<number, Hello, 'call'> = {
  start: 2,
  step: (left, event) => (event.kind === 'call' ? [left - 1, [send(hello, 'west/b')]] : stay(left)),
  armed: (left) => (left > 0 ? ['call'] : []),
  timers: { call: { milliseconds: 1, source: 'this test' } },
}
const listener: Role<number, Hello> = {
  start: 0,
  step: (heard, event) => stay(event.kind === 'Hello' ? counts(heard) : heard),
}

/** b leaves west, where a calls it; whoever else is in it matters. */
const little = (given: Partial<Scenario>, others: readonly Node[] = []): Internet =>
  compose(
    [node('a', caller, { at: ['south/a'] }), node('b', listener, { from: 'west' }), ...others],
    scenario('little', '', { moves: { b: ['east'] }, timers: { call: 'eager' }, ...given }),
    () => ({ name: 'Hello', detail: '' }),
  )

/** What is left of the states, and what should be: all of them with the dead packets taken out. */
function sweeping({ model, layout }: Internet, twin: (layout: Layout) => Layout = (same) => same) {
  const all = referenceGraph(model)
  const left = referenceGraph(withoutDeadPackets(twin(layout), model))
  const distinct = (states: readonly string[]) => [...new Set(states)].sort()
  return {
    left: distinct(left.values.map((state) => canonical(state.slice(0, model.cells.length)))),
    should: distinct(all.values.map((state) => canonical(swept(layout, state)))),
    all: all.states,
  }
}

/** A layout that says another thing here and there. */
const saying = (layout: Layout, other: Partial<Layout>): Layout =>
  new Proxy(layout, {
    get: (real, key) => {
      const value = Reflect.get({ ...other }, key) ?? Reflect.get(real, key)
      return typeof value === 'function' ? value.bind(real) : value
    },
  })

const withNodes = (layout: Layout, change: (n: Placed) => Placed): Layout =>
  saying(layout, {
    topology: { ...layout.topology, nodes: layout.topology.nodes.map(change) },
    candidatesFor: (address) => layout.candidatesFor(address).map(change),
  })
const onlyNow = (layout: Layout): Layout => withNodes(layout, (n) => ({ ...n, stops: n.stops.map(() => []) }))
const nobodyIntercepts = (layout: Layout): Layout => saying(layout, { agentsOf: () => [] })
const nobodyHears = (layout: Layout): Layout => withNodes(layout, (n) => ({ ...n, hears: [] }))

const catcher: Role<number, Hello> = { ...listener, intercepts: () => true }
const eve: Role<number, Hello> = { ...listener, overhears: counts }

/** Where it matters, and who forgets it. */
const matters: readonly (readonly [string, Internet, (layout: Layout) => Layout])[] = [
  ['a host may come back', little({ moves: { b: ['east', 'west'] } }), onlyNow],
  ['a host that is down comes back', little({ crashes: { b: 1 } }), onlyNow],
  [
    'another may be given the address',
    little({ moves: { b: ['east'], c: [{ network: 'west', address: 'west/b' }] } }, [
      node('c', listener, { from: 'north' }),
    ]),
    onlyNow,
  ],
  [
    'an agent may take packets',
    little({}, [node('i', catcher, { at: ['west/i'], agentOf: ['west'] })]),
    nobodyIntercepts,
  ],
  ['somebody hears packets', little({}, [node('eve', eve, { at: ['north/eve'], hears: ['west'] })]), nobodyHears],
  ['somebody hears their sender', little({}, [node('eve', eve, { at: ['north/eve'], hears: ['south'] })]), nobodyHears],
]

const settings: readonly (readonly [string, Internet])[] = [
  ['a host leaves', little({})],
  ['a host leaves, in one step', little({ movement: 'atomic' })],
  ['a host leaves, with an overlap', little({ movement: 'make-before-break', overlap: 'any' })],
  ['a host has two addresses for good', little({ movement: 'make-before-break', overlap: 'for-good' })],
  ['packets are lost', little({ losses: 'fair' })],
  ['packets overtake each other', little({ links: 'bag', copies: 2 })],
  ['a real protocol', internetOf('hip/direct', 'both-move')],
  ...matters.map(([what, internet]) => [what, internet] as const),
]

test.each(settings)('what is left are the states of the whole model, without their dead packets: %s', (_, internet) => {
  const { left, should, all } = sweeping(internet)
  expect(left).toEqual(should)
  for (const state of left) expect(all).toContain(state)
})

test('fewer are left where a host leaves for good', () => {
  const { left, all } = sweeping(little({}))
  expect(left.length).toBeLessThan(all.length)
})

test.each(matters)('who forgets it is found out: %s', (_, internet, forgetting) => {
  const { left, should } = sweeping(internet, forgetting)
  expect(left).not.toEqual(should)
})
