import { canonical } from '../checker/canonical.ts'
import { explore, type StateGraph, stepsFrom, valuesOf } from '../checker/explore.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import type { Label, Value } from '../checker/model.ts'
import type { Trace } from '../checker/verdict.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Role } from '../spec/internet/role.ts'
import { eventOf, sendOf } from './role-event.ts'

/** One thing that is done to the system under test, and what it must do. */
export interface SuiteStep {
  /** The event in words. */
  readonly text: string
  /** The event as the role gets it: a message with its addresses, `attached`, or a timer's name. */
  readonly event: { readonly kind: string }
  /** What it must send then, in order. */
  readonly sends: readonly unknown[]
  /** The paper's or RFC's section that says so, where the spec names one. */
  readonly source: string | null
}

export interface SuiteTest {
  readonly name: string
  readonly steps: readonly SuiteStep[]
}

/** What a suite takes all of: transitions of the role, or pairs of them that can follow each other. */
export type Cover = 'transitions' | 'pairs'

/** Tests of one role, which together take everything that they cover in the scenario. */
export interface Suite {
  readonly role: string
  readonly start: Value
  /** How many transitions, pairs or runs are covered. */
  readonly transitions: number
  /** Whether every state of the scenario was looked at. */
  readonly complete: boolean
  readonly states: number
  readonly tests: readonly SuiteTest[]
}

/** Which section says what a role does with an event, by the event's kind. */
export type Sections = Readonly<Record<string, string>>

type AnyRole = Role<Value, { kind: string }, string>

/** A transition of the role: what it remembers, and what happens to it. */
const transitionOf = (before: Value, event: unknown): string => canonical([before, event as Value])

/** What one step of the world is to the role: a transition, by number, and where the world then is. */
interface Move {
  readonly to: number
  readonly label: Label
  /** -1 where the role has no part in it. */
  readonly transition: number
}

/** A place of the search: a state of the world, and the transition that the role took last. */
interface Visit {
  readonly state: number
  readonly last: number
  readonly before: Visit | null
  readonly label: Label | null
}

/** Places that are looked at between two looks for an interruption, which also say that the search is alive. */
const LOOK_EVERY = 256

/**
 * A cover of a role: the rest of the world is the harness. Runs are shortest ones to something that no test has yet, the farthest first, and a test all
 * of which others take is dropped: a greedy cover, small but not proven least.
 *
 * @param most states of the world that are looked at, and for pairs, places of the search
 */
export function suiteFor(
  internet: Internet,
  name: string,
  most: number,
  cover: Cover = 'transitions',
  sections: Sections = {},
  control: Control = wallClock,
): Suite {
  const { model } = internet
  const graph = explore(model, { limits: { states: most }, control })
  const world = new RoleGraph(internet, name, graph)
  const found = new Map<string, Visit>()
  const seen = new Set<string>(['0 -1'])
  const queue: Visit[] = [{ state: 0, last: -1, before: null, label: null }]
  let complete = graph.incomplete === null
  for (let i = 0; i < queue.length; i++) {
    const visit = queue[i]!
    if (i % LOOK_EVERY === 0 && control.interrupted?.() === true) {
      complete = false
      break
    }
    for (const { to, label, transition } of world.movesFrom(visit.state)) {
      const next: Visit = { state: to, last: transition < 0 ? visit.last : transition, before: visit, label }
      if (transition >= 0) {
        const goal = cover === 'pairs' ? `${visit.last} ${transition}` : `${transition}`
        if (!found.has(goal)) found.set(goal, next)
      }
      // For transitions alone it does not matter how one came to a state.
      const place = `${to} ${cover === 'pairs' ? next.last : -1}`
      if (to < 0 || seen.has(place)) continue
      if (cover === 'pairs' && seen.size >= 20 * most) complete = false
      else {
        seen.add(place)
        queue.push(next)
      }
    }
  }
  const uncovered = new Set(found.keys())
  const runs: Run[] = []
  for (const [goal, visit] of [...found].reverse()) {
    if (!uncovered.has(goal)) continue
    const run = runOf(internet, name, wayTo(graph, visit), sections)
    const numbers = run.transitions.map((key) => world.numberOf(key))
    const keys = numbers.map((number, i) => (cover === 'pairs' ? `${numbers[i - 1] ?? -1} ${number}` : `${number}`))
    for (const key of keys) uncovered.delete(key)
    runs.push({ keys, steps: run.steps })
  }
  return {
    role: name,
    start: roleOf(internet, name).start,
    transitions: found.size,
    complete,
    states: graph.store.count,
    tests: withoutRedundant(runs).map(({ steps }, i) => ({ name: `${i + 1}: ${steps.at(-1)!.text}`, steps })),
  }
}

