import { automatonOf } from './automaton.ts'
import { SpecError } from './errors.ts'
import { explore, type StateGraph } from './explore.ts'
import { fairComponents, nearestFairComponent } from './fairness.ts'
import { lassoThrough } from './lasso.ts'
import { leastLasso, leastPath, leastStep } from './least.ts'
import { type Control, type Limits, wallClock } from './limits.ts'
import type { Model } from './model.ts'
import { Observer } from './observer.ts'
import { graphAsProduct, type Product, productOf } from './product.ts'
import { type Formula, not, type Predicate, type Property } from './property.ts'
import { lassoTrace, pathTo, traceTo } from './trace.ts'
import type { Statistics, Trace, Verdict } from './verdict.ts'

/** Beyond so many states a shortest run is shown instead of a least one: the search in the order of cost is slow. */
const MOST_STATES_FOR_LEAST = 500_000

export interface CheckOptions {
  readonly limits?: Limits
  readonly control?: Control
  /** Least runs by faults, moves, messages and steps (least.ts), instead of shortest ones: for explaining, not for matrices. */
  readonly least?: boolean
}

/** Checks all properties of a model in one search. Verdicts come in the order of the properties. */
export function check(model: Model, properties: readonly Property[], options: CheckOptions = {}): Verdict[] {
  const control = options.control ?? wallClock
  const started = control.now()
  const live = properties.some((property) => property.kind === 'liveness')
  let observer: Observer | null = null
  const graph = explore(model, {
    limits: options.limits ?? {},
    control,
    keepEdges: live,
    prepare: (compiled) => {
      observer = new Observer(compiled, properties)
    },
    // A least run may be longer than a shortest one: everything has to be known.
    visit: (state, words, base, terminal) =>
      observer!.visit(state, words, base, terminal) && !live && options.least !== true,
    ...(properties.some((property) => 'everyStep' in property) && {
      visitEdge: (from: number, words: Int32Array, base: number, next: Int32Array, nextBase: number) =>
        observer!.step(from, words, base, next, nextBase),
    }),
  })
  const statistics: Statistics = {
    states: graph.store.count,
    transitions: graph.transitions,
    depth: graph.depth,
    seconds: graph.seconds,
    memory: graph.memory,
  }
  return properties.map((property, i) => {
    const now = { ...statistics, seconds: control.now() - started }
    if (graph.failure !== null) return failed(property, graph.failure, now, stateThatFailed(graph))
    try {
      return judge(graph, property, i, observer!, now, options)
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      return failed(property, error, now, undefined)
    }
  })
}

function stateThatFailed(graph: StateGraph): Trace | undefined {
  return graph.expanded < graph.store.count ? traceTo(graph, graph.expanded) : undefined
}

function judge(
  graph: StateGraph,
  property: Property,
  i: number,
  observer: Observer,
  statistics: Statistics,
  options: CheckOptions,
): Verdict {
  const { limits = {} } = options
  const least = options.least === true && graph.store.count <= MOST_STATES_FOR_LEAST
  const common = { property: property.id, statistics }
  const seen = observer.violations[i]
  const incomplete = graph.incomplete
  if (property.kind === 'reachable') {
    if (seen !== undefined) {
      const path = least ? leastPath(graph, (state) => observer.satisfies(property, graph, state)) : null
      return { ...common, kind: 'holds', trace: traceTo(graph, path?.at(-1) ?? seen.state, path ?? undefined) }
    }
    if (incomplete !== null) return { ...common, kind: 'incomplete', because: incomplete }
    return { ...common, kind: 'violated', reason: `no reachable state satisfies it: ${observer.lastReason(i)}` }
  }
  if (seen !== undefined) {
    const better = least ? leastViolation(graph, property, observer) : null
    if (better !== null) return { ...common, kind: 'violated', ...better }
    const path = pathTo(graph, seen.state)
    return {
      ...common,
      kind: 'violated',
      reason: seen.reason,
      trace: traceTo(graph, seen.state, path, seen.next),
    }
  }
  if (property.kind === 'liveness') {
    if (graph.memory + bytesForLiveness(graph) > (limits.memory ?? Number.POSITIVE_INFINITY)) {
      return { ...common, kind: 'incomplete', because: 'memory' }
    }
    const violation = violationOf(graph, property, observer, least)
    if (violation !== null) return { ...common, kind: 'violated', ...violation }
  }
  if (incomplete !== null) return { ...common, kind: 'incomplete', because: incomplete }
  if (property.witness !== undefined && !observer.witnessed[i]) {
    return { ...common, kind: 'vacuous', reason: `it never happens that ${property.witness.name}` }
  }
  return { ...common, kind: 'holds' }
}

