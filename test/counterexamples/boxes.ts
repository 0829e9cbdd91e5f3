import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { FONTS } from '../../counterexamples/label.ts'
import { textWidth } from '../../counterexamples/text-width.ts'
import { decoded } from './decoded.ts'

/** Where a text stands in a drawing, in pixels. */
export interface Box {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))

/** The boxes of all texts of a drawing, read from the drawing itself. */
export function boxesOf(svg: string): Box[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, tag, content]) => {
    const { x, y, class: style = '', 'text-anchor': anchor, 'font-size': own } = attributesOf(tag!)
    const name = style.split(' ').find((part): part is keyof typeof FONTS => part in FONTS)
    const font = name === undefined ? { size: 12 } : FONTS[name]
    const size = Number(own ?? font.size)
    const words = decoded(content!)
    const width = textWidth(words, { ...font, size })
    const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    return { words, left, right: left + width, top: Number(y) - size * 0.75, bottom: Number(y) + size * 0.22 }
  })
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Texts that cover each other. */
export const pairs = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (meet(a, b) ? [`'${a.words}' and '${b.words}'`] : [])))

/** What is wrong with where the labels of a ladder stand. */
export function faults(svg: string): string[] {
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

/** A real browser: Debian's, or the one that CHROMIUM names. */
export const browserAt = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== '' && existsSync(path),
)

export const whereDrawn = browserAt === undefined ? 'skipped: there is no chromium here' : 'as a browser draws it'

const browser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserAt!, args: ['--no-sandbox', '--headless', '--disable-gpu'] })

/** The boxes of all texts of drawings, as a browser measures them. */
export async function measured(drawings: readonly string[]): Promise<Box[][]> {
  const opened = await browser()
  const page = await opened.newPage()
  const boxes: Box[][] = []
  for (const svg of drawings) {
    await page.setContent(svg)
    boxes.push(
      await page.evaluate(() =>
        [...document.querySelectorAll('text')].map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect()
          // A browser counts the air above and below the letters in.
          const air = (bottom - top) * 0.14
          return { words: text.textContent ?? '', left, right, top: top + air, bottom: bottom - air / 2 }
        }),
      ),
    )
  }
  await opened.close()
  return boxes
}
