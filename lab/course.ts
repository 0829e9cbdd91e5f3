import { setTimeout as pause } from 'node:timers/promises'
import { ENDS, type End } from '../spec/roaming.ts'
import type { Network, Stop } from './network.ts'

/** What a host does; what only some software does, only its experiments have. */
export type Deed =
  | { readonly does: 'moves'; readonly to: Stop }
  | { readonly does: 'probes'; readonly to: Stop }
  | { readonly does: 'hangs up' }
  | { readonly does: 'says something' }
  | { readonly does: 'pings' }
  | { readonly does: 'is translated'; readonly port: number }

/** What a host does, and when: seconds from when the session is there. */
export type Act = Deed & { readonly at: number; readonly host: End }

/** What happens in an experiment, in the order of its times. */
export type Course = readonly Act[]

export const moves = (at: number, host: End, to: Stop = 1): Act => ({ at, host, does: 'moves', to })
export const probes = (at: number, host: End, to: Stop): Act => ({ at, host, does: 'probes', to })
export const bothMove = (at: number): Course => ENDS.map((host) => moves(at, host))
export const hangsUp = (at: number, host: End): Act => ({ at, host, does: 'hangs up' })
export const says = (at: number, host: End): Act => ({ at, host, does: 'says something' })
export const pings = (at: number, host: End): Act => ({ at, host, does: 'pings' })
export const translates = (at: number, port: number): Act => ({ at, host: 'a', does: 'is translated', port })

/** How the hosts of an experiment do what they do. */
export type Powers = { readonly [D in Deed['does']]?: (host: End, deed: Extract<Deed, { does: D }>) => void }

const ORDINALS = ['first', 'second', 'third'] as const

function wordsOf(act: Act): string {
  if (act.does === 'moves') return `${act.host} moves to its ${ORDINALS[act.to]} network`
  if (act.does === 'probes') return `${act.host} joins its ${ORDINALS[act.to]} network as well, and probes from there`
  if (act.does === 'is translated') return `the translator gives ${act.host} port ${act.port}`
  return `${act.host} ${act.does}`
}

/** 'at 8 s a moves to its second network, b moves to its second network; at 18 s a hangs up'. */
export function timelineOf(course: Course): string {
  const times = [...new Set(course.map(({ at }) => at))]
  return times
    .map((at) => {
      const together = course.filter((act) => act.at === at)
      return `at ${at} s ${together.map(wordsOf).join(', ')}`
    })
    .join('; ')
}

/** Where a host goes, in order. */
export const stopsOf = (course: Course, host: End): Stop[] =>
  course.flatMap((act) => (act.does === 'moves' && act.host === host ? [act.to] : []))

/** Where each host is at last. */
export const lastStops = (course: Course): Readonly<Record<End, Stop>> => ({
  a: stopsOf(course, 'a').at(-1) ?? 0,
  b: stopsOf(course, 'b').at(-1) ?? 0,
})

/** Does what is to be done, each when its time has come. */
export async function follow(
  course: Course,
  { network, powers, tell }: { network: Network; powers: Powers; tell: (words: string) => void },
): Promise<void> {
  const began = Date.now()
  for (const act of course) {
    await pause(Math.max(0, act.at * 1000 - (Date.now() - began)))
    if (act.does === 'moves') network.move(act.host, act.to)
    if (act.does === 'probes') network.join(act.host, act.to)
    const how = powers[act.does] as ((host: End, deed: Deed) => void) | undefined
    how?.(act.host, act)
    tell(`${((Date.now() - began) / 1000).toFixed(1)} s: ${wordsOf(act)}.`)
  }
}
