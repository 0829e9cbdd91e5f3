import { canonical } from '../checker/canonical.ts'
import { explore, type StateGraph, stepsFrom, valuesOf } from '../checker/explore.ts'
import type { Value } from '../checker/model.ts'
import { traceTo } from '../checker/trace.ts'
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
  /** Paper or RFC section, where the event is a timer. */
  readonly source: string | null
}

export interface SuiteTest {
  readonly name: string
  readonly steps: readonly SuiteStep[]
}

/** Tests of one role, which together take every one of its transitions that the scenario has. */
export interface Suite {
  readonly role: string
  readonly start: Value
  readonly transitions: number
  /** Whether every state of the scenario was looked at. */
  readonly complete: boolean
  readonly states: number
  readonly tests: readonly SuiteTest[]
}

type AnyRole = Role<Value, { kind: string }, string>

/** A transition of the role: what it remembers, and what happens to it. */
const transitionOf = (before: Value, event: unknown): string => canonical([before, event as Value])

/**
 * A transition cover: the rest of the world is the harness. Runs are shortest ones to a transition that no test has yet, the farthest first, and a
 * test all of whose transitions others take is dropped: a greedy cover, small but not proven least.
 */
export function suiteFor(internet: Internet, name: string, most: number): Suite {
  const { layout, model } = internet
  const role = layout.topology.nodes.find((n) => n.name === name)!.role as unknown as AnyRole
  const graph = explore(model, { limits: { states: most } })
  const found = new Map<string, { state: number; step: number }>()
  for (let state = 0; state < graph.expanded; state++) {
    const values = valuesOf(graph, state)
    stepsFrom(graph, state).forEach(({ label }, step) => {
      const event = eventOf(internet, name, values, label)
      if (event === null) return
      const key = transitionOf(values[layout.stateCell(name)]!, event)
      if (!found.has(key)) found.set(key, { state, step })
    })
  }
  const uncovered = new Set(found.keys())
  const runs: { keys: readonly string[]; steps: readonly SuiteStep[] }[] = []
  for (const key of [...found.keys()].reverse()) {
    if (!uncovered.has(key)) continue
    const run = runTo(internet, name, role, graph, found.get(key)!)
    for (const one of run.keys) uncovered.delete(one)
    runs.push(run)
  }
  const needed = withoutRedundant(runs)
  return {
    role: name,
    start: role.start,
    transitions: found.size,
    complete: graph.incomplete === null,
    states: graph.store.count,
    tests: needed.map(({ steps }, i) => ({ name: `${i + 1}: ${steps.at(-1)!.text}`, steps })),
  }
}

function runTo(
  internet: Internet,
  name: string,
  role: AnyRole,
  graph: StateGraph,
  last: { state: number; step: number },
): { keys: string[]; steps: SuiteStep[] } {
  const { layout } = internet
  const trace = traceTo(graph, last.state)
  const keys: string[] = []
  const steps: SuiteStep[] = []
  const labels = [...trace.steps, stepsFrom(graph, last.state)[last.step]!.label]
  labels.forEach((label, i) => {
    const values = trace.states[i]!
    const event = eventOf(internet, name, values, label)
    if (event === null) return
    const before = values[layout.stateCell(name)]!
    keys.push(transitionOf(before, event))
    const [, effects] = role.step(before, event as never)
    const timer = role.timers?.[event.kind]
    steps.push({ text: label.text, event, sends: effects.map(sendOf), source: timer?.source ?? null })
  })
  return { keys, steps }
}

/** Tests whose every transition another test takes are left out, the shortest first. */
function withoutRedundant<T extends { readonly keys: readonly string[]; readonly steps: readonly unknown[] }>(
  runs: readonly T[],
): T[] {
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
