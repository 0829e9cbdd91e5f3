import type { Bounds } from './bounds.ts'

const WIDTH = 640
const HEIGHT = 520
const LEFT = 90
const TOP = 60
const RIGHT = 24
const BOTTOM = 70

/** Where a property holds, as a picture of two parameters: the first goes to the right, the second upwards; one cell a point of the grid. */
export function regionSvg({ target, scenario, property, parameters, verdicts }: Bounds): string {
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
  const ticks = (size: number): number[] => [
    ...new Set([0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * (size - 1)))),
  ]
  const caption = `${target} · ${scenario}, timed · ${property}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="t">`,
    `<title id="t">${escaped(caption)}</title>`,
    '<style>rect{shape-rendering:crispEdges}text{font:13px system-ui,sans-serif;fill:#222}.small{font-size:11px}.holds{fill:#8fc79a}.fails{fill:#e9a5a0}.unknown{fill:#ddd}.frame{fill:none;stroke:#444}</style>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24">${escaped(caption)}</text>`,
    `<rect class="holds" x="${LEFT}" y="34" width="12" height="12"/><text class="small" x="${LEFT + 18}" y="44">holds</text>`,
    `<rect class="fails" x="${LEFT + 70}" y="34" width="12" height="12"/><text class="small" x="${LEFT + 88}" y="44">fails</text>`,
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
    '</svg>',
    '',
  ].join('\n')
}

const n = (value: number): string => String(Math.round(value * 100) / 100)

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
