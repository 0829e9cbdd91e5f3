import type { Plotted } from './figure.ts'

/** A chart in words: each curve at the inner point that was asked for, or at its ends. */
export function inWords({ x, y, curves, at, notes }: Plotted): string {
  const told = ([place, value]: readonly [number, number]): string =>
    `${place.toPrecision(3)} → ${Number(value.toPrecision(4))}`
  const rows = curves.map(({ name, points, as }) => {
    if (as === 'bar') return `  ${name}: ${points.map(([end]) => end).join(' to ')}`
    const wanted = at === null ? [points[0]!, points.at(-1)!] : points.filter(([place]) => place === at)
    return `  ${name}: ${wanted.map(told).join(', ')}`
  })
  return [`${x.label}${y.label === '' ? '' : ` → ${y.label}`}`, ...rows, ...notes, ''].join('\n')
}
