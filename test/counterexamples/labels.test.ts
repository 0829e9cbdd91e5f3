import { describe, expect, test } from 'vitest'
import { compare, comparisonSvg, ladderSvg } from '../../counterexamples/index.ts'
import type { Story } from '../../counterexamples/story.ts'
import { boxesOf, browserAt, faults, measured, pairs, whereDrawn } from './boxes.ts'
import { madeUp, stories } from './stories.ts'

test('there are many ladders to look at', () => expect(stories.length).toBeGreaterThan(15))

test.each(stories)('%s: no label covers another, leaves the picture or is struck through', (_, story) => {
  expect(faults(ladderSvg(story))).toEqual([])
  expect(boxesOf(ladderSvg(story)).length).toBeGreaterThan(story.steps.length)
})

test('long names, addresses, notes and beliefs are broken or make room', () => {
  for (const length of [3, 30, 300]) {
    const long = (words: string): string => `${words} ${'W'.repeat(length)}${' and so on'.repeat(length / 3)}`
    expect(faults(ladderSvg(madeUp(long))), String(length)).toEqual([])
  }
  expect(faults(ladderSvg(madeUp((words) => `${words} 移動端末 ✗∞…`)))).toEqual([])
})

test('a step that is pointed at, and one that has no place', () => {
  for (const [, story] of stories.slice(0, 5)) {
    for (const step of [0, 4, story.steps.length - 1]) {
      expect(faults(ladderSvg(story, { mark: { step, words: 'differs from here' } }))).toEqual([])
    }
  }
  const nobody: Story = { ...madeUp(), steps: madeUp().steps.map(({ actor: _, taken: __, ...step }) => step) }
  expect(faults(ladderSvg(nobody))).toEqual([])
  expect(ladderSvg(nobody)).toContain('• a crashes')
})

test('the test finds labels that cover each other, leave the picture or are struck through', () => {
  const [, story] = stories[0]!
  const squeezed = ladderSvg(story).replaceAll(/ y="([\d.]+)"/g, (_, y) => ` y="${Number(y) / 2}"`)
  expect(faults(squeezed).join('\n')).toContain('cover each other')
  const dropped = ladderSvg(story).replaceAll(
    /(<text x="[\d.]+" y=")([\d.]+)/g,
    (_, tag, y) => `${tag}${Number(y) + 7}`,
  )
  expect(faults(dropped).join('\n')).toContain('an arrow goes through')
  const shifted = ladderSvg(story).replaceAll(/<text x="([\d.]+)"/g, (_, x) => `<text x="${Number(x) * 2}"`)
  expect(faults(shifted).join('\n')).toContain('leaves the picture')
})

test('what two variants have in common stands at one height', () => {
  const [, left] = stories[0]!
  const tall = { ...left.steps[3]!, text: 'it is rescued' }
  const right: Story = { ...left, variant: 'mended', steps: [...left.steps.slice(0, 3), tall, ...left.steps.slice(4)] }
  const comparison = compare(left, right)
  const heights = (svg: string): string[] =>
    [...svg.matchAll(/<text x="28" y="([\d.]+)"[^>]*>\d+</g)].map(([, y]) => y!)
  const all = heights(comparisonSvg(comparison))
  expect(comparison.common).toBe(3)
  expect(all.slice(0, 3)).toEqual(all.slice(left.steps.length, left.steps.length + 3))
})

describe.skipIf(browserAt === undefined)(whereDrawn, () => {
  test('no label covers another, in ladders and in comparisons, and none is wider than was thought', async () => {
    const ladders = stories.map(([, story]) => ladderSvg(story))
    const comparison = comparisonSvg(compare(stories[0]![1], stories[1]![1]))
    const drawn = await measured([...ladders, comparison])
    for (const boxes of drawn) expect(pairs(boxes)).toEqual([])
    ladders.forEach((svg, k) => {
      boxesOf(svg).forEach((box, i) => {
        const { left, right } = drawn[k]![i]!
        expect(right - left, `the width of '${box.words}'`).toBeLessThan(box.right - box.left + 2)
      })
    })
  })
})
