import type { Curve, Plotted } from './figure.ts'

/** Pixels. */
const [WIDTH, HEIGHT] = [820, 420]
const LEGEND = 270
const [BAR, NOTE] = [34, 16]
/** Characters of a note in a line. */
const LINE = 118

/** Told apart by those who see no red or no green as well (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00']

/** What of Observable Plot is used: a page takes no more of it along. */
export type Plot = Pick<typeof import('@observablehq/plot'), 'plot' | 'line' | 'dot' | 'barX' | 'ruleX'>
type Drawing = NonNullable<NonNullable<Parameters<Plot['plot']>[0]>['document']>

/**
 * A chart as SVG, drawn by Observable Plot into a document: a browser's own, or one that is made (`draw.ts`).
 *
 * @param title above it
 */
export function drawnIn(document: Drawing, plot: Plot, plotted: Plotted, title: string): string {
  const isBars = plotted.curves.some(({ as }) => as === 'bar')
  const [xs, ys] = [0, 1].map((i) => plotted.curves.flatMap(({ points }) => points.map((point) => point[i]!)))
  const groups = [...new Set(plotted.curves.map(groupOf))]
  const colourOf = (curve: Curve): string => COLOURS[groups.indexOf(groupOf(curve)) % COLOURS.length]!
  const svg = plot.plot({
    document,
    width: WIDTH,
    height: isBars ? 90 + BAR * plotted.curves.length : HEIGHT,
    marginLeft: isBars ? 300 : 64,
    marginRight: isBars ? 40 : LEGEND + 10,
    marginBottom: 44,
    style: { fontSize: '12px', background: 'white', fontFamily: 'Helvetica, Arial, sans-serif' },
    x: {
      label: plotted.x.label,
      labelAnchor: 'center',
      type: plotted.x.log === true ? 'log' : 'linear',
      grid: true,
      ...ticks(plotted.x.log, xs!),
    },
    y: isBars
      ? { label: null, domain: plotted.curves.map(({ name }) => name) }
      : {
          label: plotted.y.label,
          type: plotted.y.log === true ? 'log' : 'linear',
          grid: true,
          ...ticks(plotted.y.log, ys!),
        },
    marks: isBars
      ? plotted.curves.map((curve) =>
          plot.barX([curve], {
            x1: curve.points[0]![0],
            x2: curve.points[1]![0],
            y: 'name',
            fill: curve.is === 'right' ? COLOURS[0]! : '#bbb',
            insetTop: 5,
            insetBottom: 5,
          }),
        )
      : [
          ...plotted.curves.map((curve) => {
            const given = { x: '0', y: '1', stroke: colourOf(curve) }
            return curve.as === 'points'
              ? plot.dot(curve.points, { ...given, symbol: 'times', r: 5, strokeWidth: 2 })
              : plot.line(curve.points, {
                  ...given,
                  strokeWidth: 1.8,
                  ...(curve.is === 'printed' && { strokeDasharray: '5 4' }),
                })
          }),
          ...(plotted.at === null ? [] : [plot.ruleX([plotted.at], { stroke: '#555', strokeDasharray: '2 3' })]),
        ],
  }) as unknown as Element
  const legend = isBars ? '' : legendOf(plotted.curves, colourOf)
  return framed(svg.innerHTML, Number(svg.getAttribute('height')), title, plotted.notes.flatMap(inLines), legend)
}

/** What of the browser's elements is asked for. */
interface Element {
  readonly innerHTML: string
  getAttribute(name: string): string
}

const groupOf = ({ group, name }: Curve): string => group ?? name

/** A logarithmic axis: labels at powers of ten, and 2 and 5 between them, in plain numbers. */
function ticks(log: boolean | undefined, values: readonly number[]) {
  if (log !== true) return {}
  const [least, most] = [Math.min(...values), Math.max(...values)]
  let count = 0
  for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10)
    for (let digit = 1; digit < 10; digit++) if (digit * power >= least && digit * power <= most) count++
  // D3 drops labels when fewer ticks are asked for, and divides further when more are.
  return { ticks: 2 * count, tickFormat: ticked }
}
const ticked = (value: number): string =>
  /^[125]/.test(value.toExponential()) ? String(Number(value.toPrecision(2))) : ''

/** Beside the chart, in the order of the curves. */
const legendOf = (curves: readonly Curve[], colourOf: (curve: Curve) => string): string =>
  curves
    .map((curve, i) => {
      const y = 28 + 19 * i
      const mark =
        curve.as === 'points'
          ? `<text x="${WIDTH - LEGEND + 7}" y="${y + 4}" fill="${colourOf(curve)}" font-weight="bold">×</text>`
          : `<line x1="${WIDTH - LEGEND}" x2="${WIDTH - LEGEND + 24}" y1="${y}" y2="${y}" stroke="${colourOf(curve)}" stroke-width="1.8"${curve.is === 'printed' ? ' stroke-dasharray="5 4"' : ''}/>`
      return `${mark}<text x="${WIDTH - LEGEND + 30}" y="${y + 4}">${escaped(curve.name)}</text>`
    })
    .join('')

/** A picture of its own, with its title above and its notes below. */
function framed(inside: string, height: number, title: string, notes: readonly string[], legend: string): string {
  const top = 36
  const all = top + height + 8 + NOTE * notes.length + (notes.length > 0 ? 8 : 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${all}" viewBox="0 0 ${WIDTH} ${all}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">`,
    `<title>${escaped(title)}</title><rect width="${WIDTH}" height="${all}" fill="white"/>`,
    `<text x="16" y="24" font-size="14" font-weight="bold">${escaped(title)}</text>`,
    `<g transform="translate(0 ${top})" fill="currentColor"><g text-anchor="middle">${inside.replace(/<style>[\s\S]*?<\/style>/, '')}</g>${legend}</g>`,
    ...notes.map((note, i) => `<text x="16" y="${top + height + 16 + NOTE * i}" fill="#444">${escaped(note)}</text>`),
    '</svg>',
    '',
  ].join('\n')
}

function inLines(note: string): string[] {
  const lines = ['']
  for (const word of note.split(' ')) {
    const last = lines.at(-1)!
    if (`${last} ${word}`.length > LINE) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
