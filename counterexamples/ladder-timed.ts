import { type Box, boxOf, FONTS, type Label, label, meets, moved } from './label.ts'
import {
  AIR,
  type Band,
  BESIDE,
  beliefLines,
  beyond,
  type Lanes,
  LINE,
  note,
  pointLines,
  room,
  SHORT,
  stacked,
  xOf,
} from './ladder-band.ts'
import type { Happening, LadderRow } from './ladder-rows.ts'
import { crosses, heightAt, type Segment } from './segment.ts'
import { wrapped } from './text-width.ts'
import { axisOf, type TimeAxis } from './time-axis.ts'

/** Steps on an axis of time: each at the height of its instant, arrows from the instant of sending to that of arrival. */
export interface TimedBands {
  readonly axis: TimeAxis
  /** How far each step is below the beginning. */
  readonly heights: readonly number[]
  /** Everything at its place, the beginning being at height 0. */
  readonly bands: readonly Band[]
}

/** No two steps are nearer to each other: their numbers could not be read. */
const LEAST = 26
/** More room where something has no place, round after round. */
const MORE = 8
const ROUNDS = 80
const EVERYWHERE = 1e6

/**
 * Places what the steps say. Where a label finds no place that is clear of all arrows and all else, the axis is given more room there, and all
 * are placed anew.
 *
 * @param instants of the steps, in milliseconds
 * @param beginning what stands around height 0 already
 * @param loopStart the step before which a line is drawn across all
 */
export function timedBands(
  rows: readonly LadderRow[],
  instants: readonly number[],
  lanes: Lanes,
  beginning: Band,
  loopStart: number | null,
  mark: { readonly step: number; readonly words: string } | undefined,
): TimedBands {
  const least = rows.map((_, i) => (i === 0 ? Math.max(LEAST, beginning.extent.bottom + LEAST) : LEAST))
  for (let round = 0; ; round++) {
    const axis = axisOf([0, ...instants], least)
    let height = 0
    const heights = axis.stretches.map((stretch) => (height += stretch.height))
    const { bands, tight } = placed(rows, heights, lanes, beginning, loopStart, mark)
    if (tight.length === 0 || round === ROUNDS) return { axis, heights, bands }
    for (const step of tight) {
      least[step]! += MORE
      // Below as well, if above alone does not help.
      if (round % 3 === 2 && step + 1 < least.length) least[step + 1]! += MORE
    }
  }
}

/** Lines of text and a box that belong together, where they could stand. */
interface Candidate {
  readonly labels: readonly Label[]
  readonly pill?: Box
}

function placed(
  rows: readonly LadderRow[],
  heights: readonly number[],
  lanes: Lanes,
  beginning: Band,
  loopStart: number | null,
  mark: { readonly step: number; readonly words: string } | undefined,
): { bands: Band[]; tight: number[] } {
  const arrows = rows.map(({ what }, i) => (what.kind === 'message' ? arrowOf(what, heights, i, lanes) : null))
  const lines = arrows.filter((arrow) => arrow !== null)
  const taken: Box[] = [
    ...[...beginning.labels, ...beginning.beliefs].map(boxOf),
    // The heads of arrows, and crosses.
    ...lines.map(({ x2, y2 }) => ({ left: x2 - 5, right: x2 + 5, top: y2 - 5, bottom: y2 + 5 })),
  ]
  if (loopStart !== null && loopStart < rows.length) {
    const at = ((heights[loopStart - 1] ?? 0) + heights[loopStart]!) / 2
    taken.push({ left: -EVERYWHERE, right: EVERYWHERE, top: at - 1, bottom: at + 1 })
  }
  const tight = new Set<number>()
  /** The first candidate that is clear of everything; where none is, the first, and the step wants more room. */
  const place = (step: number, candidates: readonly Candidate[]): Candidate => {
    const boxes = ({ labels, pill }: Candidate): Box[] => [...labels.map(boxOf), ...(pill === undefined ? [] : [pill])]
    const clear = candidates.find((candidate) =>
      boxes(candidate).every(
        (box) => !taken.some((other) => meets(box, other, AIR)) && !lines.some((line) => crosses(line, box, 1.5)),
      ),
    )
    if (clear === undefined) tight.add(step)
    const chosen = clear ?? candidates[0]!
    taken.push(...boxes(chosen))
    return chosen
  }
  const labels: Label[][] = rows.map(() => [])
  const pills = rows.map(({ what }, i) => {
    if (what.kind !== 'note') return null
    const { pill, labels: words } = place(i, notes(what, heights[i]!, lanes))
    labels[i]!.push(...words)
    return pill!
  })
  rows.forEach(({ what }, i) => {
    const at = heights[i]!
    if (what.kind === 'point') labels[i]!.push(...place(i, shifted(pointLines(what, lanes), at, NEAR)).labels)
    if (what.kind === 'message' && what.lost !== null) {
      labels[i]!.push(...place(i, places(what, arrows[i]!, lanes)).labels)
    }
    if (mark?.step === i) {
      const words = label(xOf(lanes, lanes.count - 1) + BESIDE, 3.5, mark.words, 'mark')
      labels[i]!.push(...place(i, shifted([words], at, UP)).labels)
    }
  })
  rows.forEach(({ what }, i) => {
    if (what.kind === 'message') labels[i]!.push(...place(i, names(what, arrows[i]!, lanes)).labels)
  })
  const beliefs = rows.map((row, i) =>
    row.beliefs.flatMap((belief) => place(i, shifted(beliefLines(belief, lanes), heights[i]!, UP)).labels),
  )
  const bands = rows.map((_, i): Band => {
    const [arrow, pill] = [arrows[i]!, pills[i]!]
    const boxes = [...labels[i]!, ...beliefs[i]!].map(boxOf)
    return {
      labels: labels[i]!,
      beliefs: beliefs[i]!,
      pill,
      arrow,
      extent: extentOf([...boxes, ...(pill === null ? [] : [pill])], heights[i]!),
    }
  })
  return { bands, tight: [...tight] }
}

