import { finally_, globally, is, ltl, or } from '../checker/property.ts'
import type { StatedProperty } from './stated.ts'

/**
 * P7. A policy settles: from some moment on one network is used and no other. Asked of a model of the policy (`network-selection.ts`), in which
 * the cell tells the network in use.
 */
export function noPingPong(cell: number, networks: readonly string[]): StatedProperty {
  const settles = networks.map((name) =>
    finally_(
      globally(
        is({
          name: `${name} is used`,
          holds: (look) => (look(cell) === name ? true : `${String(look(cell))} is used`),
        }),
      ),
    ),
  )
  return {
    id: 'no-ping-pong',
    means: 'From some moment on one network is used, and no other.',
    ...ltl(settles.reduce((left, right) => or(left, right))),
  }
}