/** What the search for a fair lasso takes besides the graph: a copy of its edges, and some integers a state. */
function bytesForLiveness(graph: StateGraph): number {
  return graph.edges!.target.length * 8 + graph.expanded * 70
}

/** A fair run on which a liveness property fails. */
function violationOf(graph: StateGraph, property: Property & { kind: 'liveness' }, observer: Observer, least: boolean) {
  const { predicates, product, accepting } = searched(graph, property.formula, observer)
  const component = nearestFairComponent(product, graph.edges!, graph.compiled.fairness, accepting)
  if (component === null) return null
  const all = least ? fairComponents(product, graph.edges!, graph.compiled.fairness, accepting) : []
  const lasso = (least ? leastLasso(graph, product, rootsOf(product), all) : null) ?? lassoThrough(product, component)
  const cycleStates = lasso.cycle.map((visit) => product.state[visit.node] as number)
  return {
    reason: observer.reasonIn(graph, predicates, cycleStates),
    trace: lassoTrace(graph, product, lasso),
  }
}

/** The nodes of a product in which runs begin. */
const rootsOf = (product: Product): number[] =>
  Array.from({ length: product.count }, (_, node) => node).filter((node) => (product.parent[node] as number) < 0)

/** The least run to a state or step that violates a safety property or a deadlock that should not be. */
function leastViolation(graph: StateGraph, property: Property, observer: Observer) {
  if ('everyStep' in property) {
    const found = leastStep(graph, (from, to) => observer.reasonOfStep(property, graph, from, to) !== true)
    if (found === null) return null
    const from = found.path.at(-1)!
    const { words, width } = graph.store
    const further = words.slice(found.to * width, (found.to + 1) * width)
    const reason = observer.reasonOfStep(property, graph, from, found.to)
    return { reason: String(reason), trace: traceTo(graph, from, found.path, further) }
  }
  const path = leastPath(graph, (state) => observer.reasonOfState(property, graph, state) !== true)
  if (path === null) return null
  const state = path.at(-1)!
  return { reason: String(observer.reasonOfState(property, graph, state)), trace: traceTo(graph, state, path) }
}

/** Where to look for a run that violates a formula: its product with an automaton of the negation, and what accepts it. */
function searched(graph: StateGraph, formula: Formula, observer: Observer) {
  const edges = graph.edges!
  const stable = alwaysInTheEnd(formula)
  if (stable !== null) {
    const labels = observer.labels(graph, [stable])
    const product = graphAsProduct(edges, graph.store.parents, graph.expanded)
    return { predicates: [stable], product, accepting: [(node: number) => labels[node] === 0] }
  }
  const automaton = automatonOf(not(formula))
  const labels = observer.labels(graph, automaton.predicates)
  const product = productOf(edges, labels, graph.initial, graph.expanded, automaton)
  const accepting = automaton.accepting.map((set) => (node: number) => set.has(product.phase[node] as number))
  return { predicates: automaton.predicates, product, accepting }
}

/** The predicate p of a formula 'eventually always p'; null for any other formula. */
function alwaysInTheEnd(formula: Formula): Predicate | null {
  return formula.op === 'eventually' && formula.of.op === 'always' && formula.of.of.op === 'is'
    ? formula.of.of.predicate
    : null
}

function failed(property: Property, error: SpecError, statistics: Statistics, trace: Trace | undefined): Verdict {
  const failure = { where: error.where, message: error.message, saw: error.saw }
  return {
    kind: 'failed',
    property: property.id,
    statistics,
    error: trace === undefined ? failure : { ...failure, trace },
  }
}
