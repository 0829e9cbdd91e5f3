import type { Interval } from '../../spec/internet/timing.ts'
import { InputError } from '../errors.ts'

/** How long something takes that is random, in milliseconds. */
export interface Duration {
  /** 'uniform, 10 to 40 ms'. */
  readonly name: string
  /** The least, and the most, that it may take; `Infinity` where it may take any time. */
  readonly least: number
  readonly most: number
  /** All that it may be, each as likely as any other; null where it may be anything in between. */
  readonly values: readonly number[] | null
  /** The time that it takes no longer than with this probability: what is drawn, of a number from 0 to 1. */
  quantile(share: number): number
}

export const constant = (ms: number): Duration => ({
  name: `${ms} ms`,
  least: ms,
  most: ms,
  values: [ms],
  quantile: () => ms,
})

/** Any time in between, all as likely. */
export const uniform = (from: number, to: number): Duration =>
  from === to
    ? constant(from)
    : {
        name: `uniform, ${from} to ${to} ms`,
        least: from,
        most: to,
        values: null,
        quantile: (u) => from + u * (to - from),
      }

/** Without memory. */
export const exponential = (mean: number): Duration => ({
  name: `exponential, mean ${mean} ms`,
  least: 0,
  most: Number.POSITIVE_INFINITY,
  values: null,
  quantile: (u) => -mean * Math.log1p(-u),
})

/** Heavy-tailed: longer than t with (least / t)^shape. */
export const pareto = (shape: number, least: number): Duration => ({
  name: `Pareto, shape ${shape}, from ${least} ms`,
  least,
  most: Number.POSITIVE_INFINITY,
  values: null,
  quantile: (u) => least * (1 - u) ** (-1 / shape),
})

/** One of several, all as likely. */
export const oneOf = (values: readonly number[], name = `one of ${values.join(', ')} ms`): Duration => ({
  name,
  values,
  least: Math.min(...values),
  most: Math.max(...values),
  quantile: (u) => values[Math.min(Math.floor(u * values.length), values.length - 1)]!,
})

/** Those from one to another, a step apart. */
export const stepped = (from: number, to: number, step: number): Duration =>
  oneOf(
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step),
    `one of ${from} to ${to} ms, ${step} apart`,
  )

/** A number without a sign. */
export const NUMBER = '\\d+(?:\\.\\d+)?'

const FORMS =
  '25, 10..40 (uniform), 10..40/5 (in steps), 10|20|40 (one of them), exp(600000) (its mean), pareto(1.5,1000) (shape, least); of a host, with another: leaves(a), leaves(a)+0..200, leaves(a)-100..100'

/**
 * A duration as it is written: 25, 10..40, 10..40/5, 10|20|40, exp(600000), pareto(1.5,1000), in milliseconds.
 *
 * @param option where it was given, for errors
 * @throws InputError for what is none, or has no mean
 */
export function durationIn(option: string, name: string, text: string): Duration {
  const value = text.replaceAll(/\s/g, '')
  const [, kind, inside] = /^(exp|pareto)\((.*)\)$/.exec(value) ?? []
  const wrong = (why: string, act: string): InputError =>
    new InputError(`${option} '${name}=${text}': ${why} ${act} What there is, in milliseconds: ${FORMS}.`)
  const numbers = (kind === undefined ? value : inside!).split(kind === undefined ? /\.\.|\||\// : ',').map(numberIn)
  if (numbers.some(Number.isNaN)) throw wrong('that is no time.', 'The likeliest cause is a unit or a sign.')
  if (kind === 'exp') {
    if (numbers.length !== 1 || numbers[0]! <= 0)
      throw wrong('an exponential time has a mean above 0, and nothing else.', 'Give its mean, not its rate.')
    return exponential(numbers[0]!)
  }
  if (kind === 'pareto') {
    const [shape, least] = numbers as [number, number]
    if (numbers.length !== 2 || least <= 0) throw wrong('it takes a shape and a least time above 0.', 'Give both.')
    if (shape <= 1) throw wrong('with a shape of 1 or less it has no mean.', 'Give a shape above 1.')
    return pareto(shape, least)
  }
  if (value.includes('|')) return oneOf(numbers)
  const [from, to, step] = numbers as [number, number | undefined, number | undefined]
  const form = numbers.length === 1 ? value : value.includes('/') ? `${from}..${to}/${step}` : `${from}..${to}`
  if (numbers.length > 3 || shapeOf(form) !== shapeOf(value))
    throw wrong('that is no time.', 'The likeliest cause is a slip of the pen.')
  if (to !== undefined && to < from) throw wrong('it ends before it begins.', `Give ${to}..${from}.`)
  if (step === 0) throw wrong('a step is above 0.', 'Leave it out for any time in between.')
  if (to !== undefined && step !== undefined) return stepped(from, to, step)
  return to === undefined ? constant(from) : uniform(from, to)
}

/** What is left where each number is a 0. */
const shapeOf = (text: string): string => text.replaceAll(new RegExp(NUMBER, 'g'), '0')

const numberIn = (text: string): number => (new RegExp(`^${NUMBER}$`).test(text) ? Number(text) : Number.NaN)

/**
 * What a standard says that it takes: an interval of equal chances.
 *
 * @returns null for one without an end, which says nothing of chances
 */
export const ofInterval = ([earliest, latest]: Interval): Duration | null =>
  latest === null ? null : uniform(earliest, latest)

/** As an interval of whole milliseconds that has all of it: for the model, and for what must be known before. */
export const intervalOf = ({ least, most }: Duration): Interval => [
  Math.floor(least),
  Number.isFinite(most) ? Math.ceil(most) : null,
]
