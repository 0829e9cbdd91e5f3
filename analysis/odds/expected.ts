import { type Action, type Bounds, endComponents, type Mdp } from './mdp.ts'

/** Bounds are this near each other, as a share of what is in between. */
const NEAR = 1e-7
/** What sums of a computer's numbers are off by. */
const ROUNDING = 1e-12
const MOST_ROUNDS = 200_000

/**
 * The least, or the greatest, expected cost until one of some states is come to, that cost nothing themselves. Infinite where that need not, or cannot, come
 * about with certainty. From below by value iteration; from above by a guess a little above that, which is right where a round of the iteration
 * does not raise it anywhere (optimistic value iteration: Hartmanns and Kaminski, 2020).
 *
 * @returns null where somebody may go round at no cost for ever, or bounds did not come near each other
 */
export function expected(mdp: Mdp, targets: ReadonlySet<number>, choose: 'max' | 'min', from: number): Bounds | null {
  const open = choose === 'max' ? reachable(mdp, targets, from) : certain(mdp, targets)
  if (!open.has(from)) return { least: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY }
  const inside = new Set([...open].filter((state) => !targets.has(state)))
  const goesOn = (state: number): readonly Action[] =>
    mdp.actions[state]!.filter(({ to }) => to.every((next) => open.has(next)))
  const actions = mdp.actions.map((_, state) => (inside.has(state) ? goesOn(state) : []))
  if (choose === 'max' && endComponents({ actions }, inside).length > 0)
    return { least: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY }
  const free = actions.map((own) => own.filter(({ cost = 0 }) => cost === 0))
  if (choose === 'min' && endComponents({ actions: free }, inside).length > 0) return null
  const best = choose === 'max' ? Math.max : Math.min
  const order = [...inside].sort((one, other) => other - one)
  const step = (values: Float64Array, state: number): number =>
    actions[state]!.reduce(
      (so, { to, chance, cost = 0 }) =>
        best(
          so,
          to.reduce((sum, next, k) => sum + chance[k]! * values[next]!, cost),
        ),
      choose === 'max' ? 0 : Number.POSITIVE_INFINITY,
    )
  const low = new Float64Array(mdp.actions.length)
  for (let nearness = NEAR / 4, rounds = 0; rounds < MOST_ROUNDS; nearness /= 4) {
    for (let change = 1; change > nearness && rounds < MOST_ROUNDS; rounds++) {
      change = 0
      for (const state of order) {
        const value = step(low, state)
        change = Math.max(change, (value - low[state]!) / Math.max(value, 1e-9))
        low[state] = value
      }
    }
    const high = low.map((value) => value * (1 + NEAR))
    if (order.every((state) => step(high, state) <= high[state]! * (1 + ROUNDING)))
      return { least: low[from]!, most: high[from]! }
  }
  return null
}

function reachable({ actions }: Mdp, targets: ReadonlySet<number>, from: number): Set<number> {
  const found = new Set([from])
  for (const state of found)
    if (!targets.has(state)) for (const { to } of actions[state]!) for (const next of to) found.add(next)
  return found
}

/** Where somebody who chooses well comes to a target with certainty: the greatest set in which each state can come nearer to one without leaving the set. */
function certain({ actions }: Mdp, targets: ReadonlySet<number>): Set<number> {
  const before = new Map<number, { state: number; action: Action }[]>()
  actions.forEach((own, state) => {
    for (const action of own)
      for (const next of action.to) {
        const list = before.get(next)
        if (list === undefined) before.set(next, [{ state, action }])
        else list.push({ state, action })
      }
  })
  let all = new Set(actions.keys())
  for (;;) {
    const nearer = new Set(targets)
    for (const next of nearer)
      for (const { state, action } of before.get(next) ?? [])
        if (all.has(state) && action.to.every((one) => all.has(one))) nearer.add(state)
    if (nearer.size === all.size) return nearer
    all = nearer
  }
}