/** A suite out of runs that are there already, as counterexamples are: a test each, if the role has a part in it. */
export function suiteOfRuns(
  internet: Internet,
  name: string,
  runs: readonly { readonly name: string; readonly trace: Trace }[],
  sections: Sections = {},
): Suite {
  const tests = runs.flatMap((one): SuiteTest[] => {
    const { steps } = runOf(internet, name, one.trace, sections)
    return steps.length === 0 ? [] : [{ name: one.name, steps }]
  })
  const { start } = roleOf(internet, name)
  return { role: name, start, transitions: tests.length, complete: true, states: 0, tests }
}

const roleOf = (internet: Internet, name: string): AnyRole =>
  internet.layout.topology.nodes.find((n) => n.name === name)!.role as unknown as AnyRole

/** The steps of the world with the role's transitions numbered, each state looked at once. */
class RoleGraph {
  readonly #internet: Internet
  readonly #name: string
  readonly #graph: StateGraph
  readonly #moves = new Map<number, readonly Move[]>()
  readonly #numbers = new Map<string, number>()
  readonly #transitions = new Map<Label, number>()

  constructor(internet: Internet, name: string, graph: StateGraph) {
    this.#internet = internet
    this.#name = name
    this.#graph = graph
  }

  numberOf(transition: string): number {
    const known = this.#numbers.get(transition)
    if (known !== undefined) return known
    this.#numbers.set(transition, this.#numbers.size)
    return this.#numbers.size - 1
  }

  movesFrom(state: number): readonly Move[] {
    if (state >= this.#graph.expanded) return []
    const known = this.#moves.get(state)
    if (known !== undefined) return known
    const moves = stepsFrom(this.#graph, state).map(
      ({ label, to }): Move => ({ to, label, transition: this.#transitionBy(label, state) }),
    )
    this.#moves.set(state, moves)
    return moves
  }

  /** A label is made once for all that its rule looked at: the role's state and the packet are the same wherever it turns up again. */
  #transitionBy(label: Label, state: number): number {
    const known = this.#transitions.get(label)
    if (known !== undefined) return known
    const values = valuesOf(this.#graph, state)
    const event = eventOf(this.#internet, this.#name, values, label)
    const cell = this.#internet.layout.stateCell(this.#name)
    const transition = event === null ? -1 : this.numberOf(transitionOf(values[cell]!, event))
    this.#transitions.set(label, transition)
    return transition
  }
}

interface Run {
  readonly keys: readonly string[]
  readonly steps: readonly SuiteStep[]
}

/** How one came to a visit, as a trace. */
function wayTo(graph: StateGraph, end: Visit): Pick<Trace, 'states' | 'steps'> {
  const visits: Visit[] = []
  for (let visit: Visit | null = end; visit !== null; visit = visit.before) visits.unshift(visit)
  return {
    states: visits.slice(0, -1).map(({ state }) => valuesOf(graph, state)),
    steps: visits.slice(1).map(({ label }) => label!),
  }
}

function runOf(
  internet: Internet,
  name: string,
  trace: Pick<Trace, 'states' | 'steps'>,
  sections: Sections,
): { transitions: string[]; steps: SuiteStep[] } {
  const { layout } = internet
  const role = roleOf(internet, name)
  const transitions: string[] = []
  const steps: SuiteStep[] = []
  trace.steps.forEach((label, i) => {
    const values = trace.states[i]!
    const event = eventOf(internet, name, values, label)
    if (event === null) return
    const before = values[layout.stateCell(name)]!
    transitions.push(transitionOf(before, event))
    const [, effects] = role.step(before, event as never)
    const source = role.timers?.[event.kind]?.source ?? sections[event.kind] ?? null
    steps.push({ text: label.text, event, sends: effects.map(sendOf), source })
  })
  return { transitions, steps }
}

/** Tests whose every transition another test takes are left out, the shortest first. */
function withoutRedundant(runs: readonly Run[]): Run[] {
  const times = new Map<string, number>()
  for (const { keys } of runs) for (const key of new Set(keys)) times.set(key, (times.get(key) ?? 0) + 1)
  return [...runs]
    .sort((one, other) => one.steps.length - other.steps.length)
    .filter(({ keys }) => {
      const own = [...new Set(keys)]
      if (!own.every((key) => times.get(key)! > 1)) return true
      for (const key of own) times.set(key, times.get(key)! - 1)
      return false
    })
}
