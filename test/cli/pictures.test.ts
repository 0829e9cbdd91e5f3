import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compare, dot, itf, ladder, ladderSvg, mermaid, msc, plantuml, svg } from '../../counterexamples/index.ts'
import type { Story } from '../../counterexamples/story.ts'
import { testText } from '../../counterexamples/test-text.ts'
import { BINDING } from '../../spec/property-ids.ts'
import { protocols } from '../../spec/protocols.ts'
import { stories } from '../counterexamples/stories.ts'
import { doublejump } from './run.ts'

test('most unpatched variants have a run to show', () => expect(stories.length).toBeGreaterThan(15))

describe.each(stories)('%s', (_, story) => {
  test('is drawn: every step, every lost packet a cross, the title and the description', () => {
    const drawn = ladderSvg(story)
    expect(drawn.match(/data-step=/g)?.length).toBe(story.steps.length)
    expect(drawn).toContain('<title id="t">')
    expect(drawn).toContain('<desc id="d">')
    expect(drawn.match(/<(\w+)[^>]*>/g)!.length).toBeGreaterThan(story.steps.length)
    expect(ladderSvg(story)).toBe(drawn)
  })

  test('is told in every format', async () => {
    for (const format of [ladder, dot, itf, msc, mermaid, plantuml, testText])
      expect(format(story).length).toBeGreaterThan(100)
    expect((await svg(dot(story))).startsWith('<?xml')).toBe(true)
  })
})

test('what a story says is never markup', () => {
  const [, story] = stories[0]!
  const evil: Story = {
    ...story,
    steps: story.steps.map((step) => ({ ...step, text: '<script>alert(1)</script>' })),
    protocol: '"><script>',
  }
  expect(ladderSvg(evil)).not.toContain('<script')
})

test('a repair bites at the first step that differs', () => {
  const [, left] = stories[0]!
  const right: Story = {
    ...left,
    variant: 'mended',
    steps: [...left.steps.slice(0, 3), { text: 'it is rescued', kind: 'deliver', actor: 'a' }],
  }
  expect(compare(left, right)).toMatchObject({ common: 3, differs: 'it is rescued' })
  expect(compare(left, { ...left, steps: left.steps.slice(0, 2) })).toMatchObject({ common: 2, differs: null })
})

test('explain knows every format, and html is a page that opens from disk', () => {
  for (const format of ['svg', 'causes', 'msc', 'dot', 'html', 'mermaid', 'plantuml', 'itf', 'json', 'text']) {
    const { code, out } = doublejump(['explain', 'wireguard/roaming', '--property', BINDING, '--format', format])
    expect(code, format).toBe(0)
    expect(out.length, format).toBeGreaterThan(200)
  }
})

test('compare, graph and breaks, as a user calls them', () => {
  const bites = doublejump(['compare', 'sip-paper/direct', 'sip-paper/interceptor', '--property', BINDING])
  expect(bites.code).toBe(0)
  expect(bites.out).toContain('goes its own way: interceptor east-1 receives Forward')
  const graph = doublejump(['graph', 'wireguard/roaming', '--format', 'dot'])
  expect(graph.out).toContain('peripheries=2')
  const difference = doublejump([
    'graph',
    'wireguard/roaming',
    '--against',
    'wireguard/persistent-keepalive',
    '--format',
    'dot',
  ])
  expect(difference.out).toContain('style=bold')
  const breaks = doublejump(['breaks', 'wireguard/roaming', '--property', BINDING, '--json'])
  const { least } = JSON.parse(breaks.out)
  expect(
    least.map(({ vector }: { vector: { movesOfA: number; movesOfB: number } }) => [vector.movesOfA, vector.movesOfB]),
  ).toEqual([
    [0, 2],
    [1, 1],
    [2, 0],
  ])
})

test('a graph that is too big to draw is refused, saying how big it is', () => {
  const { code, err } = doublejump(['graph', 'sip/direct', '--scenario', 'both-move'])
  expect(code).toBe(10)
  expect(err).toMatch(/There are \d+ states, which is too many to draw/)
})

test('an assumption that a verdict leans on is named, and one that it does not need is not', () => {
  const args = ['breaks', 'hip/rvs-when-sent-again', '--property', BINDING, '--most-at-once', '1', '--json']
  const { out } = doublejump(args)
  const { leansOn } = JSON.parse(out)
  const values = (changes: { assumption: string; value: string }[]) =>
    changes.map(({ assumption, value }) => `${assumption}: ${value}`)
  expect(leansOn.sets.map(({ changes }: { changes: [] }) => values(changes))).toContainEqual([
    'timer UPDATE retry fires: never',
  ])
  expect(values(leansOn.withstands)).toContain('links: bag')
})

test('check --out writes the page too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doublejump-out-'))
  expect(doublejump(['check', 'wireguard/roaming', '--out', folder]).code).toBe(0)
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('"variant":"roaming"')
})

test('the gallery has each protocol', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/gallery.md'), 'utf8')
  for (const { name } of protocols) expect(page).toContain(`## ${name}\n`)
})
