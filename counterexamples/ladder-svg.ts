import type { Box, Label } from './label.ts'
import type { PlacedAxis } from './ladder-axis.ts'
import { CLOCK } from './ladder-band.ts'
import { EDGE, type LadderOptions, type Layout, type LegendEntry, layoutOf, type PlacedRow } from './ladder-layout.ts'
import { brief } from './ladder-rows.ts'
import { AXIS_STYLE, STYLE } from './ladder-style.ts'
import { sentence } from './sentence.ts'
import { captionOf, type Moment, type Story } from './story.ts'
import type { Drawn } from './time-axis.ts'
import { escapeXml } from './xml.ts'

/**
 * The ladder as SVG, made here without any library: a lane a node, time downwards. Bars show where each host is attached, broken
 * lines that it holds no address, hatching that it is wrong about the other; a lost packet ends in a cross at the address where it died.
 */
export function ladderSvg(story: Story, options: LadderOptions = {}): string {
  const layout = layoutOf(story, options)
  const { width, height } = layout
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="l" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escapeXml(captionOf(story))}</title>`,
    `<desc id="d">${escapeXml(`${sentence(story)} ${story.steps.map((step, i) => `${i + 1}. ${step.text}.`).join(' ')}`)}</desc>`,
    `<style>${STYLE}${layout.axis === null ? '' : AXIS_STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 1L9 5L0 9z"/></marker>',
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#c62828" stroke-width="2" opacity=".55"/></pattern></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...layout.lanes.map(({ head, headBox }) => `${rect('head-box', headBox, 4)}${text(head)}`),
    ...layout.lanes.flatMap(({ name, x }) => [
      ...stays(layout, name, x),
      ...wrong(layout, name, x),
      ...life(layout, name, x),
    ]),
    ...layout.labels.map(text),
    ...(layout.loop === null ? [] : [rect('loop', layout.loop.box, 8), text(layout.loop.label)]),
    ...(layout.axis === null ? [] : axis(layout.axis)),
    ...layout.rows.map(drawn),
    ...layout.rows.flatMap(({ beliefs }) => beliefs.map(text)),
    ...pointer(layout, options),
    ...layout.legend.map((entry) => sign(entry, layout.axis?.sample?.length ?? 0)),
    '</svg>',
    '',
  ].join('\n')
}

/** Where a host that moves is attached: a bar a stay. */
function stays(layout: Layout, lane: string, x: number): string[] {
  const spans = spansOf(layout, (moment) => moment.held[lane]?.join(', ') ?? '')
  if (spans.length < 2) return []
  return spans.filter(({ value }) => value !== '').map(({ top, bottom }) => rect('band', beside(x, 9, top, bottom), 7))
}

/** From the step at which a belief became false to the one that mends it. */
function wrong(layout: Layout, lane: string, x: number): string[] {
  const beliefs = (moment: Moment): readonly string[] =>
    moment.wrong.filter(({ holder }) => holder === lane).map((belief) => belief.text)
  return spansOf(layout, (moment) => beliefs(moment).map(brief).join('; '))
    .filter(({ value }) => value !== '')
    .map(({ top, bottom, moment }) => {
      const title = `<title>${escapeXml(beliefs(moment).join('; '))}</title>`
      return rect('stale', beside(x, 5, top, bottom)).replace('/>', `>${title}</rect>`)
    })
}

/** A lane's line, broken while its node holds no address. */
const life = (layout: Layout, lane: string, x: number): string[] =>
  spansOf(layout, (moment) => ((moment.held[lane] ?? []).length === 0 ? ' gap' : '')).map(
    ({ top, bottom, value }) => `<line class="life${value}" x1="${x}" y1="${n(top)}" x2="${x}" y2="${n(bottom)}"/>`,
  )

interface Span {
  readonly top: number
  readonly bottom: number
  readonly value: string
  /** The last of its moments. */
  readonly moment: Moment
}

/** The moments in runs of equal value, each from the step before it to the step after. */
function spansOf({ moments, rows, begin, end }: Layout, read: (moment: Moment) => string): Span[] {
  const spans: Span[] = []
  moments.forEach((moment, i) => {
    const value = read(moment)
    const bottom = rows[i]?.turn ?? end
    const last = spans.at(-1)
    if (last?.value === value) spans[spans.length - 1] = { ...last, bottom, moment }
    else spans.push({ top: rows[i - 1]?.turn ?? begin, bottom, value, moment })
  })
  return spans
}

