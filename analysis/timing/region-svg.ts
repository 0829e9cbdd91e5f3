import type { Bounds } from './bounds.ts'
import { conjunction } from './linear.ts'
import { intervalText } from './parameters.ts'

const WIDTH = 640
const HEIGHT = 520
const LEFT = 90
const TOP = 60
const RIGHT = 24
const BOTTOM = 70
/** Of the words below it. */
const LINE = 16

/** Where a property holds, as a picture of two parameters: the first goes to the right, the second upwards; one cell a point of the grid. */
export function regionSvg(found: Bounds): string {
  const { target, scenario, property, parameters, verdicts } = found
  const words = wordsOf(found)
  const all = HEIGHT + LINE * words.length
  const [across, up] = parameters
  if (across === undefined || up === undefined) throw new Error('A region is drawn of two parameters.')
  const sizeOf = ({ from, to, step }: typeof across): number => Math.floor((to - from) / step) + 1
  const [columns, rows] = [sizeOf(across), sizeOf(up)]
  const [wide, high] = [(WIDTH - LEFT - RIGHT) / columns, (HEIGHT - TOP - BOTTOM) / rows]
  const x = (column: number): number => LEFT + column * wide
  const y = (row: number): number => HEIGHT - BOTTOM - (row + 1) * high
  const cells: string[] = []
  for (let column = 0; column < columns; column++) {
    // Points of one verdict above each other are one rectangle.
    for (let row = 0; row < rows; ) {
      const verdict = verdicts[column * rows + row]
      let end = row
      while (end < rows && verdicts[column * rows + end] === verdict) end++
      const style = verdict === null ? 'unknown' : verdict ? 'holds' : 'fails'
      cells.push(
        `<rect class="${style}" x="${n(x(column))}" y="${n(y(end - 1))}" width="${n(wide)}" height="${n((end - row) * high)}"/>`,
      )
      row = end
    }
  }
  // As many of equal distance as go in, and the last.
  const ticks = (size: number): number[] => {
    const apart = [4, 5, 3, 2, 6].find((parts) => (size - 1) % parts === 0)
    const every = apart === undefined ? Math.ceil((size - 1) / 4) || 1 : (size - 1) / apart || 1
    return Array.from({ length: size }, (_, i) => i).filter((i) => i % every === 0)
  }
  const caption = `${target} · ${scenario}, timed · ${property}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${all}" viewBox="0 0 ${WIDTH} ${all}" role="img" aria-labelledby="t">`,
    `<title id="t">${escaped(caption)}</title>`,
    '<style>rect{shape-rendering:crispEdges}text{font:13px system-ui,sans-serif;fill:#222}.small{font-size:11px}.holds{fill:#8fc79a}.fails{fill:#e9a5a0}.unknown{fill:#ddd}.frame{fill:none;stroke:#444}</style>',
    `<rect width="${WIDTH}" height="${all}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22">${escaped(`${target} · ${scenario}, timed`)}</text>`,
    `<text x="${LEFT}" y="42">${escaped(property)}</text>`,
    ...['holds', 'fails'].map((verdict, i) => {
      const x = WIDTH - RIGHT - 120 + 66 * i
      return `<rect class="${verdict}" x="${x}" y="34" width="12" height="12"/><text class="small" x="${x + 18}" y="44">${verdict}</text>`
    }),
    ...cells,
    `<rect class="frame" x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"/>`,
    ...ticks(columns).map(
      (k) =>
        `<text class="small" text-anchor="middle" x="${n(x(k) + wide / 2)}" y="${HEIGHT - BOTTOM + 16}">${across.from + k * across.step}</text>`,
    ),
    ...ticks(rows).map(
      (k) =>
        `<text class="small" text-anchor="end" x="${LEFT - 6}" y="${n(y(k) + high / 2 + 4)}">${up.from + k * up.step}</text>`,
    ),
    `<text text-anchor="middle" x="${n(LEFT + (WIDTH - LEFT - RIGHT) / 2)}" y="${HEIGHT - 28}">${escaped(across.name)} (ms)</text>`,
    `<text text-anchor="middle" transform="translate(26 ${n(TOP + (HEIGHT - TOP - BOTTOM) / 2)}) rotate(-90)">${escaped(up.name)} (ms)</text>`,
    ...words.map((line, i) => `<text class="small" x="${LEFT}" y="${HEIGHT + LINE * i}">${escaped(line)}</text>`),
    '</svg>',
    '',
  ].join('\n')
}

/** What is said in words below it, so that the picture can be understood alone. */
function wordsOf({ summary, shows, parameters, given }: Bounds): string[] {
  const names = parameters.map(({ name }) => name)
  const told = Object.entries(given).map(([name, interval]) => `${name}=${intervalText(interval)}`)
  return [
    ...(summary.length === 0 ? [`${shows} nowhere`] : []),
    ...summary.map(
      (forms, i) => `${i === 0 ? shows : 'or'} ${forms.length > 0 ? 'where ' : ''}${conjunction(forms, names)}`,
    ),
    ...(told.length === 0 ? [] : [`given: ${told.join(', ')}`]),
  ]
}

const n = (value: number): string => String(Math.round(value * 100) / 100)

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
