/**
 * A Markov decision process: in each state somebody chooses an action, and chance a successor. In a model of the mobile internet chance is how long things
 * take, and what is chosen is which of two things that are due at one instant comes first.
 */
export interface Mdp {
  /** For each state, its actions; for each action, its successors with their probabilities. A state that has come to rest goes back to itself. */
  readonly actions: readonly (readonly Action[])[]
}

export interface Action {
  readonly to: readonly number[]
  readonly chance: readonly number[]
  /** What it costs in the mean, where something is counted. */
  readonly cost?: number
}

/** Bounds of a probability: it is in between. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

const EPSILON = 1e-9
const MOST_ROUNDS = 1_000_000

/**
 * The greatest, or the least, probability of ever coming to one of some states, from each state, by value iteration from both sides: end components are taken
 * for one state each, since a value iteration from above does not come down within them (Haddad and Monmege, 2014; Brázdil and others, 2014).
 */
export function reach(mdp: Mdp, targets: ReadonlySet<number>, choose: 'max' | 'min', from: number): Bounds {
  const { low, high, stateOf } = reachFromAll(mdp, targets, choose)
  return { least: low[stateOf(from)]!, most: high[stateOf(from)]! }
}

/** Bounds of every state, at the place that `stateOf` says. */
export interface AllBounds {
  readonly low: Float64Array
  readonly high: Float64Array
  stateOf(state: number): number
}

/** `reach`, from each state. */
export function reachFromAll(mdp: Mdp, targets: ReadonlySet<number>, choose: 'max' | 'min'): AllBounds {
  if (choose === 'min') {
    const avoiding = canAvoid(mdp, targets)
    return { ...iterate(mdp, targets, avoiding, Math.min), stateOf: (state) => state }
  }
  const { quotient, stateOf } = withoutComponents(mdp, targets)
  const goals = new Set([...targets].map((state) => stateOf[state]!))
  return { ...iterate(quotient, goals, new Set(), Math.max), stateOf: (state) => stateOf[state]! }
}

function iterate(
  { actions }: Mdp,
  targets: ReadonlySet<number>,
  never: ReadonlySet<number>,
  best: (one: number, other: number) => number,
): Pick<AllBounds, 'low' | 'high'> {
  const worst = best === Math.max ? 0 : 1
  const start = (value: number): Float64Array =>
    Float64Array.from(actions, (own, i) => (targets.has(i) ? 1 : never.has(i) || own.length === 0 ? 0 : value))
  const [low, high] = [start(0), start(1)]
  const open = actions.flatMap((own, i) => (targets.has(i) || never.has(i) || own.length === 0 ? [] : [i])).reverse()
  const step = (values: Float64Array, i: number): number =>
    actions[i]!.reduce(
      (so, { to, chance }) =>
        best(
          so,
          to.reduce((sum, state, k) => sum + chance[k]! * values[state]!, 0),
        ),
      worst,
    )
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let widest = 0
    for (const i of open) {
      low[i] = step(low, i)
      high[i] = step(high, i)
      widest = Math.max(widest, high[i]! - low[i]!)
    }
    if (widest < EPSILON) break
  }
  return { low, high }
}

/** Where somebody who chooses well never comes to a target. */
function canAvoid({ actions }: Mdp, targets: ReadonlySet<number>): Set<number> {
  const avoiding = new Set(actions.keys())
  for (const target of targets) avoiding.delete(target)
  for (let changed = true; changed; ) {
    changed = false
    for (const state of avoiding) {
      if (actions[state]!.some(({ to }) => to.every((next) => avoiding.has(next)))) continue
      avoiding.delete(state)
      changed = true
    }
  }
  return avoiding
}

/**
 * The maximal end components of some states: where somebody who chooses well can stay for ever, and come to each of them again and again.
 *
 * @param within the states that may be stayed in
 */
export function endComponents({ actions }: Mdp, within: ReadonlySet<number>): number[][] {
  let components: number[][] = [[...within]]
  for (let before = -1; before !== sizeOf(components); ) {
    before = sizeOf(components)
    const of = new Map(components.flatMap((component, i) => component.map((state) => [state, i] as const)))
    const stays = (state: number): readonly Action[] =>
      actions[state]!.filter(({ to }) => to.every((next) => of.get(next) === of.get(state)))
    const rest = components.flatMap((component) => component.filter((state) => stays(state).length > 0))
    const inside = new Set(rest)
    components = stronglyConnected(rest, (state) =>
      stays(state).flatMap(({ to }) => to.filter((next) => inside.has(next))),
    )
  }
  return components
}

/** Changes for as long as states are left out, or components fall apart. */
const sizeOf = (components: readonly (readonly number[])[]): number =>
  components.reduce((sum, component) => sum + component.length * 1_000_003 - 1, 0)

/** Each end component as one state, with the actions that leave it. */
function withoutComponents(
  mdp: Mdp,
  targets: ReadonlySet<number>,
): { readonly quotient: Mdp; readonly stateOf: readonly number[] } {
  const others = new Set(mdp.actions.keys())
  for (const target of targets) others.delete(target)
  const stateOf = new Array<number>(mdp.actions.length).fill(-1)
  let count = 0
  const components = endComponents(mdp, others)
  for (const component of components) {
    for (const state of component) stateOf[state] = count
    count++
  }
  for (let i = 0; i < stateOf.length; i++) if (stateOf[i]! < 0) stateOf[i] = count++
  const actions = Array.from({ length: count }, (): Action[] => [])
  mdp.actions.forEach((own, i) => {
    const here = stateOf[i]!
    for (const { to, chance } of own) {
      const moved = to.map((state) => stateOf[state]!)
      if (targets.has(i) || (here < components.length && moved.every((state) => state === here))) continue
      actions[here]!.push({ to: moved, chance })
    }
  })
  return { quotient: { actions }, stateOf }
}

/** Tarjan's strongly connected components. */
function stronglyConnected(states: readonly number[], next: (state: number) => readonly number[]): number[][] {
  const [index, low] = [new Map<number, number>(), new Map<number, number>()]
  const [stack, onStack] = [[] as number[], new Set<number>()]
  const components: number[][] = []
  for (const root of states) {
    if (index.has(root)) continue
    const work: { state: number; successors: readonly number[]; at: number }[] = []
    const enter = (state: number): void => {
      index.set(state, index.size)
      low.set(state, index.get(state)!)
      stack.push(state)
      onStack.add(state)
      work.push({ state, successors: next(state), at: 0 })
    }
    enter(root)
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { state } = top
      const successor = top.successors[top.at++]
      if (successor !== undefined) {
        if (!index.has(successor)) enter(successor)
        else if (onStack.has(successor)) low.set(state, Math.min(low.get(state)!, index.get(successor)!))
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above !== undefined) low.set(above.state, Math.min(low.get(above.state)!, low.get(state)!))
      if (low.get(state) !== index.get(state)) continue
      const component: number[] = []
      for (let member = -1; member !== state; ) {
        member = stack.pop()!
        onStack.delete(member)
        component.push(member)
      }
      components.push(component)
    }
  }
  return components
}
