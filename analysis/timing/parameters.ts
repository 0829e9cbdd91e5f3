import type { Internet } from '../../spec/internet/compose.ts'
import {
  blackoutOf,
  type Interval,
  latencyOf,
  outageOf,
  overlapOf,
  stayOf,
  type Timing,
  usualTiming,
} from '../../spec/internet/timing.ts'
import { errors } from '../errors.ts'

/** Something that takes time, by the name that it is given by: `d(west-1,home-b)`, `blackout(a)`, `Timer B`. */
export interface Parameter {
  readonly name: string
  /** In milliseconds; null: without end. */
  readonly interval: Interval
  /** What it is, or, for a timer, paper or RFC section. */
  readonly source: string
}

/** What is given instead of the usual, by the name of the parameter. */
export type Given = Readonly<Record<string, Interval>>

/** Names that stand for several parameters at once. */
const ALL_OF: Readonly<Record<string, RegExp>> = {
  d: /^d\(/,
  blackout: /^blackout\(/,
  overlap: /^overlap\(/,
  leaves: /^leaves\(/,
  stays: /^stays\(/,
}

/** What may be given of a variant in a scenario, each with what it is otherwise. */
export function parametersOf({ layout }: Internet, timing: Timing = usualTiming): Parameter[] {
  const { scenario, topology } = layout
  const { nodes, networks } = topology
  const moving = nodes.filter((n) => n.mobile)
  const several = moving.filter((n) => n.stops.length > 2)
  const timers = new Map(
    nodes.flatMap((n) =>
      Object.entries(n.role.timers ?? {})
        .filter(([timer]) => scenario.timers[timer] !== 'never' && scenario.timers[timer] !== 'at will')
        .map(
          ([timer, { milliseconds, lasts, source }]) =>
            [
              timer,
              { interval: timing.timers?.[timer] ?? lasts ?? ([milliseconds, milliseconds] as const), source },
            ] as const,
        ),
    ),
  )
  return [
    ...networks.flatMap((from) =>
      networks.map((to) => ({
        name: `d(${from},${to})`,
        interval: latencyOf(timing, from, to),
        source: `one way, from ${from} to ${to}`,
      })),
    ),
    ...moving.map(({ name }) => ({
      name: `leaves(${name})`,
      interval: stayOf(timing, name, 0),
      source: `when ${name} leaves its first network`,
    })),
    ...several.map(({ name }) => ({
      name: `stays(${name})`,
      interval: stayOf(timing, name, 1),
      source: `how long ${name} stays in each network after the first`,
    })),
    ...(scenario.movement === 'phased'
      ? moving.map(({ name }) => ({
          name: `blackout(${name})`,
          interval: blackoutOf(timing, name),
          source: `from ${name}'s detaching to its attaching`,
        }))
      : []),
    ...(scenario.movement === 'make-before-break'
      ? moving.map(({ name }) => ({
          name: `overlap(${name})`,
          interval: overlapOf(timing, name),
          source: `how long ${name} keeps an old address beside the new one`,
        }))
      : []),
    ...(nodes.some((n) => n.crashes > 0)
      ? [{ name: 'outage', interval: outageOf(timing), source: 'from a crash until the node is back' }]
      : []),
    ...[...timers].map(([name, timer]) => ({ name, ...timer })),
  ]
}

/**
 * Each name is one of these parameters, or stands for several of them.
 *
 * @throws InputError naming the first that is not
 */
export function mustBeKnown(names: readonly string[], parameters: readonly Parameter[]): void {
  const unknown = names.find((name) => !parameters.some((one) => standsFor(name, one.name)))
  if (unknown === undefined) return
  const known = parameters.map((one) => one.name)
  throw errors.noParameter(unknown, known)
}

/** Whether a name that is given is a parameter's, or stands for it among others. */
export const standsFor = (name: string, parameter: string): boolean =>
  name === parameter || ALL_OF[name]?.test(parameter) === true

/** The usual times but for what is given. What is said of one alone goes before what is said of all. */
export function timingWith(given: Given, timing: Timing = usualTiming): Timing {
  return Object.entries(given)
    .sort(([one], [other]) => Number(one in ALL_OF ? 0 : 1) - Number(other in ALL_OF ? 0 : 1))
    .reduce<Timing>((before, [name, interval]) => withOne(before, name, interval), timing)
}

function withOne(timing: Timing, name: string, interval: Interval): Timing {
  const [, of, about] = /^(d|blackout|overlap|leaves|stays)(?:\((.*)\))?$/.exec(name) ?? []
  switch (of) {
    case 'd':
      return about === undefined
        ? { ...timing, latency: interval }
        : { ...timing, latencies: { ...timing.latencies, [about.replace(/,\s*/, '>')]: interval } }
    case 'blackout':
      return about === undefined
        ? { ...timing, blackout: interval }
        : { ...timing, blackouts: { ...timing.blackouts, [about]: interval } }
    case 'overlap':
      return about === undefined
        ? { ...timing, overlap: interval }
        : { ...timing, overlaps: { ...timing.overlaps, [about]: interval } }
    case 'leaves':
    case 'stays':
      return { ...timing, [of]: { ...timing[of], [about ?? '*']: interval } }
  }
  if (name === 'outage') return { ...timing, outage: interval }
  return { ...timing, timers: { ...timing.timers, [name]: interval } }
}

/** As it is written on the command line. */
export const intervalText = ([earliest, latest]: Interval): string =>
  earliest === latest ? String(earliest) : `${earliest}..${latest ?? ''}`