function drawn({ text: words, aside, what, labels, pill, arrow, number }: PlacedRow, i: number): string {
  const parts: string[] = [text(number)]
  if (what.kind === 'note' && pill !== null) {
    parts.push(rect(`note note-${what.look}`, pill, 9))
    if (what.look === 'timer') parts.push(clock(pill.left + CLOCK, (pill.top + pill.bottom) / 2))
  }
  if (what.kind === 'message' && arrow !== null) {
    const { x1, y1, x2, y2 } = arrow
    const path = `d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}"`
    if (what.tunnel) parts.push(`<path class="tube" ${path}/>`)
    if (what.lost === null) parts.push(`<path class="msg" ${path} marker-end="url(#arrow)"/>`)
    else parts.push(`<path class="msg lost" ${path} stroke-dasharray="6 3"/>`, cross(x2, y2, 6))
  }
  for (const label of labels) parts.push(text(label))
  return `<g${aside ? ' class="aside"' : ''} data-step="${i}"><title>${escapeXml(words)}</title>${parts.join('')}</g>`
}

/** A box around the step that is pointed at; the words are the row's own. */
function pointer({ rows, width }: Layout, { mark }: LadderOptions): string[] {
  const row = mark === undefined ? undefined : rows[mark.step]
  if (row === undefined) return []
  return [rect('here-box', { left: EDGE / 2, right: width - EDGE / 2, top: row.top, bottom: row.bottom }, 6)]
}

/** @param sample of the axis of time, in pixels */
function sign({ sign: kind, label: words }: LegendEntry, sample: number): string {
  const [x, y] = [words.x - 22, words.y - 4]
  const box = { left: x, right: x + 14, top: y - 7, bottom: y + 7 }
  switch (kind) {
    case 'attached':
      return rect('band', box, 5) + text(words)
    case 'gap':
      return `<line class="life gap" x1="${x + 7}" y1="${n(y - 8)}" x2="${x + 7}" y2="${n(y + 8)}"/>${text(words)}`
    case 'stale':
      return rect('stale', { ...box, right: x + 10 }) + text(words)
    case 'belief':
      return text({ ...words, x: x + 14, words: '…?', style: 'tiny', anchor: 'end', tone: 'dead' }) + text(words)
    case 'cross':
      return cross(x + 7, y, 5) + text(words)
    case 'tunnel':
      return `<path class="tube" d="M${x - 4} ${n(y)}h20"/><path class="msg" d="M${x - 4} ${n(y)}h20"/>${text(words)}`
    case 'scale':
      return `<path class="axis" d="M${x + 3} ${n(y - sample / 2)}h8m-4 0v${n(sample)}m-4 0h8"/>${text(words)}`
    case 'folded':
      return stretch(x + 7, y - 10, y + 10, 'folded') + text(words)
    case 'widened':
      return stretch(x + 7, y - 10, y + 10, 'widened') + text(words)
    case 'standing':
      return stretch(x + 7, y - 10, y + 10, 'standing still') + text(words)
    case 'aside':
    case 'number':
      return text(words)
  }
}

/** Time goes down: a tick an instant, and a mark on what is not to scale. */
const axis = ({ x, ticks, stretches }: PlacedAxis): string[] => [
  ...stretches.map(({ top, bottom, drawn }) => stretch(x, top, bottom, drawn)),
  ...ticks.map(({ y, label }) => `<path class="axis" d="M${n(x - 4)} ${n(y)}h8"/>${text(label)}`),
  ...stretches.flatMap(({ label }) => (label === null ? [] : [text(label)])),
]

function stretch(x: number, top: number, bottom: number, drawn: Drawn): string {
  const middle = (top + bottom) / 2
  const path = (style: string, d: string): string => `<path class="axis${style}" d="M${n(x)} ${n(top)}${d}"/>`
  switch (drawn) {
    case 'to scale':
      return path('', `V${n(bottom)}`)
    case 'folded':
      return path('', `V${n(middle - 6)}l-5 2l10 4l-10 4l5 2V${n(bottom)}`)
    case 'widened':
      return path(' axis-widened', `V${n(bottom)}`)
    case 'standing still':
      return path(' axis-standing', `V${n(bottom)}`)
  }
}

const beside = (x: number, half: number, top: number, bottom: number): Box => ({
  left: x - half,
  right: x + half,
  top,
  bottom,
})

const cross = (x: number, y: number, size: number): string =>
  `<path class="cross" d="M${n(x - size)} ${n(y - size)}l${2 * size} ${2 * size}M${n(x + size)} ${n(y - size)}l${-2 * size} ${2 * size}"/>`

const clock = (x: number, y: number): string =>
  `<path class="clock" d="M${n(x)} ${n(y - 5)}a5 5 0 1 0 .01 0M${n(x)} ${n(y - 2.5)}v3l2.4 1.6"/>`

const rect = (style: string, { left, right, top, bottom }: Box, round = 0): string =>
  `<rect class="${style}" x="${n(left)}" y="${n(top)}" width="${n(right - left)}" height="${n(bottom - top)}"${round === 0 ? '' : ` rx="${round}"`}/>`

const text = ({ x, y, words, style, anchor, tone }: Label): string =>
  `<text x="${n(x)}" y="${n(y)}" class="${style}${tone === '' ? '' : ` ${tone}`}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escapeXml(words)}</text>`

/** A tenth of a pixel is enough. */
const n = (value: number): number => Math.round(value * 10) / 10
