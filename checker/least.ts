import { Budget } from './budget.ts'
import { CheapestWays, type Lead } from './cheapest.ts'
import { STEP } from './cost.ts'
import { CostedSteps } from './costed-steps.ts'
import type { FairComponent } from './fairness.ts'
import type { StateGraph } from './graph.ts'
import type { Lasso, Visit } from './lasso.ts'
import type { Product } from './product.ts'

/**
 * The least way to a state that is wanted, as numbers of states; null where there is none.
 * @throws Stopped when a budget is given and ends before that
 */
export function leastPath(
  graph: StateGraph,
  wanted: (state: number) => boolean,
  roots: readonly number[] = graph.initial,
  budget = new Budget(),
): number[] | null {
  const ways = new CheapestWays(graph.store.count, budget)
  const steps = new CostedSteps(graph, budget)
  const end = ways.search(
    roots,
    (state, lead) => {
      steps.take(state)
      for (let i = 0; i < steps.count; i++)
        lead(steps.to[i] as number, steps.cost[i] as number, steps.fair[i] as number)
    },
    wanted,
  )
  return end < 0 ? null : ways.wayTo(end).map(({ node }) => node)
}

/** The least way to a step that is wanted: the states up to it, and the one that it leads to. */
export function leastStep(
  graph: StateGraph,
  wanted: (from: number, to: number) => boolean,
  budget: Budget,
): { readonly path: number[]; readonly to: number } | null {
  const { count } = graph.store
  const ways = new CheapestWays(count + 1, budget)
  const steps = new CostedSteps(graph, budget)
  // Wanted steps lead to a node of their own, after those of the states: of the cheapest one so far it is known where it really leads.
  let wantedTo = -1
  const end = ways.search(
    graph.initial,
    (state, lead) => {
      steps.take(state)
      for (let i = 0; i < steps.count; i++) {
        const to = steps.to[i] as number
        const isWanted = wanted(state, to)
        const isCheapest = lead(isWanted ? count : to, steps.cost[i] as number, steps.fair[i] as number)
        if (isWanted && isCheapest) wantedTo = to
      }
    },
    (node) => node === count,
  )
  if (end < 0) return null
  const path = ways.wayTo(end).map(({ node }) => node)
  return { path: path.slice(0, -1), to: wantedTo }
}

/** The least stem into a fair component, and the least fair cycle from where it ends. */
export function leastLasso(
  graph: StateGraph,
  product: Product,
  components: readonly FairComponent[],
  budget: Budget,
): Lasso | null {
  // By number, from 1 on: the component that a node is of, 0 for none.
  const member = budget.ints(product.count)
  components.forEach(({ nodes }, i) => {
    for (let k = 0; k < nodes.length; k++) member[nodes[k] as number] = i + 1
  })
  const roots: number[] = []
  for (let node = 0; node < product.count; node++) if (product.parentOf(node) < 0) roots.push(node)
  const ways = new CheapestWays(product.count, budget)
  const steps = new ProductSteps(graph, product, budget)
  const end = ways.search(
    roots,
    (node, lead) => steps.from(node, lead),
    (node) => member[node] !== 0,
  )
  if (end < 0) return null
  const component = components[(member[end] as number) - 1]!
  const cycle = leastCycle(steps, product, component, end, budget)
  return cycle === null ? null : { stem: ways.wayTo(end), cycle }
}

/** The steps of a product's nodes, each with the least label that leads there. */
class ProductSteps {
  readonly #product: Product
  readonly #steps: CostedSteps

  constructor(graph: StateGraph, product: Product, budget: Budget) {
    this.#product = product
    this.#steps = new CostedSteps(graph, budget)
  }

  from(node: number, lead: Lead): void {
    const product = this.#product
    const { edges, count } = product
    this.#steps.take(product.stateOf(node))
    if (product.rests(node)) lead(node, this.#costTo(node, -1), -1)
    const end = edges.first(node + 1)
    for (let e = edges.first(node); e < end; e++) {
      const [to, fair] = [edges.target(e), edges.fair(e)]
      if (to < count) lead(to, this.#costTo(to, fair), fair)
    }
  }

  /** A run that has ended stutters: that costs a step. */
  #costTo(node: number, fair: number): number {
    const state = this.#product.stateOf(node)
    const steps = this.#steps
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < steps.count; i++)
      if (steps.to[i] === state && steps.fair[i] === fair) least = Math.min(least, steps.cost[i] as number)
    return least === Number.POSITIVE_INFINITY ? STEP : least
  }
}

/** Past so many nodes the least cycle is given up for a good one. */
const MOST_NODES = 200_000

/**
 * The least cycle through a node that is fair and accepted. What has been met on the way is part of where one is: acceptance sets seen,
 * classes taken or not enabled, and, of strong ones, whether they were enabled.
 */
function leastCycle(
  steps: ProductSteps,
  product: Product,
  component: FairComponent,
  entry: number,
  budget: Budget,
): Visit[] | null {
  const inside = budget.ints(product.count)
  for (let i = 0; i < component.nodes.length; i++) inside[component.nodes[i] as number] = 1
  const { obligations } = component
  const at = new Map<string, number>()
  const places: { node: number; met: bigint }[] = []
  const place = (node: number, met: bigint): number => {
    const key = `${node}/${met}`
    let number = at.get(key)
    if (number === undefined) {
      budget.take(BYTES_A_PLACE)
      number = places.push({ node, met }) - 1
      at.set(key, number)
    }
    return number
  }
  const passing = (node: number, fair: number, met: bigint): bigint => {
    let now = met
    obligations.forEach((obligation, i) => {
      now |= BigInt(obligation.bits(node, fair)) << BigInt(2 * i)
    })
    return now
  }
  const done = (met: bigint): boolean =>
    obligations.every((obligation, i) => obligation.isMet(Number((met >> BigInt(2 * i)) & 3n)))
  // Not a place that can be come back to: the beginning of a cycle is not its end.
  const start = places.push({ node: entry, met: 0n }) - 1
  const ways = new CheapestWays(0, budget)
  const end = ways.search(
    [start],
    (number, lead) => {
      const { node, met } = places[number]!
      if (places.length > MOST_NODES) return
      steps.from(node, (to, cost, fair) => inside[to] === 1 && lead(place(to, passing(to, fair, met)), cost, fair))
    },
    (number) => {
      const { node, met } = places[number]!
      return number !== start && node === entry && done(met)
    },
  )
  if (end < 0) return null
  return ways
    .wayTo(end)
    .slice(1)
    .map(({ node, fair }) => ({ node: places[node]!.node, fair }))
}

/** An estimate of what is kept of each place that is known. */
const BYTES_A_PLACE = 200