type MessageRow = Extract<Happening, { kind: 'message' }>

/** From the instant of sending to that of arrival; one that was on its way before the beginning falls a little. */
function arrowOf({ from, to, lost, sentAt }: MessageRow, heights: readonly number[], i: number, lanes: Lanes): Segment {
  const way = to > from ? 1 : -1
  return {
    x1: xOf(lanes, from) + way * 10,
    y1: sentAt === null ? Math.max(0, heights[i]! - LEAST / 2) : heights[sentAt]!,
    x2: xOf(lanes, to) - way * (lost === null ? 11 : SHORT),
    y2: heights[i]!,
  }
}

const UP = [0, -6, -12, -18, -24, -30, -36, -42, 6, 12, 18]
const NEAR = [0, -6, 6, -10, 10, -14, 14]

const shifted = (labels: readonly Label[], at: number, by: readonly number[]): Candidate[] =>
  by.map((down) => ({ labels: labels.map((one) => moved(one, at + down)) }))

/** Beside its lane, on one side or the other, or a little above or below: an arrow may begin there. */
function notes(what: Extract<Happening, { kind: 'note' }>, at: number, lanes: Lanes): Candidate[] {
  const outer = what.lane === 0 ? [true] : what.lane === lanes.count - 1 ? [false] : [false, true]
  return [0, -1, 1].flatMap((where) =>
    outer.map((toTheLeft) => {
      const { pill, labels } = note(what, lanes, toTheLeft)
      const down = at + where * (pill.bottom + AIR + 2)
      return { labels: labels.map((one) => moved(one, down)), pill: moved(pill, down) }
    }),
  )
}

/** Where a lost packet died: beyond the lane that it was for, or under its cross. */
function places({ to, lost }: MessageRow, { x1, x2, y2 }: Segment, lanes: Lanes): Candidate[] {
  const way = x2 > x1 ? 1 : -1
  const past = wrapped(lost!, FONTS.tiny, beyond(lanes, to, way))
  const under = wrapped(lost!, FONTS.tiny, room(lanes))
  return [
    ...shifted(stacked(past, xOf(lanes, to) + way * BESIDE, 'tiny', way > 0 ? 'start' : 'end', 'dead'), y2, NEAR),
    ...shifted(
      stacked(under, xOf(lanes, to) - way * BESIDE, 'tiny', way > 0 ? 'end' : 'start', 'dead'),
      y2 + (under.length * LINE) / 2 + 8,
      [0, 6, 12],
    ),
  ]
}

/** Along the arrow: the name above and the fields that matter below it, or both on one side. */
function names(what: MessageRow, arrow: Segment, lanes: Lanes): Candidate[] {
  const most = room(lanes)
  const above = wrapped(what.name, FONTS.small, most)
  const below = what.detail === '' ? [] : wrapped(what.detail, FONTS.tiny, most)
  const block = (lines: readonly Label[], x: number, side: 'above' | 'below', air: number): Label[] => {
    const boxes = lines.map((line) => boxOf({ ...line, x }))
    const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))]
    const ends = [left, right].map((end) =>
      heightAt(arrow, Math.min(Math.max(end, Math.min(arrow.x1, arrow.x2)), Math.max(arrow.x1, arrow.x2))),
    )
    const down =
      side === 'above'
        ? Math.min(...ends) - Math.max(...boxes.map((box) => box.bottom)) - air
        : Math.max(...ends) - Math.min(...boxes.map((box) => box.top)) + air
    return lines.map((line) => ({ ...line, x, y: line.y + down }))
  }
  const name = above.map((line, i) =>
    label(0, i * LINE, line, 'small', { anchor: 'middle', tone: what.lost === null ? '' : 'dead' }),
  )
  const fields = below.map((line, i) => label(0, i * (LINE - 1), line, 'tiny', { anchor: 'middle', tone: 'pale' }))
  const both = [...name, ...fields.map((line) => moved(line, name.length * LINE))]
  const half = Math.max(...both.map((line) => boxOf(line).right))
  return middles(what, lanes, half).flatMap((x) =>
    [2, 5, 9].flatMap((air): Candidate[] => [
      {
        labels: [...block(name, x, 'above', air), ...(fields.length === 0 ? [] : block(fields, x, 'below', air))],
      },
      { labels: block(both, x, 'above', air) },
      { labels: block(both, x, 'below', air) },
    ]),
  )
}

/** Where the middle of a label can be that is to stand between two lanes: in the middle of its arrow first. */
function middles({ from, to }: MessageRow, lanes: Lanes, half: number): number[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  const centre = (xOf(lanes, from) + xOf(lanes, to)) / 2
  return Array.from({ length: high - low }, (_, k) => {
    const [left, right] = [xOf(lanes, low + k) + BESIDE + half, xOf(lanes, low + k + 1) - BESIDE - half]
    return Array.from({ length: 9 }, (_, part) => left + (part / 8) * Math.max(0, right - left))
  })
    .flat()
    .sort((one, other) => Math.abs(one - centre) - Math.abs(other - centre))
}

const extentOf = (boxes: readonly Box[], at: number): Box => ({
  left: Math.min(0, ...boxes.map(({ left }) => left)),
  right: Math.max(0, ...boxes.map(({ right }) => right)),
  top: Math.min(at, ...boxes.map(({ top }) => top)),
  bottom: Math.max(at, ...boxes.map(({ bottom }) => bottom)),
})
