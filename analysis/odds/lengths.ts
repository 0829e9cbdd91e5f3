import { expected } from './expected.ts'
import { type Action, type AllBounds, type Bounds, endComponents, type Mdp, reachFromAll } from './mdp.ts'
import type { Unfolded } from './unfolded.ts'

/**
 * How long it takes from the end of the last move until it is so for good, exactly: least and most by what comes first of what is due at one
 * instant. All in milliseconds; `Infinity`: for ever, `null`: longer than was looked.
 */
export interface Lengths {
  /** The mean, of all runs: without end where some never have it. Null where it could not be told. */
  readonly mean: { readonly least: Bounds; readonly most: Bounds } | null
  /** Within how long this share of all runs has it. */
  readonly shares: readonly { readonly share: number; readonly least: number | null; readonly most: number | null }[]
  /** How likely it is to take no longer than so much: at each length there may be, where they are few; else at those of `shares`. */
  readonly by: readonly { readonly ms: number; readonly least: number; readonly most: number }[]
}

const SHARES = [0.5, 0.9, 0.99] as const
/** So many lengths are told one by one. */
const FEW = 40
const MOST_PLACES = 400_000
/** Below this a probability from bounds of both sides may be the same as another. */
const SAME = 1e-7

/**
 * @param holds how likely it is at all
 * @param horizon milliseconds
 * @returns null where somebody may have it so for ever and might as well not, or there are too many places
 */
export function lengthsOf(chain: Unfolded, holds: { least: Bounds; most: Bounds }, horizon: number): Lengths | null {
  const good = forGood(chain)
  const so = new Set(chain.isSo.flatMap((one, i) => (one ? [i] : [])))
  if (endComponents(chain.mdp, so).some((states) => states.some((state) => chain.isOver[state]! && !good.has(state))))
    return null
  const line = elapsed(chain, good, horizon)
  if (line === null) return null
  const notSo = new Set(chain.isSo.flatMap((one, i) => (one ? [] : [i])))
  const again = { max: reachFromAll(chain.mdp, notSo, 'max'), min: reachFromAll(chain.mdp, notSo, 'min') }
  const within = (ms: number): { ms: number; least: number; most: number } => ({
    ms,
    least: 1 - late(chain, line, again.max, ms, 'max').high,
    most: 1 - late(chain, line, again.min, ms, 'min').low,
  })
  const few = line.ends.length <= FEW ? line.ends.map(within) : null
  const first = (share: number, which: 'least' | 'most', ever: number): number | null => {
    if (ever < share - SAME) return Number.POSITIVE_INFINITY
    const isEnough = (i: number): boolean => (few === null ? within(line.ends[i]!) : few[i]!)[which] >= share - SAME
    let [low, high] = [0, line.ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isEnough(middle)) high = middle
      else low = middle + 1
    }
    return line.ends[low] ?? null
  }
  const shares = SHARES.map((share) => ({
    share,
    least: first(share, 'most', holds.most.most),
    most: first(share, 'least', holds.least.most),
  }))
  const told = new Set(shares.flatMap(({ least, most }) => [least, most].filter((ms) => ms !== null && ms < horizon)))
  return {
    mean: meanOf(chain, good),
    shares,
    by: few ?? [...told].sort((one, other) => one! - other!).map((ms) => within(ms!)),
  }
}

/** Where it is so, all moves are made, and it never fails to be so again. */
function forGood({ mdp, isSo, isOver }: Unfolded): Set<number> {
  const before: number[][] = mdp.actions.map(() => [])
  mdp.actions.forEach((own, state) => {
    for (const { to } of own) for (const next of to) before[next]!.push(state)
  })
  const mayFail = new Set(isSo.flatMap((so, i) => (so ? [] : [i])))
  for (const state of mayFail) for (const one of before[state]!) mayFail.add(one)
  return new Set(isSo.flatMap((_, i) => (isOver[i]! && !mayFail.has(i) ? [i] : [])))
}

/** States with how long ago the last move was over; `at` null before that. */
interface Elapsed {
  readonly state: readonly number[]
  readonly at: readonly (number | null)[]
  readonly mdp: Mdp
  /** Where it may come to be so, in order. */
  readonly ends: readonly number[]
}

