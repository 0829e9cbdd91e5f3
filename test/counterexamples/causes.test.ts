import { describe, expect, test } from 'vitest'
import { causesSvg, dot, svg } from '../../counterexamples/index.ts'
import { flightsOf, type Story } from '../../counterexamples/story.ts'
import { boxesOf, browserAt, measured, pairs, whereDrawn } from './boxes.ts'
import { decoded } from './decoded.ts'
import { madeUp, stories } from './stories.ts'

describe.each(stories)('who caused what in %s', (_, story) => {
  test('each step is drawn once, with its number, and each message has its arrow', async () => {
    const drawn = await causesSvg(story)
    const numbers = [...drawn.matchAll(/data-step="(\d+)"/g)].map(([, i]) => Number(i)).sort((a, b) => a - b)
    expect(numbers).toEqual(story.steps.map((_, i) => i))
    for (const i of numbers) expect(drawn).toMatch(new RegExp(`>${i + 1}\\. [^<]`))
    const sent = [...flightsOf(story).values()].filter(({ sentAt }) => sentAt !== null)
    expect(drawn.match(/<g class="edge (message|lost)/g)?.length ?? 0).toBeGreaterThanOrEqual(sent.length)
    expect(await causesSvg(story)).toBe(drawn)
  })

  test('time goes down: no arrow points up, but for the one that goes round', async () => {
    const ends = [
      ...(await causesSvg(story)).matchAll(
        /<g class="edge (\w+)[^>]*>\s*(?:<title>[^<]*<\/title>)?\s*<path [^>]*d="M[\d.-]+,([\d.-]+)[^"]*,([\d.-]+)"/g,
      ),
    ]
    expect(ends.length).toBeGreaterThanOrEqual(story.steps.length - story.lanes.length)
    for (const [, sort, from, to] of ends) if (sort !== 'loop') expect(Number(to)).toBeGreaterThan(Number(from))
  })

  test('no label covers another', async () => {
    expect(pairs(boxesOf(await svg(dot(story))))).toEqual([])
  })
})

test('the legend has what occurs, and nothing else', async () => {
  const quiet: Story = {
    ...madeUp(),
    steps: madeUp().steps.slice(2, 3),
    moments: madeUp().moments.slice(2, 4),
    loopStart: null,
  }
  const few = await causesSvg(quiet)
  expect(few).toContain('a host moves')
  for (const words of ['a timer fires', 'a node receives', 'lost', 'for ever']) expect(few).not.toContain(`>${words}`)
  const all = await causesSvg(madeUp())
  for (const words of ['a host moves', 'a timer fires', 'a node receives', 'lost, or crashed', 'sent, and lost'])
    expect(all).toContain(`>${words}<`)
  expect(all).toContain('and again from there, for ever')
})

test('a loss names the step that gave up the address, or what became of the packet', async () => {
  const drawn = await causesSvg(madeUp())
  expect(drawn).toContain('left at 3')
  const fault = { ...madeUp().steps[3]!, kind: 'fault', cause: 'the network lost it' }
  const here = madeUp().moments[0]!
  const held: Story = { ...madeUp(), steps: [madeUp().steps[0]!, fault], moments: [here, here, here], loopStart: null }
  // Wherever its lines are broken.
  const words = decoded((await causesSvg(held)).replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ')
  expect(words).toContain('to east-1/b: the network lost it')
})

test('nothing at all can be drawn', async () => {
  const nothing: Story = { ...madeUp(), steps: [], moments: madeUp().moments.slice(0, 1), loopStart: null }
  expect(await causesSvg(nothing)).toContain('</svg>')
})

describe.skipIf(browserAt === undefined)(whereDrawn, () => {
  test('no label covers another, and none leaves the picture', async () => {
    const drawings = await Promise.all(stories.map(([, story]) => causesSvg(story)))
    const drawn = await measured(drawings.map((one) => `<body style="margin:0">${one}</body>`))
    drawn.forEach((boxes, k) => {
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(drawings[k]!)!.map(Number)
      expect(pairs(boxes)).toEqual([])
      for (const { words, left, right, top, bottom } of boxes) {
        const inside = left >= 0 && top >= 0 && right <= width! && bottom <= height!
        expect(inside, `${stories[k]![0]}: '${words}'`).toBe(true)
      }
    })
  })
})
