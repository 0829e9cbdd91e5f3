import { InputError } from '../../analysis/errors.ts'
import { integral } from './integral.ts'
import { above0, from0, interval, probability } from './quantities.ts'

/** How long something takes that is random: the time between two handoffs of a host, or a latency. In seconds. */
export interface Distribution {
  /** 'exponential, mean 5 s'. */
  readonly name: string
  /** Seconds. */
  readonly mean: number
  /** How likely it is to take longer than so many seconds: 1 − F(t). */
  longerThan(seconds: number): number
  /**
   * E[min(X, t)], in seconds: what of it is over after t seconds, in the mean. It is the integral of `longerThan` from 0 to t, and all that
   * renewal asks of a distribution.
   */
  cutAt(seconds: number): number
  /** Where `longerThan` jumps or bends: an integral is taken in pieces between them. */
  readonly bends: readonly number[]
  /** What is left of it does not depend on how long it has lasted: exponential, which has closed forms. */
  readonly isMemoryless?: boolean
}

/** Always the same. */
export function constant(seconds: number): Distribution {
  const c = above0('A constant time', seconds, 'seconds')
  return {
    name: `constant, ${c} s`,
    mean: c,
    longerThan: (t) => (t < c ? 1 : 0),
    cutAt: (t) => Math.min(c, t),
    bends: [c],
  }
}

/** What paper 000 means by 'Poisson distributed intervals'. */
export function exponential(mean: number): Distribution {
  const m = above0('The mean of an exponential time', mean, 'seconds')
  return {
    name: `exponential, mean ${m} s`,
    mean: m,
    longerThan: (t) => Math.exp(-t / m),
    cutAt: (t) => -m * Math.expm1(-t / m),
    bends: [],
    isMemoryless: true,
  }
}

/** The same in another unit, so that its mean is so many seconds. */
export function scaled(one: Distribution, mean: number): Distribution {
  const factor = above0('The mean of a scaled time', mean, 'seconds') / one.mean
  return {
    ...one,
    name: `${one.name}, times ${factor}`,
    mean,
    longerThan: (t) => one.longerThan(t / factor),
    cutAt: (t) => factor * one.cutAt(t / factor),
    bends: one.bends.map((bend) => factor * bend),
  }
}

/** Any time within an interval, all as likely. */
export function uniform(from: number, to: number): Distribution {
  interval('A uniform time', from, to, 'seconds')
  if (from === to) return constant(from)
  const width = to - from
  return {
    name: `uniform, ${from} to ${to} s`,
    mean: (from + to) / 2,
    longerThan: (t) => (t <= from ? 1 : t >= to ? 0 : (to - t) / width),
    cutAt: (t) => (t <= from ? t : t >= to ? (from + to) / 2 : t - (t - from) ** 2 / (2 * width)),
    bends: [from, to],
  }
}

/**
 * Heavy-tailed: longer than t with (least / t)^shape.
 *
 * @throws InputError with a shape of 1 or less, which has no mean: no interval is then short beside it, and nothing is a share of it
 */
export function pareto(shape: number, least: number): Distribution {
  above0('The shape of a Pareto distribution', shape, 'a number')
  above0('The least value of a Pareto distribution', least, 'seconds')
  if (shape <= 1) throw withoutMean(`A Pareto distribution of shape ${shape}`, 'Give a shape above 1, for example 1.5.')
  return {
    name: `Pareto, shape ${shape}, from ${least} s`,
    mean: (least * shape) / (shape - 1),
    longerThan: (t) => (t < least ? 1 : (least / t) ** shape),
    cutAt: (t) => (t < least ? t : least + (least / (shape - 1)) * (1 - (least / t) ** (shape - 1))),
    bends: [least],
  }
}

