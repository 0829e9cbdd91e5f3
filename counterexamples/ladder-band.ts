import { around, type Box, boxOf, FONTS, type Label, label, meets, type Style } from './label.ts'
import type { BeliefLabel, Happening, LadderRow, LadderRows } from './ladder-rows.ts'
import { shortened, textWidth, wrapped } from './text-width.ts'

/**
 * One step of a ladder in a band of its own: everything that it says, around the height 0 at which it happens. A label that would cover
 * something else in the band moves up until it is clear, and the band is as high as it then has to be.
 */
export interface Band {
  readonly labels: readonly Label[]
  /** Of the beliefs that the step makes false. */
  readonly beliefs: readonly Label[]
  readonly pill: Box | null
  readonly arrow: Arrow | null
  /** All of it. */
  readonly extent: Box
}

export interface Arrow {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Where the lanes are. */
export interface Lanes {
  readonly count: number
  readonly first: number
  readonly gap: number
}

/** From a lane to what stands beside it: clear of the bar that shows where it is attached. */
export const BESIDE = 14
/** In a pill, before its words. */
export const CLOCK = 15
/** How far an arrow falls on its way: time goes down. */
const DROP = 8
/** A lost packet ends so far from the lane that it was for. */
export const SHORT = 22
export const LINE = 12
/** Between a label and anything else. */
export const AIR = 2.5
/** No two lanes are farther from each other, but for what they are called. */
const WIDEST = 290
/** Labels outside of the outer lanes are broken at this width. */
const OUTSIDE = 230

/** The widest line of a label between two lanes. */
export const room = ({ gap }: Lanes): number => gap - 2 * BESIDE - 4

/** From lane to lane: as far as the widest label between two of them needs, but for very long ones, which are broken. */
export function gapFor({ lanes, rows, atFirst, moments }: LadderRows): number {
  const inner = (lane: number): boolean => lane > 0 && lane < lanes.length - 1
  const beside = 2 * BESIDE + 4
  const beliefs = (labels: readonly BeliefLabel[]): number[] =>
    labels.flatMap(({ lane, words }) => (inner(lane) ? words.map((line) => textWidth(line, FONTS.tiny) + beside) : []))
  const happenings = ({ what }: LadderRow): number[] => {
    if (what.kind === 'point') return []
    if (what.kind === 'note') return inner(what.lane) ? [textWidth(what.words, FONTS.small) + 18 + CLOCK + beside] : []
    const ends = Math.abs(what.to - what.from) === 1 ? 10 + SHORT + 16 : beside
    return [Math.max(textWidth(what.name, FONTS.small), textWidth(what.detail, FONTS.tiny)) + ends]
  }
  const needed = rows.flatMap((row) => [...happenings(row), ...beliefs(row.beliefs)])
  const named = lanes.flatMap((lane) => [
    textWidth(shortened(lane, FONTS.head), FONTS.head) + 34,
    textWidth(shortened(moments[0]!.held[lane]?.join(', ') ?? '', FONTS.small), FONTS.small) + BESIDE + 16,
  ])
  const least = lanes.length <= 2 ? 240 : lanes.length === 3 ? 190 : 150
  return Math.ceil(Math.max(least, ...named, Math.min(WIDEST, Math.max(0, ...needed, ...beliefs(atFirst)))))
}

export function bandOf(
  { what, beliefs }: Pick<LadderRow, 'what' | 'beliefs'>,
  lanes: Lanes,
  mark: string | null,
): Band {
  return cleared(happening(what, lanes), beliefs, lanes, mark)
}

/** The band before the first step: which address each node holds, and who is wrong from the beginning. */
export function firstBand({ lanes: names, moments, atFirst }: LadderRows, lanes: Lanes): Band {
  const labels = names.flatMap((name, lane): Label[] => {
    const held = moments[0]!.held[name] ?? []
    if (held.length === 0) return []
    const words = shortened(held.join(', '), FONTS.small)
    const stays = moments.every((moment) => String(moment.held[name]) === String(held))
    // Later addresses of those that move are told by the moves.
    return stays
      ? [label(xOf(lanes, lane), -16, words, 'small', { anchor: 'middle', tone: 'pale' })]
      : [label(xOf(lanes, lane) + BESIDE, 0, words, 'small')]
  })
  return cleared({ labels, pill: null, arrow: null }, atFirst, lanes, null)
}

/** What stands where it has to, and then the labels that can move. */
function cleared(placed: Placed, beliefs: readonly BeliefLabel[], lanes: Lanes, mark: string | null): Band {
  const { labels, pill, arrow } = placed
  const taken = [...labels.map(boxOf), ...(pill === null ? [] : [pill]), ...(arrow === null ? [] : [boxAround(arrow)])]
  const clear = (lines: readonly Label[]): Label[] => {
    for (let up = 0; ; up += 2) {
      const lifted = lines.map((line) => ({ ...line, y: line.y - up }))
      if (lifted.some((line) => taken.some((box) => meets(boxOf(line), box, AIR)))) continue
      taken.push(...lifted.map(boxOf))
      return lifted
    }
  }
  const wrong = beliefs.flatMap((belief) => clear(beliefLines(belief, lanes)))
  const pointer = mark === null ? [] : clear([label(xOf(lanes, lanes.count - 1) + BESIDE, 3.5, mark, 'mark')])
  return { labels: [...labels, ...pointer], beliefs: wrong, pill, arrow, extent: around(taken) }
}

type Placed = Pick<Band, 'labels' | 'pill' | 'arrow'>

function happening(what: Happening, lanes: Lanes): Placed {
  switch (what.kind) {
    case 'note':
      return note(what, lanes)
    case 'message':
      return message(what, lanes)
    case 'point':
      return { labels: pointLines(what, lanes), pill: null, arrow: null }
  }
}

export function pointLines({ lane, words, lost }: Extract<Happening, { kind: 'point' }>, lanes: Lanes): Label[] {
  const lines = wrapped(words, FONTS.small, room(lanes))
  return stacked(lines, xOf(lanes, lane) + BESIDE, 'small', 'start', lost ? 'dead' : '')
}

/** A pill beside its lane: to the left of the first one, and to the right of all others, but where it is asked for elsewhere. */
export function note(
  { lane, words, look }: Extract<Happening, { kind: 'note' }>,
  lanes: Lanes,
  toTheLeft = lane === 0,
): Placed & { readonly pill: Box } {
  const before = look === 'timer' ? CLOCK : 0
  const outside = lane === 0 || lane === lanes.count - 1
  const lines = wrapped(words, FONTS.small, (outside ? OUTSIDE : room(lanes)) - 16 - before)
  const width = Math.max(...lines.map((line) => textWidth(line, FONTS.small))) + 18 + before
  const left = toTheLeft ? xOf(lanes, lane) - BESIDE - width : xOf(lanes, lane) + BESIDE
  const half = (lines.length * LINE + 7) / 2
  return {
    labels: stacked(lines, left + before + (width - before) / 2, 'small', 'middle', look),
    pill: { left, right: left + width, top: -half, bottom: half },
    arrow: null,
  }
}

/** An arrow with its name above and the fields that matter below; where a packet died stands beyond the lane that it was for. */
function message({ from, to, name, detail, lost }: Extract<Happening, { kind: 'message' }>, lanes: Lanes): Placed {
  const way = to > from ? 1 : -1
  const arrow: Arrow = {
    x1: xOf(lanes, from) + way * 10,
    y1: -DROP / 2,
    x2: xOf(lanes, to) - way * (lost === null ? 11 : SHORT),
    y2: DROP / 2,
  }
  // Between two lanes, the middle ones: a label on a lane could not be read.
  const span = Math.abs(to - from)
  const x =
    span === 1 ? (arrow.x1 + arrow.x2) / 2 : xOf(lanes, from) + way * (Math.floor((span - 1) / 2) + 0.5) * lanes.gap
  const lineAt = (at: number): number => arrow.y1 + ((at - arrow.x1) / (arrow.x2 - arrow.x1)) * DROP
  const most = span === 1 ? Math.abs(arrow.x2 - arrow.x1) - 12 : room(lanes)
  const [above, below] = [wrapped(name, FONTS.small, most), detail === '' ? [] : wrapped(detail, FONTS.tiny, most)]
  const half = (lines: readonly string[], style: Style): number =>
    Math.max(0, ...lines.map((line) => textWidth(line, FONTS[style]))) / 2
  const [upper, lower] = [half(above, 'small'), half(below, 'tiny')]
  const over = Math.min(lineAt(x - upper), lineAt(x + upper)) - 4.5
  const under = Math.max(lineAt(x - lower), lineAt(x + lower)) + 11
  const tone = lost === null ? '' : 'dead'
  const where = lost === null ? [] : wrapped(lost, FONTS.tiny, beyond(lanes, to, way))
  return {
    labels: [
      ...above.map((line, i) =>
        label(x, over - (above.length - 1 - i) * LINE, line, 'small', { anchor: 'middle', tone }),
      ),
      ...below.map((line, i) => label(x, under + i * (LINE - 1), line, 'tiny', { anchor: 'middle', tone: 'pale' })),
      ...stacked(where, xOf(lanes, to) + way * BESIDE, 'tiny', way > 0 ? 'start' : 'end', 'dead', arrow.y2),
    ],
    pill: null,
    arrow,
  }
}

/** How much room there is beyond a lane, the way that a packet went. */
export const beyond = (lanes: Lanes, lane: number, way: number): number =>
  lane + way < 0 || lane + way >= lanes.count ? OUTSIDE : room(lanes)

/** To the left of its lane, and of the last lane to the right: a line a belief. */
export function beliefLines({ lane, words }: BeliefLabel, lanes: Lanes): Label[] {
  const last = lane === lanes.count - 1 && lane > 0
  const most = last || lane === 0 ? OUTSIDE : room(lanes)
  const lines = words.flatMap((belief) => wrapped(belief, FONTS.tiny, most))
  const x = xOf(lanes, lane) + (last ? BESIDE : -BESIDE)
  return stacked(lines, x, 'tiny', last ? 'start' : 'end', 'dead')
}

/** Lines on top of each other, around the height `at`. */
export function stacked(
  lines: readonly string[],
  x: number,
  style: Style,
  anchor: Label['anchor'],
  tone: string,
  at = 0,
): Label[] {
  const first = at + 3.5 - ((lines.length - 1) * LINE) / 2
  return lines.map((line, i) => label(x, first + i * LINE, line, style, { anchor, tone }))
}

export const xOf = ({ first, gap }: Lanes, lane: number): number => first + lane * gap

/** An arrow, with its head or its cross. */
const boxAround = ({ x1, x2, y1, y2 }: Arrow): Box => ({
  left: Math.min(x1, x2) - 7,
  right: Math.max(x1, x2) + 7,
  top: y1 - 1,
  bottom: y2 + 6,
})
