import { type Control, wallClock } from '../../checker/limits.ts'
import { DOUBLE_JUMP } from '../../spec/law.ts'
import { BINDING, REACH, SESSION } from '../../spec/property-ids.ts'
import { nameOf, scenarioOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { type Change, leansOn } from './leans-on.ts'
import { Searches } from './searches.ts'

/** What a variant's survival of a double jump leans on, one assumption at a time: a row of a table, in short words. */
export interface Leaning {
  readonly target: string
  /** Which all have to hold: what 'survives' means (spec/law.ts). */
  readonly properties: readonly string[]
  readonly verdict: 'holds' | 'violated' | 'vacuous' | 'not known'
  /** Without each of them it fails; where it fails already, none. */
  readonly on: readonly string[]
  /** What was too big to search. */
  readonly open: readonly string[]
  /** Of all searches together. */
  readonly states: number
}

/** States of each search for the table; beyond that it is not known. */
export const MOST_STATES_OF_LEANING = 150_000

/** @param states of each search */
export function leaningOf(
  target: TargetVariant,
  states = MOST_STATES_OF_LEANING,
  control: Control = wallClock,
): Leaning {
  const base = scenarioOf(target, DOUBLE_JUMP)
  const asked = worldOf(target, base).properties.map(({ id }) => id)
  const surviving = [REACH, SESSION].filter((id) => asked.includes(id))
  const properties = surviving.length === 0 ? [BINDING] : surviving
  const searches = new Searches(target, base, properties, { states, control, shortest: true })
  const { kind } = searches.judge(base)
  const row = (on: readonly string[], open: readonly string[]): Leaning => ({
    target: nameOf(target),
    properties,
    verdict: kind === 'cut' ? 'not known' : kind,
    on,
    open,
    states: searches.decided.reduce((sum, one) => sum + one.states, 0),
  })
  if (kind !== 'holds') return row([], [])
  const { sets, notKnown } = leansOn(target, base, 'violated', 1, searches)
  return row(
    sets.flatMap(({ changes }) => shortOf(changes)),
    notKnown.flatMap(({ changes }) => shortOf(changes)),
  )
}

const shortOf = (changes: readonly Change[]): string[] => changes.map(({ short }) => short)

/** 'short gaps, order, ≤ 1 loss; ? each moves once'. */
export function leaningText({ verdict, on, open }: Leaning): string {
  if (verdict !== 'holds') return verdict === 'violated' ? '' : '?'
  const unknown = open.length === 0 ? '' : `? ${together(open).join(', ')}`
  const known = on.length === 0 ? (open.length === 0 ? 'nothing' : '') : together(on).join(', ')
  return [known, unknown].filter((part) => part !== '').join('; ')
}

/** What is said of both hosts, in the same words, is said once. */
function together(words: readonly string[]): string[] {
  const patterns = [
    { one: 'a moves once', other: 'b moves once', both: 'each moves once' },
    { one: 'no return of a', other: 'no return of b', both: 'no return' },
  ]
  return patterns.reduce<string[]>(
    (left, { one, other, both }) =>
      left.includes(one) && left.includes(other)
        ? left.flatMap((word) => (word === one ? [both] : word === other ? [] : [word]))
        : left,
    [...words],
  )
}
