import type { Node } from '../../../spec/index.ts'

/**
 * Broken protocols, each killed by a named property that the unbroken one satisfies in the same scenario. A mutant changes
 * what one node does on one kind of event.
 */
type AnyStep = (state: never, event: never) => readonly [never, readonly never[]]
// Mutants reach into any role: its types do not help here.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Any = any
type Change = (
  state: Any,
  event: Any,
  step: (state: Any, event: Any) => readonly [Any, readonly Any[]],
) => readonly [Any, readonly Any[]]

/** Replaces the step of the nodes whose name begins with `name`. */
export const mutate =
  (name: string, change: Change) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!n.name.startsWith(name)) return n
      const step = n.role.step.bind(n.role) as unknown as AnyStep
      return {
        ...n,
        role: { ...n.role, step: (state: never, event: never) => change(state, event, step as never) as never },
      }
    })

export const without = (kind: string) => (effects: readonly Any[]) =>
  effects.filter((effect) => effect.message?.kind !== kind)

export interface Mutant {
  readonly name: string
  readonly target: string
  readonly scenario: string
  readonly killedBy: string
  readonly nodes: (nodes: readonly Node[]) => readonly Node[]
}

/** The name of a timer that runs, whether or not it says which one it is. */
export const timerOf = (armed: Any): string => (typeof armed === 'string' ? armed : armed.timer)
