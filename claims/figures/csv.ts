import { flightsOf, nameOf, type Story } from '../../counterexamples/story.ts'
import type { Plotted } from './figure.ts'

const field = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const lines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(field).join(',')}\n`).join('')

/** Digits that are kept: more than a paper prints, and the same on every machine. */
const rounded = (value: number): number => Number(value.toPrecision(9))

/** A chart's numbers, a row each. */
export const chartCsv = ({ curves, x, y }: Plotted): string =>
  lines([
    ['curve', 'is', x.label, y.label],
    ...curves.flatMap(({ name, is, points }) => points.map((point) => [name, is, ...point.map(rounded)])),
  ])

/** A run's messages, in the order in which they end. */
export const flowCsv = (story: Story): string =>
  lines([
    ['step', 'message', 'from', 'to', 'lost because'],
    ...[...flightsOf(story)].map(([step, { packet, from, to, lostBecause }]) => [
      step + 1,
      nameOf(packet),
      from,
      to ?? packet.destination,
      lostBecause,
    ]),
  ])
