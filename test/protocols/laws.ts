import { always } from '../../checker/property.ts'
import type { Verdict } from '../../checker/verdict.ts'
import { predicate } from '../../properties/subject.ts'
import type { Node, Scenario } from '../../spec/index.ts'
import { ask } from './ask.ts'

// A law reaches into any role: its types do not help here.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any
type Turn = readonly [Any, readonly Any[]]
export type AnyStep = (state: Any, event: Any) => Turn

/** What a standard demands of one step of a role: true, or how it was broken. */
export type Law = (before: Any, event: Any, turn: Turn) => true | string

/**
 * Does every step that these nodes can reach in this scenario keep the law? The nodes are watched, not changed; `twin` takes the
 * place of their step, to make one that breaks it; `given` changes the scenario.
 */
export function keeps(
  target: string,
  scenario: string,
  names: readonly string[],
  law: Law,
  { twin = (step) => step, given = {} }: { twin?: (step: AnyStep) => AnyStep; given?: Partial<Scenario> } = {},
): Verdict {
  const change = (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!names.includes(n.name)) return n
      const step = twin(n.role.step.bind(n.role) as unknown as AnyStep)
      const watched: AnyStep = (state, event) => {
        const [next, effects] = step(state, event)
        const kept = law(state, event, [next, effects])
        return [kept === true ? next : { ...next, broke: kept }, effects]
      }
      return { ...n, role: { ...n.role, step: watched as never } }
    })
  const id = 'the-law-is-kept'
  return ask(target, scenario, {
    change,
    scenario: given,
    more: (checked) => [
      {
        id,
        ...always(
          predicate(checked, 'the law is kept', (view) => {
            for (const name of names) {
              const { broke } = view.state<{ broke?: string }>(name)
              if (broke !== undefined) return `${name} ${broke}`
            }
            return true
          }),
        ),
      },
    ],
  })[id]!
}
