import { Budget } from './budget.ts'
import { costOf, STEP } from './cost.ts'
import type { FairComponent } from './fairness.ts'
import { type StateGraph, stepsFrom } from './graph.ts'
import type { Lasso, Visit } from './lasso.ts'
import type { Product } from './product.ts'

/** A walk over numbered nodes: how it got to each, and by which step. */
interface Reached {
  readonly node: number
  readonly cost: number
  readonly before: Reached | null
  readonly fair: number
}

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
  const end = cheapest(
    roots,
    (state) =>
      state >= graph.expanded
        ? []
        : stepsFrom(graph, state)
            .filter(({ to }) => to >= 0)
            .map(({ label, to, fair }) => ({ node: to, cost: costOf(label), fair })),
    wanted,
    budget,
  )
  return end === null ? null : unwind(end).map(({ node }) => node)
}

/** The least way to a step that is wanted: the states up to it, and the one that it leads to. */
export function leastStep(
  graph: StateGraph,
  wanted: (from: number, to: number) => boolean,
  budget: Budget,
): { readonly path: number[]; readonly to: number } | null {
  // A wanted step leads to a node of its own, numbered below zero.
  const ends: [number, number][] = []
  const end = cheapest(
    graph.initial,
    (state) => {
      if (state < 0 || state >= graph.expanded) return []
      return stepsFrom(graph, state)
        .filter(({ to }) => to >= 0)
        .map(({ label, to, fair }) => {
          const node = wanted(state, to) ? -ends.push([state, to]) : to
          return { node, cost: costOf(label), fair }
        })
    },
    (node) => node < 0,
    budget,
  )
  if (end === null) return null
  const [, to] = ends[-end.node - 1]!
  return { path: unwind(end.before!).map(({ node }) => node), to }
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
  const stem = cheapest(
    roots,
    (node) => stepsOf(graph, product, node),
    (node) => member[node] !== 0,
    budget,
  )
  if (stem === null) return null
  const component = components[(member[stem.node] as number) - 1]!
  const cycle = leastCycle(graph, product, component, stem.node, budget)
  return cycle === null ? null : { stem: unwind(stem).map(visit), cycle }
}

const visit = ({ node, fair }: Reached): Visit => ({ node, fair })

/** The steps of a product's node, each with the least label that leads there. */
function stepsOf(graph: StateGraph, product: Product, node: number) {
  const from = product.stateOf(node)
  const costs = new Map<string, number>()
  for (const { label, to, fair } of stepsFrom(graph, from)) {
    const key = `${to}/${fair}`
    costs.set(key, Math.min(costs.get(key) ?? Number.POSITIVE_INFINITY, costOf(label)))
  }
  const steps: { node: number; cost: number; fair: number }[] = []
  // A run that has ended stutters: that costs a step.
  const lead = (target: number, fair: number): void => {
    const cost = costs.get(`${product.stateOf(target)}/${fair}`) ?? STEP
    steps.push({ node: target, cost, fair })
  }
  if (product.rests(node)) lead(node, -1)
  for (let e = product.start[node] as number; e < (product.start[node + 1] as number); e++) {
    const target = product.target[e] as number
    if (target < product.count) lead(target, product.fair[e] as number)
  }
  return steps
}

/** Past so many nodes the least cycle is given up for a good one. */
const MOST_NODES = 200_000

/**
 * The least cycle through a node that is fair and accepted. What has been met on the way is part of where one is: acceptance sets seen,
 * classes taken or not enabled, and, of strong ones, whether they were enabled.
 */
function leastCycle(
  graph: StateGraph,
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
  const end = cheapest(
    [start],
    (number) => {
      const { node, met } = places[number]!
      if (places.length > MOST_NODES) return []
      return stepsOf(graph, product, node)
        .filter((step) => inside[step.node] === 1)
        .map((step) => ({ ...step, node: place(step.node, passing(step.node, step.fair, met)) }))
    },
    (number) => {
      const { node, met } = places[number]!
      return number !== start && node === entry && done(met)
    },
    budget,
  )
  if (end === null) return null
  return unwind(end)
    .slice(1)
    .map(({ node, fair }) => ({ node: places[node]!.node, fair }))
}

/** Estimates of what the search in the order of cost keeps of each place that it knows, and of each way to one. */
const BYTES_A_PLACE = 200
const BYTES_A_VISIT = 200

/** Dijkstra's search; of equal costs the node that was found first. */
function cheapest(
  roots: readonly number[],
  steps: (node: number) => readonly { readonly node: number; readonly cost: number; readonly fair: number }[],
  wanted: (node: number) => boolean,
  budget: Budget,
): Reached | null {
  const heap = new Heap()
  const best = new Map<number, number>()
  const settled = new Set<number>()
  for (const node of roots) {
    heap.push({ node, cost: 0, before: null, fair: -1 })
    best.set(node, 0)
  }
  for (let here = heap.pop(); here !== undefined; here = heap.pop()) {
    if (settled.has(here.node)) continue
    if (wanted(here.node)) return here
    settled.add(here.node)
    const onward = steps(here.node)
    budget.poll(1 + onward.length)
    for (const step of onward) {
      const cost = here.cost + step.cost
      const known = best.get(step.node)
      if (settled.has(step.node) || (known !== undefined && known <= cost)) continue
      budget.take(BYTES_A_VISIT)
      best.set(step.node, cost)
      heap.push({ node: step.node, cost, before: here, fair: step.fair })
    }
  }
  return null
}

function unwind(end: Reached): Reached[] {
  const walk: Reached[] = []
  for (let reached: Reached | null = end; reached !== null; reached = reached.before) walk.unshift(reached)
  return walk
}

/** A binary heap by cost, then by order of arrival. */
class Heap {
  readonly #items: { readonly item: Reached; readonly order: number }[] = []
  #arrivals = 0

  push(item: Reached): void {
    const items = this.#items
    items.push({ item, order: this.#arrivals++ })
    for (let i = items.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1
      if (!this.#less(i, parent)) break
      this.#swap(i, parent)
      i = parent
    }
  }

  pop(): Reached | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined) return undefined
    if (items.length > 0) {
      items[0] = last
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        let least = i
        if (left < items.length && this.#less(left, least)) least = left
        if (right < items.length && this.#less(right, least)) least = right
        if (least === i) break
        this.#swap(i, least)
        i = least
      }
    }
    return top.item
  }

  #less(a: number, b: number): boolean {
    const [one, other] = [this.#items[a]!, this.#items[b]!]
    return one.item.cost < other.item.cost || (one.item.cost === other.item.cost && one.order < other.order)
  }

  #swap(a: number, b: number): void {
    const items = this.#items
    ;[items[a], items[b]] = [items[b]!, items[a]!]
  }
}
