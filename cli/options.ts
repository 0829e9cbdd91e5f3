import { DEFAULT_LIMITS } from '../analysis/limits.ts'
import type { Share } from '../analysis/plan/plan.ts'
import type { Limits } from '../checker/limits.ts'
import { errors } from './errors.ts'

export interface LimitFlags {
  readonly maxStates?: string
  readonly maxMemory?: string
  readonly maxSeconds?: string
}

export function limitsFrom(flags: LimitFlags & { readonly onDisk?: string }): Limits {
  const memory = flags.maxMemory === undefined ? DEFAULT_LIMITS.memory : bytes(flags.maxMemory)
  if (flags.onDisk === undefined) tellIfLittle(memory)
  return {
    ...(flags.maxStates === undefined ? {} : { states: wholeNumber('--max-states', flags.maxStates) }),
    ...(flags.maxSeconds === undefined ? {} : { seconds: wholeNumber('--max-seconds', flags.maxSeconds) }),
    memory,
  }
}

/** What a thread takes that searches, before it has found anything. */
const OF_A_THREAD = 2 ** 25

function tellIfLittle(memory: number): void {
  const taken = process.memoryUsage.rss() + OF_A_THREAD
  if (memory > taken) return
  const mebibytes = Math.ceil(taken / 2 ** 20)
  process.stderr.write(
    `--max-memory leaves a search no room: the program takes about ${mebibytes} MiB by itself, and what is not very small ends as incomplete. Give it more, for example ${2 * mebibytes}MiB.\n`,
  )
}

/** @param least the smallest that it may be */
export function wholeNumber(option: string, value: string, least: 0 | 1 = 1): number {
  const number = Number(value)
  if (value.trim() === '' || !Number.isInteger(number) || number < least) throw errors.notWhole(option, value, least)
  return number
}

/** `2/8`: the second of eight shares. */
export function shareFrom(value: string): Share {
  const [, nth, of] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? []
  if (nth === undefined || of === undefined || nth < 1 || nth > of) throw errors.notAShare(value)
  return { nth, of }
}

/** A whole number of percent, below 100. */
export function percentage(option: string, value: string): number {
  const number = wholeNumber(option, value, 0)
  if (number >= 100) throw errors.notBelow100(option, value)
  return number
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
}

function bytes(value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(B|KiB|MiB|GiB|kB|MB|GB)$/.exec(value) ?? []
  if (number === undefined || unit === undefined || Number(number) === 0) throw errors.notASize(value)
  return Number(number) * UNITS[unit]!
}
