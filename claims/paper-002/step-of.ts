import type { Runner } from '../run.ts'

type AnyStep = (state: unknown, event: unknown) => readonly [unknown, readonly AnyEffect[]]

/** What a role may do, as far as claims look at it. */
export interface AnyEffect {
  readonly do: string
  readonly to?: string
  readonly from?: string
  readonly message?: { readonly kind: string }
}

/** How a node begins, and what it does with an event, whatever its role. */
export const stepOf = (run: Runner, target: string, scenario: string, name: string) => {
  const { role } = run.nodes(target, scenario).find((n) => n.name === name)!
  return { start: role.start as unknown, step: role.step as unknown as AnyStep, role }
}
