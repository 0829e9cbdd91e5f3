import { Budget, Stopped } from './budget.ts'
import type { Cells } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import { type Cycles, cyclesOf } from './cycles.ts'
import { SpecError } from './errors.ts'
import { type ExploreOptions, explore } from './explore.ts'
import type { StateGraph } from './graph.ts'
import { type Growth, growthOf } from './growth.ts'
import { heldBackForEver } from './held-back.ts'
import type { Keeper, SeenStep } from './keeper.ts'
import type { Kerneling } from './kernel.ts'
import { leastPath, leastStep } from './least.ts'
import type { Control, Incomplete, Limits } from './limits.ts'
import { fairViolation } from './liveness.ts'
import type { Model } from './model.ts'
import { Observer, type Sighting } from './observer.ts'
import type { Formula, Property } from './property.ts'
import type { Mirror } from './symmetry.ts'
import { isOfLength, withItsStopwatch } from './timed/stretch.ts'
import { pathTo, traceTo } from './trace.ts'
import type { Finding, Trace, Verdict } from './verdict.ts'

/** Beyond so many states a shortest run is shown instead of a least one: the search in the order of cost is slow. */
const MOST_STATES_FOR_LEAST = 20_000_000

/** Of the time: what is left is for lassos in what was found by then. */
const SHARE_OF_SEARCH = 0.8

export interface CheckOptions {
  readonly limits?: Limits
  readonly control?: Control
  /**
   * Least runs by faults, moves, messages and steps (least.ts), instead of shortest ones: for explaining, not for matrices. A
   * least run that cannot be afforded is given up for a shortest one.
   */
  readonly least?: boolean
  /** When a loop in WebAssembly takes over; null never. */
  readonly kernel?: Kerneling | null
  /** Keeps the search so that it can be gone on with: of a model without time. */
  readonly keeper?: Keeper
  /** Takes fewer steps to the same states (sleep.ts), where no property is of whole runs. Which rules are held back for ever is then not asked. */
  readonly sleep?: boolean
  /** Searches up to a symmetry, for whoever asks each property of images too (analysis/reduction/symmetry.ts): of states and steps, in a model without time. Of properties of one id each is decided once any is. */
  readonly mirror?: (compiled: CompiledModel) => Mirror
}

/**
 * Checks all properties of a model in one search, and each that is of how long something lasts in one of its own. Verdicts come in the order of the properties.
 *
 * @throws Error where the model has no time, and a property is of that
 */
export function check(model: Model, properties: readonly Property[], options: CheckOptions = {}): Verdict[] {
  const plain = properties.filter((property) => !isOfLength(property))
  const together = plain.length === 0 ? [] : checkTogether(model, plain, options)
  return properties.map((property) => {
    if (!isOfLength(property)) return together[plain.indexOf(property)]!
    const watched = withItsStopwatch(model, property)
    return checkTogether(watched.model, [watched.property], options)[0]!
  })
}

