import { type Font, textWidth } from './text-width.ts'

/** The sizes of text in a ladder, by the name of their class. */
export const FONTS = {
  title: { size: 13, bold: true },
  sentence: { size: 12 },
  head: { size: 12, bold: true },
  small: { size: 10 },
  tiny: { size: 9.5 },
  mark: { size: 10, bold: true },
} as const satisfies Readonly<Record<string, Font>>

export type Style = keyof typeof FONTS

/** One line of text in a picture; `y` is its baseline. Pixels. */
export interface Label {
  readonly x: number
  readonly y: number
  readonly words: string
  readonly style: Style
  readonly anchor: 'start' | 'middle' | 'end'
  /** What else it is: 'dead', 'pale', 'move', 'timer', or nothing. */
  readonly tone: string
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const label = (
  x: number,
  y: number,
  words: string,
  style: Style,
  { anchor = 'start', tone = '' }: { readonly anchor?: Label['anchor']; readonly tone?: string } = {},
): Label => ({ x, y, words, style, anchor, tone })

/** What a label covers, with its ascenders and descenders. */
export function boxOf({ x, y, words, style, anchor }: Label): Box {
  const { size } = FONTS[style]
  const width = textWidth(words, FONTS[style])
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, right: left + width, top: y - size * 0.92, bottom: y + size * 0.25 }
}

/** Whether two boxes come nearer to each other than `air`. */
export const meets = (a: Box, b: Box, air: number): boolean =>
  a.left < b.right + air && b.left < a.right + air && a.top < b.bottom + air && b.top < a.bottom + air

export const moved = <T extends Box | Label>(part: T, down: number): T =>
  'words' in part
    ? { ...part, y: part.y + down }
    : { ...part, top: (part as Box).top + down, bottom: (part as Box).bottom + down }

/** The box around some boxes, and around the point 0, 0. */
export const around = (boxes: readonly Box[]): Box => ({
  left: Math.min(0, ...boxes.map(({ left }) => left)),
  right: Math.max(0, ...boxes.map(({ right }) => right)),
  top: Math.min(0, ...boxes.map(({ top }) => top)),
  bottom: Math.max(0, ...boxes.map(({ bottom }) => bottom)),
})
