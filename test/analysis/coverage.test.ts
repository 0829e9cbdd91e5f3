import { expect, test } from 'vitest'
import { coverageOf, neverInAny } from '../../analysis/coverage.ts'
import { type Occurrences, occurrencesIn } from '../../analysis/occurrences.ts'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { worldOf } from '../../analysis/world.ts'
import type { Limits } from '../../checker/limits.ts'
import { enabledOutcomes, referenceGraph } from '../../checker/reference.ts'

const control = { now: () => 0 }

function occurrences(name: string, scenarioName: string, limits: Limits = {}): Occurrences {
  const target = variantOf(name)
  return occurrencesIn(target, scenarioOf(target, scenarioName), limits, control)
}

const KINDS: Readonly<Record<string, string>> = {
  deliver: 'a packet arrives',
  lost: 'a packet goes to an address that nobody holds',
  fault: 'the network loses a packet',
  timer: 'a timer fires',
  detach: 'a host moves, with a gap',
  overlap: 'a host holds its old address and its new one',
  release: 'a host gives up its old address after an overlap',
  crash: 'a node crashes',
  restart: 'a node comes back after a crash',
}

test.each([
  ['hip/direct', 'both-move'],
  ['mip/co-located', 'home-agent-crashes'],
  ['mip/simultaneous-bindings', 'both-move-one-loss'],
  ['wireguard/overlap', 'one-moves'],
])('%s, %s: what happens is what the labels of the reference explorer say', (name, scenarioName) => {
  const found = occurrences(name, scenarioName)
  const target = variantOf(name)
  const { internet } = worldOf(target, scenarioOf(target, scenarioName))
  const graph = referenceGraph(internet.model)
  const labels = graph.values.flatMap((values) => enabledOutcomes(internet.model, values).map(({ label }) => label))
  expect(found.states).toBe(graph.values.length)
  const fired = found.nodes.flatMap(({ node, timers }) =>
    timers.flatMap((timer) => (timer.fired ? [`${timer.timer} at ${node}`] : [])),
  )
  const told = labels.flatMap(({ kind, timer, actor }) => (kind === 'timer' ? [`${timer} at ${actor}`] : []))
  expect(fired.sort()).toEqual([...new Set(told)].sort())
  const happened = found.rules.filter((rule) => rule.happened).map(({ rule }) => rule)
  for (const [kind, rule] of Object.entries(KINDS))
    expect(happened.includes(rule), rule).toBe(labels.some((label) => label.kind === kind))
  // What happens, the scenario lets happen.
  for (const { rule, happened: did, allowed } of found.rules) if (did) expect(allowed, rule).toBe(true)
  const receivers = labels.flatMap(({ kind, actor }) => (kind === 'deliver' ? [actor] : []))
  expect(
    found.nodes
      .filter(({ received }) => received.length > 0)
      .map(({ node }) => node)
      .sort(),
  ).toEqual([...new Set(receivers)].sort())
})

test('kinds of messages and effects are those of the roles', () => {
  const [, a] = occurrences('hip/rvs-when-sent-again', 'both-move').nodes.map((node) => node)
  const host = occurrences('hip/rvs-when-sent-again', 'both-move').nodes.find(({ node }) => node === 'a')!
  expect(a).toBeDefined()
  expect(host.received).toContain('UPDATE (LOCATOR_SET)')
  expect(host.effects).toContain('send UPDATE (LOCATOR_SET)')
  // All that reaches it was sent to an address that it may hold.
  for (const kind of host.received) expect(host.sentTo).toContain(kind)
})

test('a search that was cut short says so', () => {
  expect(occurrences('hip/direct', 'both-move', { states: 10 })).toMatchObject({ incompleteBecause: 'states' })
  expect(occurrences('hip/direct', 'both-move')).toMatchObject({ incompleteBecause: null })
})

const node = (given: Partial<Occurrences['nodes'][number]>): Occurrences['nodes'][number] => ({
  node: 'a',
  received: [],
  sentTo: [],
  timers: [],
  effects: [],
  named: [],
  ...given,
})
const scene = (scenario: string, given: Partial<Occurrences['nodes'][number]>, happened = false): Occurrences => ({
  scenario,
  states: 1,
  incompleteBecause: null,
  nodes: [node(given)],
  rules: [
    { rule: 'a packet arrives', happened, allowed: true },
    { rule: 'a node crashes', happened: false, allowed: false },
  ],
})
const timer = (name: string, fired: boolean, held = false) => ({ timer: name, fired, held })

test('what happened in no scenario is listed, with why it might have', () => {
  const [direct, other] = coverageOf([
    {
      protocol: 'p',
      variant: 'direct',
      occurrences: [
        scene('one', {
          received: ['Ack'],
          sentTo: ['Ack', 'Bye'],
          timers: [timer('retry', true), timer('rest', false)],
        }),
        scene('two', { timers: [timer('retry', false), timer('rest', false)], named: ['Ack', 'Hello', 'attached'] }),
      ],
    },
    {
      protocol: 'p',
      variant: 'other',
      occurrences: [
        scene('one', { received: ['Hello'], effects: ['send Ack'], timers: [timer('rest', false, true)] }, true),
      ],
    },
  ])
  expect(direct!.nodes).toEqual([
    {
      node: 'a',
      received: [
        { name: 'Ack', in: ['one'], because: null },
        { name: 'Hello', in: [], because: 'it does in other' },
        { name: 'Bye', in: [], because: 'it is sent to an address of its own' },
      ],
      timers: [
        { name: 'retry', in: ['one'], because: null },
        { name: 'rest', in: [], because: 'it is declared' },
      ],
      effects: [{ name: 'send Ack', in: [], because: 'it does in other' }],
      named: [],
    },
  ])
  expect(direct!.rules).toEqual([
    { name: 'a packet arrives', in: [], because: '2 of 2 scenarios let it happen' },
    { name: 'a node crashes', in: [], because: 'no scenario lets it happen' },
  ])
  expect(other!.nodes[0]!.timers).toEqual([{ name: 'rest', in: [], because: 'no scenario lets it fire' }])
  // A kind that the text names, and nothing else knows of, is listed as that.
  const [alone] = coverageOf([{ protocol: 'p', variant: 'alone', occurrences: [scene('one', { named: ['Hello'] })] }])
  expect(alone!.nodes[0]!.named).toEqual(['Hello'])
  expect(neverInAny([direct!, other!]).map(({ what, name }) => `${what} ${name}`)).toEqual([
    'receives Bye',
    'fires rest',
    'rule a node crashes',
  ])
})