/** Goes through all of it up to a length, and no further than where it is so for good. */
function elapsed({ mdp, isSo, isOver, stays }: Unfolded, good: ReadonlySet<number>, horizon: number): Elapsed | null {
  const numbers = new Map<string, number>()
  const [state, at, actions]: [number[], (number | null)[], Action[][]] = [[], [], []]
  const ends = new Set<number>()
  const number = (one: number, since: number | null): number => {
    const key = `${one} ${since}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, state.length)
    at.push(since)
    return state.push(one) - 1
  }
  number(0, isOver[0]! ? 0 : null)
  if (isOver[0]! && isSo[0]!) ends.add(0)
  for (let i = 0; i < state.length; i++) {
    if (state.length > MOST_PLACES) return null
    const [here, since] = [state[i]!, at[i]!]
    const leaves = since === null ? null : since + stays[here]!
    const isEnd = good.has(here) || (leaves !== null && leaves > horizon) || stays[here]! === Number.POSITIVE_INFINITY
    actions.push(
      isEnd
        ? []
        : mdp.actions[here]!.map(({ to, chance }) => ({
            chance,
            to: to.map((next) => {
              const then = leaves ?? (isOver[next]! ? 0 : null)
              if (then !== null && isSo[next]! && (since === null || !isSo[here]!)) ends.add(then)
              return number(next, then)
            }),
          })),
    )
  }
  return { state, at, mdp: { actions }, ends: [...ends].sort((one, other) => one - other) }
}

/** How likely it is that it is not so for good after so long; at least, or at most, and that between two bounds. */
function late(
  { isSo, stays }: Unfolded,
  { state, at, mdp }: Elapsed,
  again: AllBounds,
  ms: number,
  choose: 'max' | 'min',
): { low: number; high: number } {
  const fixed = (i: number, of: Float64Array): number | null => {
    const here = state[i]!
    const [since, own] = [at[i]!, mdp.actions[i]!]
    if (since === null ? own.length > 0 : since + stays[here]! <= ms && own.length > 0) return null
    return isSo[here]! ? of[again.stateOf(here)]! : 1
  }
  const best = choose === 'max' ? Math.max : Math.min
  const [low, high] = [again.low, again.high].map((of, i) => {
    const open: number[] = []
    const values = new Float64Array(state.length)
    for (let k = state.length - 1; k >= 0; k--) {
      const value = fixed(k, of)
      if (value === null) open.push(k)
      values[k] = value ?? i
    }
    for (let change = 1, rounds = 0; change > 1e-12 && rounds < MOST_ROUNDS; rounds++) {
      change = 0
      for (const k of open) {
        const value = mdp.actions[k]!.reduce(
          (so, { to, chance }) =>
            best(
              so,
              to.reduce((sum, next, j) => sum + chance[j]! * values[next]!, 0),
            ),
          choose === 'max' ? 0 : 1,
        )
        change = Math.max(change, Math.abs(value - values[k]!))
        values[k] = value
      }
    }
    return values[0]!
  }) as [number, number]
  return { low, high }
}
const MOST_ROUNDS = 100_000

/**
 * The mean: what passes while it is not so costs as it passes, what passes while it is so costs once it is not so again. So how long it has been so is part of
 * where one is.
 */
function meanOf({ mdp, isSo, isOver, stays }: Unfolded, good: ReadonlySet<number>): Lengths['mean'] {
  const numbers = new Map<string, number>()
  const [state, been, actions]: [number[], number[], Action[][]] = [[], [], []]
  const number = (one: number, since: number): number => {
    const key = `${one} ${since}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, state.length)
    been.push(since)
    return state.push(one) - 1
  }
  number(0, 0)
  for (let i = 0; i < state.length; i++) {
    if (state.length > MOST_PLACES) return null
    const here = state[i]!
    if (good.has(here)) {
      actions.push([{ to: [i], chance: [1] }])
      continue
    }
    const passed = isOver[here]! && stays[here]! < Number.POSITIVE_INFINITY ? stays[here]! : 0
    const owed = isSo[here]! ? been[i]! + passed : 0
    actions.push(
      mdp.actions[here]!.map(({ to, chance }) => ({
        chance,
        to: to.map((next) => number(next, isSo[next]! && !good.has(next) ? owed : 0)),
        cost: (isSo[here]! ? 0 : passed) + to.reduce((sum, next, k) => sum + (isSo[next]! ? 0 : chance[k]! * owed), 0),
      })),
    )
  }
  const targets = new Set(state.flatMap((one, i) => (good.has(one) ? [i] : [])))
  const [least, most] = (['min', 'max'] as const).map((choose) => expected({ actions }, targets, choose, 0))
  return least === null || most === null ? null : { least: least!, most: most! }
}
