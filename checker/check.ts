import { automatonOf } from './automaton.ts'
import { SpecError } from './errors.ts'
import { explore, type StateGraph } from './explore.ts'
import { nearestFairComponent } from './fairness.ts'
import { lassoThrough } from './lasso.ts'
import { type Control, type Limits, wallClock } from './limits.ts'
import type { Model } from './model.ts'
import { Observer } from './observer.ts'
import { productOf } from './product.ts'
import { not, type Property } from './property.ts'
import { lassoTrace, pathTo, traceTo } from './trace.ts'
import type { Statistics, Trace, Verdict } from './verdict.ts'

export interface CheckOptions {
  readonly limits?: Limits
  readonly control?: Control
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
    visit: (state, words, base, terminal) => observer!.visit(state, words, base, terminal) && !live,
    ...(properties.some((property) => 'everyStep' in property) && {
      visitEdge: (from: number, words: Int32Array, base: number, to: Int32Array) =>
        observer!.step(from, words, base, to),
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
      return judge(graph, property, i, observer!, now)
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      return failed(property, error, now, undefined)
    }
  })
}

function stateThatFailed(graph: StateGraph): Trace | undefined {
  return graph.expanded < graph.store.count ? traceTo(graph, graph.expanded) : undefined
}

function judge(graph: StateGraph, property: Property, i: number, observer: Observer, statistics: Statistics): Verdict {
  const common = { property: property.id, statistics }
  const seen = observer.violations[i]
  const incomplete = graph.incomplete
  if (property.kind === 'reachable') {
    if (seen !== undefined) return { ...common, kind: 'holds', trace: traceTo(graph, seen.state) }
    if (incomplete !== null) return { ...common, kind: 'incomplete', because: incomplete }
    return { ...common, kind: 'violated', reason: `no reachable state satisfies it: ${observer.lastReason(i)}` }
  }
  if (seen !== undefined) {
    const path = pathTo(graph, seen.state)
    return {
      ...common,
      kind: 'violated',
      reason: seen.reason,
      trace: traceTo(graph, seen.state, path, seen.next),
    }
  }
  if (property.kind === 'liveness') {
    const violation = violationOf(graph, property, observer)
    if (violation !== null) return { ...common, kind: 'violated', ...violation }
  }
  if (incomplete !== null) return { ...common, kind: 'incomplete', because: incomplete }
  if (property.witness !== undefined && !observer.witnessed[i]) {
    return { ...common, kind: 'vacuous', reason: `it never happens that ${property.witness.name}` }
  }
  return { ...common, kind: 'holds' }
}

/** A fair run on which a liveness property fails. */
function violationOf(graph: StateGraph, property: Property & { kind: 'liveness' }, observer: Observer) {
  const automaton = automatonOf(not(property.formula))
  const labels = observer.labels(graph, automaton.predicates)
  const edges = graph.edges!
  const product = productOf(edges, labels, graph.initial, graph.expanded, automaton)
  const component = nearestFairComponent(product, edges, graph.compiled.fairness, automaton.accepting)
  if (component === null) return null
  const lasso = lassoThrough(product, component)
  const cycleStates = lasso.cycle.map((visit) => product.state[visit.node] as number)
  return {
    reason: observer.reasonIn(graph, automaton.predicates, cycleStates),
    trace: lassoTrace(graph, product, lasso),
  }
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
