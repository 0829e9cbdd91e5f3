import { mappings } from '../../conform/judge.ts'
import type { Mapping } from '../../conform/mapping.ts'
import type { LogLine, Mapped, Seen } from '../../conform/observation.ts'
import { type Change, changed } from './judged.ts'

// Mappings that are broken in one way.

export const mapped = (protocol: string, change: (mapped: Mapped, lines: readonly LogLine[]) => Mapped): Mapping => {
  const mapping = mappings[protocol]!
  return { ...mapping, map: (lines, latency) => change(mapping.map(lines, latency), lines) }
}
export const each =
  (change: (seen: Seen) => Seen) =>
  (all: Mapped): Mapped => ({ ...all, seen: all.seen.map(change) })
export const without = (...fields: readonly string[]) =>
  each((seen) => ({
    ...seen,
    fields: Object.fromEntries(Object.entries(seen.fields).filter(([name]) => !fields.includes(name))),
  }))
export const as = (kind: string, other: string) =>
  each((seen) => (seen.kind === kind ? { ...seen, kind: other } : seen))
export const noReturns = (all: Mapped): Mapped => ({
  ...all,
  stops: Object.fromEntries(Object.entries(all.stops).map(([host, stops]) => [host, [...new Set(stops)]])),
})
export const swapped = (place: string) => place.replace(/^[ab]/, (end) => (end === 'a' ? 'b' : 'a'))
export const read = (protocol: string, change: Change): Mapping => {
  const mapping = mappings[protocol]!
  return { ...mapping, map: (lines, latency) => mapping.map(changed(lines, change), latency) }
}
export const inOnePlace = (all: Mapped): Mapped => ({
  ...all,
  seen: all.seen.map((seen) => ({
    ...seen,
    source: seen.source?.replace(/\d$/, '0'),
    destination: seen.destination?.replace(/\d$/, '0'),
  })),
  stops: Object.fromEntries(Object.entries(all.stops).map(([host, stops]) => [host, stops.slice(0, 1)])),
})
export const backwards = (all: Mapped): Mapped => ({
  ...all,
  seen: all.seen.map(({ source, destination, ...seen }) => ({
    ...seen,
    source: destination,
    destination: source ?? destination,
  })),
})
export const renamed = (all: Mapped): Mapped => ({
  ...all,
  seen: all.seen.map((seen) => ({
    ...seen,
    source: seen.source && swapped(seen.source),
    destination: seen.destination && swapped(seen.destination),
  })),
  stops: { a: all.stops.b!, b: all.stops.a! },
})