/** One of several, with their probabilities: a host that is now slow, now fast. */
export function mixture(parts: readonly (readonly [share: number, of: Distribution])[]): Distribution {
  const shares = parts.map(([share]) => probability('A share of a mixture', share))
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (Math.abs(total - 1) > 1e-9)
    throw new InputError(
      `The shares of a mixture add up to ${total}, and something always happens. The likeliest cause is a part that was left out. Give shares that add up to 1.`,
    )
  const mean = (of: (part: Distribution) => number): number =>
    parts.reduce((sum, [share, part]) => sum + share * of(part), 0)
  return {
    name: parts.map(([share, { name }]) => `${share} of (${name})`).join(' + '),
    mean: mean((part) => part.mean),
    longerThan: (t) => mean((part) => part.longerThan(t)),
    cutAt: (t) => mean((part) => part.cutAt(t)),
    bends: parts.flatMap(([, { bends }]) => bends),
  }
}

/** So many doublings of the length are looked at for the end of a distribution's tail. */
const MOST_DOUBLINGS = 80

/**
 * Any distribution, by how likely it is to take longer than so many seconds; means and cuts are then integrated, to about nine places.
 *
 * @param longerThan falls from 1 to 0
 * @param bends where it jumps or bends, if it does
 * @throws InputError where it does not fall so, or so slowly that there is no mean
 */
export function general(
  name: string,
  longerThan: Distribution['longerThan'],
  bends: readonly number[] = [],
): Distribution {
  const cutAt = (t: number): number => integral(longerThan, 0, from0('A time', t, 'seconds'), bends)
  let [mean, from, to, before] = [0, 0, 1, 0]
  for (let doublings = 0; ; doublings++) {
    const [here, there] = [longerThan(from), longerThan(to)]
    probability(`That '${name}' takes longer than ${to} s`, there)
    if (there > here)
      throw new InputError(
        `'${name}' is likelier to take longer than ${to} s (${there}) than longer than ${from} s (${here}). The likeliest cause is a distribution F(t) in the place of 1 − F(t). Give what falls from 1 to 0.`,
      )
    const piece = integral(longerThan, from, to, bends)
    mean += piece
    if (there === 0 || (doublings > 3 && piece < 1e-12 * mean)) break
    if (doublings === MOST_DOUBLINGS) {
      // In a tail like 1/t each doubling adds as much as the one before; in one that falls faster, a share of it.
      const ratio = piece / before
      if (ratio > 0.999) throw withoutMean(`'${name}'`, 'Give one whose tail falls faster than 1/t, or cut it off.')
      mean += (piece * ratio) / (1 - ratio)
      break
    }
    ;[from, to, before] = [to, 2 * to, piece]
  }
  return { name, mean, longerThan, cutAt, bends }
}

const withoutMean = (what: string, act: string): InputError =>
  new InputError(
    `${what} has no mean: its tail is so heavy that the mean time grows without end. The likeliest cause is a parameter of another form of the distribution. ${act}`,
  )

const FORMS: Readonly<Record<string, (...numbers: number[]) => Distribution>> = {
  constant: (c = Number.NaN) => constant(c),
  exponential: (mean = Number.NaN) => exponential(mean),
  uniform: (from = Number.NaN, to = Number.NaN) => uniform(from, to),
  pareto: (shape = Number.NaN, least = Number.NaN) => pareto(shape, least),
}

/**
 * A distribution as it is written on a command line: `exponential(5)`, `constant(5)`, `uniform(2, 8)`, `pareto(1.5, 1)`; in seconds.
 *
 * @throws InputError where it is none of these, or has no mean
 */
export function distributionFrom(text: string): Distribution {
  const [, form = '', inside = ''] = /^\s*(\w+)\s*\(([^)]*)\)\s*$/.exec(text) ?? []
  const make = FORMS[form]
  if (make === undefined)
    throw new InputError(
      `'${text}' is no distribution. The likeliest cause is a mean without its form. Write one of exponential(5), constant(5), uniform(2, 8), pareto(1.5, 1), in seconds.`,
    )
  return make(...inside.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
}
