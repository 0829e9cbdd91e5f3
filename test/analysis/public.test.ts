// By the public entries: the build must be there (`npm test` makes it).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  breaksOf,
  checkVariant,
  InputError,
  scenarioOf,
  stateGraphOf,
  storyOf,
  survivalTable,
  variantOf,
  whereItBites,
  worldOf,
} from 'doublejump/analysis'
import { check } from 'doublejump/checker'
import {
  comparisonSvg,
  dot,
  itf,
  ladder,
  ladderSvg,
  mermaid,
  msc,
  plantuml,
  stateGraphDot,
} from 'doublejump/counterexamples'
import { describe, expect, test } from 'vitest'
import hello from '../../examples/hello.ts'

const BINDING = 'binding-eventually-correct'
const direct = variantOf(hello, 'direct')
const rendezvous = variantOf(hello, 'rendezvous')

describe('from a variant and a scenario to a drawn counterexample', () => {
  test('in one call', () => {
    const [result, ...others] = checkVariant(direct, 'both-move', { properties: [BINDING], least: true })
    expect(others).toEqual([])
    expect(result).toMatchObject({ verdict: 'violated', asExpected: true, moves: 2, faults: 0 })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    for (const draw of [ladder, ladderSvg, msc, mermaid, plantuml, dot, itf])
      expect(draw(result!.story!)).toContain('Update')
  })

  test('by hand: a trace of the checker becomes a story', () => {
    const { internet, properties } = worldOf(direct, scenarioOf(direct, 'both-move'))
    const drawn = check(internet.model, properties).flatMap((verdict) =>
      verdict.kind === 'violated' && verdict.trace !== undefined
        ? [ladder(storyOf(hello, direct.variant, internet, verdict.property, verdict.reason, verdict.trace))]
        : [],
    )
    expect(drawn).toEqual(
      checkVariant(direct, 'both-move')
        .filter(({ verdict }) => verdict === 'violated')
        .map(({ story }) => ladder(story!)),
    )
    expect(drawn).toHaveLength(1)
  })

  test('a scenario of one’s own; what is not there is said', () => {
    const lossy = { ...scenarioOf(rendezvous, 'both-move'), name: 'both-move-one-loss', losses: 1 }
    expect(checkVariant(rendezvous, lossy, { properties: [BINDING] })[0]!.assumptions).toContain('losses ≤ 1')
    expect(() => checkVariant(direct, 'both-moves')).toThrow(InputError)
    expect(() => checkVariant(direct, 'both-move', { properties: ['x'] })).toThrow(/property 'x'.*They have: binding/)
    expect(() => checkVariant('hello/direct', 'both-move')).toThrow(/no protocol 'hello\/direct'/)
  })
})

test('what survives, what breaks it, where a repair bites, and its states: of a protocol of one’s own', () => {
  const results = [direct, rendezvous].flatMap((target) => checkVariant(target, 'both-move'))
  expect(survivalTable(results)).toEqual([])
  expect(survivalTable(results, [hello]).map(({ cells }) => cells[1]!.says)).toEqual(['data only', 'yes'])
  expect(breaksOf(direct, BINDING).least[0]!.vector).toMatchObject({ movesOfA: 1, movesOfB: 1, losses: 0 })
  const bites = whereItBites(direct, rendezvous, BINDING) as Extract<ReturnType<typeof whereItBites>, { left: unknown }>
  expect(comparisonSvg(bites)).toContain('<svg')
  expect(stateGraphDot(stateGraphOf(direct, scenarioOf(direct, 'one-moves'), 50))).toContain('digraph')
})

/** Every file that is loaded with one, and every package. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';$/gm)) {
    if (from!.startsWith('.')) loadedWith(resolve(file, '..', from!), seen)
    else seen.add(from!)
  }
  return seen
}

test('analysis runs in a browser; files and threads are an entry of their own', () => {
  const built = resolve(import.meta.dirname, '../../dist/analysis')
  const nodeModules = (entry: string) =>
    [...loadedWith(resolve(built, entry))].filter((name) => name.startsWith('node:'))
  expect(nodeModules('index.js')).toEqual([])
  expect(nodeModules('node.js')).toContain('node:worker_threads')
})

test('hosts whose names differ in a capital alone are told apart', () => {
  const renamed = (name: string): string => ({ a: 'host', b: 'Host' })[name] ?? name
  const { variant } = direct
  const [, both] = variant.scenarios
  const twins = {
    ...variant,
    scenarios: [{ ...both!, moves: { host: ['west-2'], Host: ['east-2'] } }],
    nodes: () => variant.nodes(both!).map((n) => ({ ...n, name: renamed(n.name) })),
    subject: { ends: ['host', 'Host'], beliefs: [{ holder: 'host', about: 'Host', believes: () => null }] },
  } satisfies typeof variant
  const { hosts, least } = breaksOf({ ...direct, variant: twins }, BINDING)
  expect(hosts).toEqual({ "movesOf 'host'": 'host', "movesOf 'Host'": 'Host' })
  expect(least.map(({ vector }) => vector)).toContainEqual(
    expect.objectContaining({ "movesOf 'host'": 1, "movesOf 'Host'": 0 }),
  )
})
