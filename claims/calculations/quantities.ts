import { InputError } from '../../analysis/errors.ts'

/**
 * Looks at what a calculation is given, before it is computed with: what is no such quantity is refused, with what is so, the likeliest cause, and what
 * to do next. A number that comes out of a negative time, or of a probability of 3, would look like any other.
 */

/** @throws InputError where it is not a finite number above 0 */
export function above0(what: string, value: number, unit: string): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new InputError(
    `${what} is ${value}, and there is none such. ${causeOf(value)} Give ${unit} above 0, for example 5.`,
  )
}

/** @throws InputError where it is not a finite number from 0 on */
export function from0(what: string, value: number, unit: string): number {
  if (Number.isFinite(value) && value >= 0) return value
  throw new InputError(
    `${what} is ${value}, and there is none such. ${causeOf(value)} Give ${unit}, from 0 on, for example 0.3.`,
  )
}

/** @throws InputError where it is no whole number from a least one on */
export function whole(what: string, value: number, least = 0): number {
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new InputError(
    `${what} is ${value}, and it counts something. The likeliest cause is a measure where a number of things is meant. Give a whole number, ${least} or more.`,
  )
}

/** @throws InputError where it is not between 0 and 1 */
export function probability(what: string, value: number): number {
  if (value >= 0 && value <= 1) return value
  throw new InputError(
    `${what} is ${value}, and a probability is between 0 and 1. The likeliest cause is a number in per cent, or one for many where one for each is meant. Give a share: 0.05 for 5 %.`,
  )
}

/** @throws InputError where an interval ends before it begins */
export function interval(what: string, from: number, to: number, unit: string): void {
  from0(`The beginning of ${what}`, from, unit)
  if (Number.isFinite(to) && to >= from) return
  throw new InputError(
    `${what} is from ${from} to ${to} ${unit}, which ends before it begins, or never. Most likely the two were exchanged. Give the lesser first.`,
  )
}

const causeOf = (value: number): string =>
  Number.isFinite(value)
    ? 'Most likely a sign is wrong, or nothing was given.'
    : 'The likeliest cause is a division by 0, or a text where a number is due.'
