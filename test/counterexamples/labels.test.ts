import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { compare, comparisonSvg, ladderSvg } from '../../counterexamples/index.ts'
import { FONTS } from '../../counterexamples/label.ts'
import type { Story } from '../../counterexamples/story.ts'
import { textWidth } from '../../counterexamples/text-width.ts'
import { madeUp, stories } from './stories.ts'

interface Box {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))

const plain = (words: string): string =>
  words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The boxes of all texts of a drawing, read from the drawing itself. */
function boxesOf(svg: string): Box[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, tag, content]) => {
    const { x, y, class: style = '', 'text-anchor': anchor, style: own = '' } = attributesOf(tag!)
    const name = style.split(' ').find((part): part is keyof typeof FONTS => part in FONTS)
    const font = name === undefined ? { size: 12 } : FONTS[name]
    const size = Number(/font-size:([\d.]+)px/.exec(own)?.[1] ?? font.size)
    const words = plain(content!)
    const width = textWidth(words, { ...font, size })
    const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    return { words, left, right: left + width, top: Number(y) - size * 0.75, bottom: Number(y) + size * 0.22 }
  })
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const pairs = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (meet(a, b) ? [`'${a.words}' and '${b.words}'`] : [])))

/** What is wrong with where the labels of a ladder stand. */
function faults(svg: string): string[] {
  const boxes = boxesOf(svg)
  const { width, height } = attributesOf(/<svg[^>]*>/.exec(svg)![0])
  const outside = boxes.filter(
    ({ left, right, top, bottom }) => left < 0 || top < 0 || right > Number(width) || bottom > Number(height),
  )
  const arrows = [...svg.matchAll(/class="msg[^"]*" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/g)].map((match) =>
    match.slice(1).map(Number),
  )
  const struck = boxes.filter((box) =>
    arrows.some(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) =>
      Array.from({ length: 101 }, (_, i) => i / 100).some((t) => {
        const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)]
        return x > box.left && x < box.right && y > box.top && y < box.bottom
      }),
    ),
  )
  return [
    ...pairs(boxes).map((pair) => `${pair} cover each other`),
    ...outside.map(({ words }) => `'${words}' leaves the picture`),
    ...struck.map(({ words }) => `an arrow goes through '${words}'`),
  ]
}

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

/** A real browser, with a font of Helvetica's widths: is what was calculated what is drawn? */
const browserAt = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== '' && existsSync(path),
)
describe.skipIf(browserAt === undefined)(
  browserAt === undefined ? 'skipped: there is no chromium here' : 'as a browser draws it',
  () => {
    test('no label covers another, in ladders and in comparisons', async () => {
      const browser = await chromium.launch({
        executablePath: browserAt!,
        args: ['--no-sandbox', '--headless', '--disable-gpu'],
      })
      const page = await browser.newPage()
      const measured = async (svg: string): Promise<Box[]> => {
        await page.setContent(svg)
        return page.evaluate(() =>
          [...document.querySelectorAll('text')].map((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect()
            // A browser counts the air above and below the letters in.
            const air = (bottom - top) * 0.14
            return { words: text.textContent ?? '', left, right, top: top + air, bottom: bottom - air / 2 }
          }),
        )
      }
      for (const [name, story] of stories) {
        const boxes = await measured(ladderSvg(story))
        expect(pairs(boxes), name).toEqual([])
        boxesOf(ladderSvg(story)).forEach((box, i) => {
          const drawn = boxes[i]!
          expect(drawn.right - drawn.left, `the width of '${box.words}'`).toBeLessThan(box.right - box.left + 2)
        })
      }
      const [[, left], [, right]] = [stories[0]!, stories[1]!]
      expect(pairs(await measured(comparisonSvg(compare(left, right))))).toEqual([])
      await browser.close()
    })
  },
)
