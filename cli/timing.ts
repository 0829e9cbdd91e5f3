import type { Command } from 'commander'
import type { Given } from '../analysis/timing/parameters.ts'
import type { Interval } from '../spec/internet/timing.ts'
import { several } from './command.ts'
import { errors } from './errors.ts'

export interface TimeFlags {
  readonly timed?: boolean
  readonly given?: readonly string[]
}

/** With a clock, and what takes how long: alike in every command that searches. */
export const withTime = (command: Command): Command =>
  command
    .option('--timed', 'with a clock: latencies, handoffs and timers take as long as they do')
    .option(
      '--given <name=ms>',
      "with a clock, and this takes so long: d=10..40, d(west-1,east-1)=25, blackout(a)=500, leaves(b)=0.. or a timer's name (repeatable)",
      several,
    )

/** What is given of time; nothing where it is asked without a clock. */
export function givenBy({ timed, given = [] }: TimeFlags): { readonly time?: Given } {
  if (timed !== true && given.length === 0) return {}
  const intervals = given.map((text) => intervalIn('--given', text))
  const names = intervals.map(([name]) => name)
  const again = names.find((name, i) => names.indexOf(name) !== i)
  if (again !== undefined) throw errors.givenTwice(again)
  return { time: Object.fromEntries(intervals) }
}

/** 'T_h=0..20', as a name and an interval. */
export function intervalIn(option: string, text: string): readonly [string, Interval] {
  const [, name, value] = /^(.+?)=([^=]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw errors.notGiven(option, text)
  const [, from, dots, to] = /^(\d+)(?:(\.\.)(\d*))?$/.exec(value.trim()) ?? []
  const earliest = Number(from)
  const latest = dots === undefined ? earliest : to === '' ? null : Number(to)
  if (from === undefined || !isTime(earliest) || (latest !== null && !isTime(latest)))
    throw errors.notMilliseconds(option, name, value)
  if (latest !== null && latest < earliest) throw errors.endsBefore(option, name, earliest, latest)
  return [name.trim(), [earliest, latest]]
}

/** Up to 285 years: sums of a few of them are still whole numbers. */
const isTime = (milliseconds: number): boolean => Number.isSafeInteger(milliseconds * 1000)
