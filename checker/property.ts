import type { Look } from './model.ts'

/** A state predicate: a test of a state, or several predicates of which all must hold, or one. */
export type Predicate =
  | StatePredicate
  | { readonly name: string; readonly all: readonly Predicate[] }
  | { readonly name: string; readonly any: readonly Predicate[] }

/**
 * `holds` returns true, or the reason why not ('a thinks b is at visited-1/b, b is at visited-2/b'). It is tabulated by the
 * cells that it looks at, so it must be pure; a predicate in parts that look at few cells each has small tables.
 */
export interface StatePredicate {
  readonly name: string
  readonly holds: (look: Look) => true | string
}

/** Linear temporal logic over state predicates. */
export type Formula =
  | { readonly op: 'is'; readonly predicate: Predicate }
  | { readonly op: 'constant'; readonly value: boolean }
  | { readonly op: 'not' | 'next' | 'always' | 'eventually'; readonly of: Formula }
  | { readonly op: 'and' | 'or' | 'until' | 'release'; readonly left: Formula; readonly right: Formula }

/** What a property claims of a model, ready to be checked. */
export type Claim =
  | { readonly kind: 'safety'; readonly always: Predicate }
  /** Of every step: the state before it and the state after it. */
  | { readonly kind: 'safety'; readonly everyStep: readonly StepPredicate[] }
  /** In a model with time: it is so for at most so many units at a stretch (`within`, `lastsAtMost`). Without time it cannot be asked. */
  | { readonly kind: 'safety'; readonly stretch: Predicate; readonly atMost: number }
  /** Some reachable state satisfies it. */
  | { readonly kind: 'reachable'; readonly some: Predicate }
  /** Every fair run satisfies it. */
  | { readonly kind: 'liveness'; readonly formula: Formula }
  /** In every state in which nothing more can happen: nothing was left to do. */
  | { readonly kind: 'deadlock'; readonly finished: Predicate }

export interface StepPredicate {
  readonly name: string
  readonly holds: (before: Look, after: Look) => true | string
}

export type Property = Claim & {
  readonly id: string
  /** Must be true somewhere, or the property held only because nothing happened: it is then vacuous. */
  readonly witness?: Predicate
}

/** The shape of a formula, whatever it asks of states. */
interface Shape {
  readonly op: string
  readonly of?: Shape
  readonly left?: Shape
  readonly right?: Shape
}

/** The operators of a formula, each as often as it stands there. */
export const operatorsOf = ({ op, ...parts }: Shape): string[] => [
  op,
  ...[parts.of, parts.left, parts.right].flatMap((part) => (part === undefined ? [] : operatorsOf(part))),
]

export const is = (predicate: Predicate): Formula => ({ op: 'is', predicate })
export const not = (of: Formula): Formula => ({ op: 'not', of })
export const next = (of: Formula): Formula => ({ op: 'next', of })
export const and = (left: Formula, right: Formula): Formula => ({ op: 'and', left, right })
export const or = (left: Formula, right: Formula): Formula => ({ op: 'or', left, right })
/** In every state from here on. */
export const globally = (of: Formula): Formula => ({ op: 'always', of })
/** In some state from here on. */
export const finally_ = (of: Formula): Formula => ({ op: 'eventually', of })
/** In the state `steps` steps from here at the latest. */
export const withinSteps = (steps: number, of: Formula): Formula =>
  steps === 0 ? of : or(of, next(withinSteps(steps - 1, of)))
/** `right` comes, and `left` holds in every state before it. */
export const until = (left: Formula, right: Formula): Formula => ({ op: 'until', left, right })

/** A predicate that is true where another one is not. */
export function negated(predicate: Predicate): Predicate {
  const name = `not ${predicate.name}`
  if ('all' in predicate) return { name, any: predicate.all.map(negated) }
  if ('any' in predicate) return { name, all: predicate.any.map(negated) }
  return {
    name,
    holds: (look) => {
      const answer = predicate.holds(look)
      if (answer === true) return predicate.name
      // What is no answer stays none, so that it is reported.
      return typeof answer === 'string' ? true : answer
    },
  }
}

/** The combinators of a property's author. */
export const always = (predicate: Predicate): Claim => ({ kind: 'safety', always: predicate })
export const never = (predicate: Predicate): Claim => ({ kind: 'safety', always: negated(predicate) })
/** Of every step, each of the predicates. */
export const everyStep = (...predicates: readonly StepPredicate[]): Claim => ({ kind: 'safety', everyStep: predicates })
export const reachable = (predicate: Predicate): Claim => ({ kind: 'reachable', some: predicate })
export const noDeadlock = (finished: Predicate): Claim => ({ kind: 'deadlock', finished })
export const eventually = (predicate: Predicate): Claim => ltl(finally_(is(predicate)))
export const eventuallyAlways = (predicate: Predicate): Claim => ltl(finally_(globally(is(predicate))))
/** The predicate p of a formula 'eventually always p'; null of any other. */
export const alwaysInTheEnd = (formula: Formula): Predicate | null =>
  formula.op === 'eventually' && formula.of.op === 'always' && formula.of.of.op === 'is'
    ? formula.of.of.predicate
    : null
export const infinitelyOften = (predicate: Predicate): Claim => ltl(globally(finally_(is(predicate))))
/**
 * With a clock: it is never so for longer than this at a stretch, in the model's units (milliseconds, in the mobile internet).
 * @throws RangeError where that is no whole number from 0 on
 */
export function lastsAtMost(stretch: Predicate, atMost: number): Claim {
  if (!Number.isSafeInteger(atMost) || atMost < 0)
    throw new RangeError(
      `'${stretch.name}' is to last at most ${atMost}, which is no whole number from 0 on. Give whole units of time: milliseconds, in the mobile internet.`,
    )
  return { kind: 'safety', stretch, atMost }
}
/**
 * With a clock: it comes so soon at the latest, from the beginning on and whenever it has ended; where `while_` is given, as long as that is so. In the model's units
 * (milliseconds, in the mobile internet).
 * @throws RangeError where that is no whole number from 0 on
 */
export const within = (predicate: Predicate, most: number, while_?: Predicate): Claim => {
  const missing = negated(predicate)
  return lastsAtMost(
    while_ === undefined ? missing : { name: `${missing.name} while ${while_.name}`, all: [while_, missing] },
    most,
  )
}
export const leadsTo = (from: Predicate, to: Predicate): Claim => ltl(globally(or(not(is(from)), finally_(is(to)))))
export const ltl = (formula: Formula): Claim => ({ kind: 'liveness', formula })