function checkTogether(model: Model, properties: readonly Property[], options: CheckOptions): Verdict[] {
  const budget = new Budget(options.limits, options.control)
  const live = properties.some((property) => property.kind === 'liveness')
  const { found } = options.control ?? {}
  const { keeper } = options
  const sleep = options.sleep === true && keeper === undefined
  let observer: Observer | null = null
  let known = 0
  const tell = ({ id }: Property, reason: string): void => found?.({ property: id, reason, states: known })
  /** Liveness properties of which a violation has been told. */
  const toldOf = new Set<Property>()
  const tellOf = (soFar: StateGraph): void => {
    const cycles = cyclesOf(soFar, budget)
    for (const property of properties) {
      if (property.kind !== 'liveness' || toldOf.has(property)) continue
      const violation = budget.ifAffordable(() => violationSoFar(soFar, cycles, property.formula, observer!, budget))
      if (violation === null) continue
      toldOf.add(property)
      if (violation !== 'throws') tell(property, violation.reason)
    }
  }
  const search: ExploreOptions = {
    budget,
    ...(options.kernel !== undefined && { kernel: options.kernel }),
    // Which rules are held back for ever is asked of the edges too.
    ...(options.mirror && { mirror: options.mirror }),
    keepEdges: live || (!sleep && options.mirror === undefined && mayHoldBack(model)),
    sleep,
    prepare: (compiled) => {
      observer = new Observer(
        compiled,
        properties,
        found === undefined ? undefined : tell,
        options.mirror !== undefined,
      )
      budget.gauge(() => observer!.bytes)
      for (const { property, state, reason, next } of keeper?.from?.steps ?? [])
        observer.know(property, { state, reason, next: Int32Array.from(next) })
    },
    ...(keeper && {
      keeper: {
        from: keeper.from,
        isDue: () => keeper.isDue(),
        keep: (soFar: StateGraph, layerEnd: number) => keeper.keep(soFar, layerEnd, seenSteps(observer!)),
      },
    }),
    // A least run may be longer than a shortest one: everything has to be known.
    visit: (state, row, terminal, changed) => {
      known = state + 1
      return observer!.visit(state, row, terminal, changed) && !live && options.least !== true
    },
    looksAt: () => observer!.looksAt,
    ...(live && found !== undefined && { meanwhile: (soFar: StateGraph) => budget.episode(() => tellOf(soFar)) }),
    ...(properties.some((property) => 'everyStep' in property) && {
      visitEdge: (from: number, row: Int32Array, next: Int32Array, changed: Cells) => {
        known = from + 1
        observer!.step(from, row, next, changed)
      },
    }),
  }
  const graph = budget.within(live ? SHARE_OF_SEARCH : 1, () => explore(model, search))
  // Where all steps lie in edges no state is looked for any more.
  if (graph.edges !== null && graph.edges.states >= graph.expanded) budget.spare.lend(graph.store.close())
  const least = options.least === true && graph.store.count <= MOST_STATES_FOR_LEAST
  const judge = new Judge(graph, observer!, budget, least)
  const verdicts = properties.map((property, i) => {
    const finding = judge.judge(property, i)
    const leaning = judge.leaning(property, finding)
    const statistics = {
      states: graph.store.count,
      transitions: graph.transitions,
      depth: graph.depth,
      seconds: budget.seconds,
      memory: budget.peak,
    }
    return { property: property.id, ...leaning, statistics, ...finding }
  })
  graph.release()
  return verdicts
}

const mayHoldBack = ({ time, rules }: Model): boolean =>
  time === undefined && rules.some(({ waits }) => waits !== undefined)

/** What is known of properties of steps. */
const seenSteps = ({ violations }: Observer): SeenStep[] =>
  violations.flatMap((seen, property) =>
    seen?.next === undefined ? [] : [{ property, state: seen.state, reason: seen.reason, next: [...seen.next] }],
  )

/** A predicate that throws is told at the end, when the way to where it does is known: what one looks at early must not change a verdict. */
function violationSoFar(
  graph: StateGraph,
  ...[cycles, formula, observer, budget]: [() => Cycles, Formula, Observer, Budget]
) {
  try {
    return fairViolation(graph, cycles, formula, observer, budget, false)
  } catch (error) {
    if (error instanceof SpecError) return 'throws'
    throw error
  }
}

/** Says of each property what came out of a search, and looks for lassos where it has to. */
class Judge {
  readonly #graph: StateGraph
  readonly #observer: Observer
  readonly #budget: Budget
  readonly #least: boolean
  readonly #cycles: () => Cycles
  #growth: readonly Growth[] | null = null
  /** Null where it could not be found out, of all properties alike. */
  #heldBack: readonly string[] | null | undefined
  /** By property, in the lasso that violates it. */
  readonly #lassoHoldsBack = new Map<string, readonly string[] | null>()

  constructor(graph: StateGraph, observer: Observer, budget: Budget, least: boolean) {
    this.#graph = graph
    this.#observer = observer
    this.#budget = budget
    this.#least = least
    this.#cycles = cyclesOf(graph, budget)
  }

