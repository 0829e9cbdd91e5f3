import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Node } from '../../spec/internet/topology.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'

/**
 * One assumption of a scenario, apart from all others: what it says, and what could be assumed in its place. The axes of a scenario are the lattice
 * in which its verdict stands: a point of it takes from some axes something else, and leaves the rest as it is.
 */
export interface Axis {
  /** 'links', 'moves of a', 'option retransmissions'. */
  readonly id: string
  /** What the scenario has, in words: 'packets keep their order'. */
  readonly assumes: string
  /** The same in a word or two, for a table: 'order'. */
  readonly short: string
  /** Whether it says anything in a scenario: how long gaps are does so of moves in phases only. */
  says(scenario: Scenario): boolean
  /** With more that can happen, the nearest first; none where it is at its weakest. */
  readonly weaker: readonly Alternative[]
  /** With less that can happen, the nearest first. */
  readonly stronger: readonly Alternative[]
}

/** What could be assumed in the place of something, and nothing else with it. */
export interface Alternative {
  /** What the axis would have: 'bag'. */
  readonly value: string
  /** In words: 'packets overtake each other'. */
  readonly instead: string
  /** What a verdict that holds up to here leans on, in a word or two: '≤ 1 loss'. */
  readonly short: string
  change(scenario: Scenario): Scenario
}

/** What axes are made of. */
export interface Ground {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly scenario: Scenario
  readonly nodes: readonly Node[]
}

/** The values of a field, from the most that can happen to the least, and where a scenario is among them. */
export function along(
  values: readonly Alternative[],
  at: string,
): Pick<Axis, 'weaker' | 'stronger'> & { readonly here: Alternative } {
  const here = values.findIndex(({ value }) => value === at)
  return { here: values[here]!, weaker: values.slice(0, here).reverse(), stronger: values.slice(here + 1) }
}

/** An axis that is a field of the scenario with a few values. */
export function fieldAxis<F extends keyof Scenario>(
  scenario: Scenario,
  field: F,
  values: readonly (readonly [Scenario[F], string, string])[],
  says: Axis['says'] = () => true,
): Axis {
  const { here, weaker, stronger } = along(
    values.map(([value, instead, short]) => ({
      value: String(value),
      instead,
      short,
      change: (s) => ({ ...s, [field]: value }),
    })),
    String(scenario[field]),
  )
  return { id: field, assumes: here.instead, short: here.short, says, weaker, stronger }
}

/** Whether any host moves. */
export const somebodyMoves = ({ moves }: Scenario): boolean => Object.values(moves).some((stops) => stops.length > 0)
