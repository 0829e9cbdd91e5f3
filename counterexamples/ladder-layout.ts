import { around, type Box, FONTS, type Label, label } from './label.ts'
import { type PlacedAxis, placedAxis } from './ladder-axis.ts'
import { type Arrow, type Band, bandOf, firstBand, gapFor, type Lanes, xOf } from './ladder-band.ts'
import { type LadderRow, type LadderRows, rowsOf } from './ladder-rows.ts'
import { timedBands } from './ladder-timed.ts'
import { sentence } from './sentence.ts'
import { captionOf, durationInWords, type Story } from './story.ts'
import { shortened, textWidth, wrapped } from './text-width.ts'
import type { Drawn } from './time-axis.ts'

/**
 * Where everything in a ladder stands, in pixels, under a head and above a legend: bands on top of each other, or, where a story has instants,
 * each step at its own on an axis of time.
 */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly lanes: readonly Lane[]
  /** The moments of the story; moment i is drawn from `rows[i - 1].turn` to `rows[i].turn`. */
  readonly moments: LadderRows['moments']
  /** Where the lines of the lanes begin, and where the last band ends. */
  readonly begin: number
  readonly end: number
  readonly rows: readonly PlacedRow[]
  /** The title, the sentence, and what was so before the first step. */
  readonly labels: readonly Label[]
  readonly loop: Loop | null
  readonly axis: PlacedAxis | null
  readonly legend: readonly LegendEntry[]
}

export interface Lane {
  readonly name: string
  readonly x: number
  readonly head: Label
  readonly headBox: Box
}

export interface PlacedRow extends Omit<LadderRow, 'beliefs'>, Omit<Band, 'extent'> {
  readonly top: number
  readonly bottom: number
  /** Where one moment ends and the next one begins. */
  readonly turn: number
  /** The number of the step. */
  readonly number: Label
}

export interface Loop {
  readonly box: Box
  readonly label: Label
}

export interface LegendEntry {
  readonly sign: Sign
  readonly label: Label
}

export type Sign =
  | 'attached'
  | 'gap'
  | 'stale'
  | 'belief'
  | 'cross'
  | 'tunnel'
  | 'aside'
  | 'number'
  | 'scale'
  | 'folded'
  | 'widened'
  | 'standing'

/** Heights that a ladder takes, or is to take at least. */
export interface Room {
  readonly above: number
  readonly rows: readonly number[]
}

export interface LadderOptions {
  /** A step to point at, in words. */
  readonly mark?: { readonly step: number; readonly words: string }
  /** Two ladders that begin alike stand side by side when each gets the room that the other needs. */
  readonly room?: Room
}

/** Room at the edges of the picture. */
export const EDGE = 16
/** Where the numbers of the steps end. */
const NUMBERS = 28
/** Where an axis of time is, its instants before it. */
const AXIS = 96
const NARROWEST = 480
const LEAST_ROW = 28
/** Above and below what a band says. */
const PADDING = 4

export function layoutOf(story: Story, options: LadderOptions = {}): Layout {
  const said = rowsOf(story)
  const { time = null } = story
  const place = time === null ? stackedRows : timedRows(time.instants, story.loopStart)
  const lanesFrom = (first: number): Lanes => ({ count: said.lanes.length, first, gap: gapFor(said) })
  // How far the labels reach to the left of the first lane says where it has to be.
  const { reach } = place(said, lanesFrom(0), 0, options)
  const before = time === null ? NUMBERS : AXIS
  const first = Math.max(before + 2 * EDGE - reach.left, before + 60)
  const lanes = lanesFrom(first)
  const right = Math.max(first + reach.right, xOf(lanes, lanes.count - 1) + 60)
  const width = Math.ceil(Math.max(NARROWEST, right + 2 * EDGE))

  const title = wrapped(captionOf(story), FONTS.title, width - 2 * EDGE)
  const words = wrapped(sentence(story), FONTS.sentence, width - 2 * EDGE)
  const above = 6 + title.length * 17 + words.length * 16
  const heads = Math.max(above, options.room?.above ?? 0) + 14
  const beginning = firstBand(said, lanes)
  const zero = heads + 30 - beginning.extent.top
  const { rows, end: y, axis } = place(said, lanes, zero, options)
  const loop = loopOf(story, rows, y, before + 6, width)
  const legend = legendOf(said, axis, (loop?.label.y ?? y) + 28, width)
  return {
    width,
    height: Math.ceil(legend.at(-1)!.label.y + EDGE),
    lanes: said.lanes.map((name, k) => laneOf(name, xOf(lanes, k), heads)),
    moments: said.moments,
    begin: zero - 12,
    end: y,
    rows,
    labels: [
      ...title.map((line, i) => label(EDGE, 22 + i * 17, line, 'title')),
      ...words.map((line, i) => label(EDGE, 23 + title.length * 17 + i * 16, line, 'sentence', { tone: 'pale' })),
      ...lowered(beginning, zero).labels,
      ...lowered(beginning, zero).beliefs,
    ],
    loop,
    axis,
    legend,
  }
}