  judge(property: Property, i: number): Finding {
    if (this.#graph.failure !== null) return failed(this.#graph.failure, this.#wayToFailure())
    try {
      return this.#budget.scope(() => this.#finding(property, i))
    } catch (error) {
      if (error instanceof Stopped) return this.#incomplete(this.#graph.incomplete ?? error.because)
      if (error instanceof SpecError) return failed(error, null)
      throw error
    }
  }

  #finding(property: Property, i: number): Finding {
    const seen = this.#observer.violations[i]
    const { incomplete } = this.#graph
    if (property.kind === 'reachable') {
      if (seen !== undefined) return { kind: 'holds', ...told(this.#wayTo(property, seen)) }
      if (incomplete !== null) return this.#incomplete(incomplete)
      return {
        kind: 'violated',
        reason: `no reachable state satisfies it: ${this.#observer.lastReason(i, this.#graph)}`,
      }
    }
    if (seen !== undefined) return this.#violated(property, seen)
    if (property.kind === 'liveness') {
      const violation = fairViolation(
        this.#graph,
        this.#cycles,
        property.formula,
        this.#observer,
        this.#budget,
        this.#least,
      )
      this.#lassoHoldsBack.set(property.id, violation === null ? [] : violation.heldBack)
      if (violation !== null) return { kind: 'violated', reason: violation.reason, ...told(violation.trace) }
    }
    if (incomplete !== null) return this.#incomplete(incomplete)
    if (property.witness !== undefined && !this.#observer.witnessed[i]) {
      return { kind: 'vacuous', reason: `it never happens that ${property.witness.name}` }
    }
    return { kind: 'holds' }
  }

  /** Rules that are held back for ever, where that may have decided. */
  leaning(property: Property, finding: Finding): Pick<Verdict, 'heldBack'> {
    if (finding.kind === 'violated' && property.kind === 'liveness') return named(this.#lassoHoldsBack.get(property.id))
    // A run that was found is one; what was not found might be.
    const found = finding.kind === (property.kind === 'reachable' ? 'holds' : 'violated')
    if (found || finding.kind === 'incomplete' || finding.kind === 'failed') return {}
    if (this.#heldBack === undefined)
      this.#heldBack = this.#budget.ifAffordable(() => heldBackForEver(this.#graph, this.#cycles, this.#budget) ?? [])
    return named(this.#heldBack)
  }

  #incomplete(because: Incomplete): Finding {
    this.#growth ??= this.#budget.telling(() => growthOf(this.#graph, this.#budget)) ?? []
    return { kind: 'incomplete', because, growth: this.#growth }
  }

  /** A least run to a state that a reachability property asks for, or a shortest one. */
  #wayTo(property: Property, seen: Sighting): Trace | null {
    const [graph, budget] = [this.#graph, this.#budget]
    const wanted = (state: number): boolean => this.#observer.satisfies(property, graph, state)
    const path = this.#least ? budget.ifAffordable(() => leastPath(graph, wanted, graph.initial, budget)) : null
    return budget.telling(() => traceTo(graph, path ?? pathTo(graph, seen.state), budget))
  }

  #violated(property: Property, seen: Sighting): Finding {
    const [graph, budget] = [this.#graph, this.#budget]
    const least = this.#least ? budget.ifAffordable(() => this.#leastViolation(property)) : null
    const { reason, path, next } = least ?? { reason: seen.reason, path: null, next: seen.next }
    const trace = budget.telling(() => traceTo(graph, path ?? pathTo(graph, seen.state), budget, next))
    return { kind: 'violated', reason, ...told(trace) }
  }

  /** The least way to a state or step that violates a safety property, or to a deadlock that should not be. */
  #leastViolation(property: Property): { reason: string; path: number[]; next: Int32Array | undefined } | null {
    const [graph, observer] = [this.#graph, this.#observer]
    if ('everyStep' in property) {
      const wanted = (from: number, to: number) => observer.reasonOfStep(property, graph, from, to) !== true
      const found = leastStep(graph, wanted, this.#budget)
      if (found === null) return null
      const reason = observer.reasonOfStep(property, graph, found.path.at(-1)!, found.to)
      return {
        reason: String(reason),
        path: found.path,
        next: graph.store.row(found.to),
      }
    }
    const wanted = (state: number) => observer.reasonOfState(property, graph, state) !== true
    const path = leastPath(graph, wanted, graph.initial, this.#budget)
    if (path === null) return null
    return { reason: String(observer.reasonOfState(property, graph, path.at(-1)!)), path, next: undefined }
  }

  /** The shortest way to the state in which a rule or predicate threw. */
  #wayToFailure(): Trace | null {
    const [graph, budget] = [this.#graph, this.#budget]
    if (graph.expanded >= graph.store.count) return null
    return budget.telling(() => traceTo(graph, pathTo(graph, graph.expanded), budget))
  }
}

const named = (heldBack: readonly string[] | null = []) => (heldBack?.length === 0 ? {} : { heldBack })

const told = (trace: Trace | null): { trace?: Trace } => (trace === null ? {} : { trace })

function failed({ where, message, saw }: SpecError, trace: Trace | null): Finding {
  return { kind: 'failed', error: { where, message, saw, ...told(trace) } }
}
