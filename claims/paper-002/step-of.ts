import type { Searches } from '../searches.ts'

type AnyStep = (state: unknown, event: unknown) => readonly [unknown, readonly AnyEffect[]]

/** What a role may do, as far as claims look at it. */
export interface AnyEffect {
  readonly do: string
  readonly to?: string
  readonly from?: string
  readonly message?: { readonly kind: string }
}

/** How a node begins, and what it does with an event, whatever its role. */
export const stepOf = (searches: Searches, target: string, scenario: string, name: string) => {
  const { role } = searches.nodes(target, scenario).find((n) => n.name === name)!
  return { start: role.start as unknown, step: role.step as unknown as AnyStep, role }
}