/** The rows of a ladder at their places, and how far they reach from side to side. */
interface Rows {
  readonly rows: readonly PlacedRow[]
  readonly end: number
  readonly axis: PlacedAxis | null
  readonly reach: Box
}

/** One band under the other, each as high as what it says. @param zero where the beginning is */
function stackedRows(said: LadderRows, lanes: Lanes, zero: number, { mark, room }: LadderOptions): Rows {
  const beginning = firstBand(said, lanes)
  const bands = said.rows.map((row, i) => bandOf(row, lanes, mark?.step === i ? mark.words : null))
  let y = zero + Math.max(beginning.extent.bottom + PADDING, 14)
  const rows = bands.map((band, i): PlacedRow => {
    const top = y
    const high = Math.max(heightOf(band), room?.rows[i] ?? 0)
    y += high
    // In the middle of what room there is.
    const at = top + PADDING - band.extent.top + (high - naturalHeight(band)) / 2
    return { ...said.rows[i]!, ...lowered(band, at), top, bottom: y, turn: top, number: numberAt(at, i) }
  })
  return { rows, end: y, axis: null, reach: extentOf([beginning, ...bands]) }
}

/** Each step at its instant; a band reaches to the middle of what is between it and the next one. */
const timedRows =
  (instants: readonly number[], loopStart: number | null) =>
  (said: LadderRows, lanes: Lanes, zero: number, { mark }: LadderOptions): Rows => {
    const beginning = firstBand(said, lanes)
    const { axis, heights, bands } = timedBands(said.rows, instants, lanes, beginning, loopStart, mark)
    const last = heights.at(-1) ?? 0
    const end = zero + Math.max(last + LEAST_ROW / 2, ...bands.map(({ extent }) => extent.bottom + PADDING))
    const rows = bands.map((band, i): PlacedRow => {
      const [before, at, after] = [heights[i - 1] ?? 0, heights[i]!, heights[i + 1]]
      return {
        ...said.rows[i]!,
        ...lowered(band, zero),
        top: zero + (before + at) / 2,
        bottom: after === undefined ? end : zero + (at + after) / 2,
        turn: zero + at,
        number: numberAt(zero + at, i),
      }
    })
    return { rows, end, axis: placedAxis(axis, instants, AXIS, zero), reach: extentOf([beginning, ...bands]) }
  }

const numberAt = (at: number, i: number): Label =>
  label(NUMBERS, at + 4, String(i + 1), 'small', { anchor: 'end', tone: 'pale' })

/** The greater of what two ladders need: above, and in the steps that they have in common. */
export function roomFor(one: Layout, other: Layout, common: number): Room {
  const above = ({ lanes }: Layout): number => (lanes[0]?.headBox.top ?? 0) - 14
  const high = ({ rows }: Layout, i: number): number => rows[i]!.bottom - rows[i]!.top
  return {
    above: Math.max(above(one), above(other)),
    rows: Array.from({ length: common }, (_, i) => Math.max(high(one, i), high(other, i))),
  }
}

const extentOf = (bands: readonly Band[]): Box => around(bands.map(({ extent }) => extent))

const naturalHeight = ({ extent }: Band): number => extent.bottom - extent.top + 2 * PADDING

const heightOf = (band: Band): number => Math.max(LEAST_ROW, Math.ceil(naturalHeight(band)))

/** A band at its height. */
function lowered({ labels, beliefs, pill, arrow }: Band, down: number): Omit<Band, 'extent'> {
  const lower = (one: Label): Label => ({ ...one, y: one.y + down })
  return {
    labels: labels.map(lower),
    beliefs: beliefs.map(lower),
    pill: pill === null ? null : { ...pill, top: pill.top + down, bottom: pill.bottom + down },
    arrow: arrow === null ? null : ({ ...arrow, y1: arrow.y1 + down, y2: arrow.y2 + down } satisfies Arrow),
  }
}

function laneOf(name: string, x: number, top: number): Lane {
  const words = shortened(name, FONTS.head)
  const half = Math.max(54, textWidth(words, FONTS.head) + 18) / 2
  return {
    name,
    x,
    head: label(x, top + 15, words, 'head', { anchor: 'middle' }),
    headBox: { left: x - half, right: x + half, top, bottom: top + 22 },
  }
}

/** What goes round for ever; where nothing more has to happen, an empty box after the last step. */
function loopOf(
  { loopStart, moments, time }: Story,
  rows: readonly PlacedRow[],
  end: number,
  left: number,
  width: number,
): Loop | null {
  if (loopStart === null) return null
  const stays = loopStart === moments.length - 1
  const [top, bottom] = stays ? [end + 4, end + 18] : [rows[loopStart]!.top, end]
  const period = time?.period == null ? '' : `, ${durationInWords(time.period)} once round`
  const words = stays ? '∞ nothing more has to happen: this stays for ever' : `∞ again and again, for ever${period}`
  return {
    box: { left, right: width - EDGE, top, bottom },
    label: label(left + 6, bottom + 14, words, 'small', { tone: 'dead' }),
  }
}

/** Only what occurs; a new line where there is no more room. */
function legendOf(said: LadderRows, axis: PlacedAxis | null, top: number, width: number): LegendEntry[] {
  const { lanes, rows, moments } = said
  const heldOf = (lane: string): string[] => moments.map(({ held }) => String(held[lane] ?? ''))
  const messages = rows.flatMap(({ what }) => (what.kind === 'message' ? [what] : []))
  const isDrawn = (drawn: Drawn): boolean => axis?.stretches.some((stretch) => stretch.drawn === drawn) === true
  const wrong = moments.some((moment) => moment.wrong.length > 0)
  const lost = rows.some(({ what }) => what.kind !== 'note' && what.lost !== null && what.lost !== false)
  const entries: readonly (readonly [Sign, string, boolean])[] = [
    ['attached', 'attached there', lanes.some((lane) => new Set(heldOf(lane)).size > 1)],
    ['gap', 'holds no address', lanes.some((lane) => heldOf(lane).includes(''))],
    ['stale', 'is wrong about the other', wrong],
    ['belief', 'where it thinks that the other is', wrong],
    ['cross', 'lost at this address', lost],
    ['tunnel', 'in a tunnel', messages.some(({ tunnel }) => tunnel)],
    ['aside', 'pale: beside the point', rows.some(({ aside }) => aside)],
    ['number', 'numbers: the steps, in order', true],
    ['scale', axis?.sample?.words ?? '', axis?.sample != null],
    ['folded', 'shorter than to scale', isDrawn('folded')],
    ['widened', 'longer than to scale', isDrawn('widened')],
    ['standing', 'at one instant, in this order', isDrawn('standing still')],
  ]
  let [x, y] = [40, top]
  return entries.flatMap(([sign, words, occurs]): LegendEntry[] => {
    if (!occurs) return []
    const before = sign === 'aside' || sign === 'number' ? 0 : 22
    const wide = before + textWidth(words, FONTS.small)
    if (x > 40 && x + wide > width - EDGE) {
      x = 40
      y += 20
    }
    const entry: LegendEntry = { sign, label: label(x + before, y, words, 'small', { tone: 'pale' }) }
    x += wide + 24
    return [entry]
  })
}
