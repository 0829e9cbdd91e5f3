import type { Control } from '../../checker/limits.ts'
import type { Look, Model, Outcome } from '../../checker/model.ts'
import {
  type Claim,
  finally_,
  globally,
  is,
  ltl,
  next,
  not,
  or,
  type Predicate,
  until,
} from '../../checker/property.ts'

/** Rings of `size` places, each with a token that goes round: size ** rings states. */
export function rings(rings: number, size: number): Model {
  return {
    cells: Array.from({ length: rings }, (_, i) => `ring ${i}`),
    initial: [Array.from({ length: rings }, () => 0)],
    absorb: (_, value) => value,
    rules: Array.from({ length: rings }, (_, cell) => ({
      name: `turn ${cell}`,
      reads: [cell],
      fire: (look: Look): Outcome[] => [
        {
          label: { kind: 'turn', text: `turn ${cell}` },
          sets: [[cell, ((look(cell) as number) + 1) % size]],
          sends: [],
          fair: { class: `ring ${cell}`, strength: cell % 2 === 0 ? 'weak' : 'strong' },
        },
      ],
    })),
  }
}

export const at = (cell: number, place: number): Predicate => ({
  name: `ring ${cell} is at ${place}`,
  holds: (look) => look(cell) === place || `it is at ${look(cell)}`,
})

/** A formula whose automaton is large: it nests what may happen at any time. */
export function nested(depth: number, place: number): Claim {
  let formula = is(at(0, place))
  for (let i = 0; i < depth; i++) {
    formula = until(or(not(is(at(i % 2, i + place))), next(finally_(formula))), globally(finally_(formula)))
  }
  return ltl(formula)
}

export const nestedClaims = [
  { id: 'small', ...nested(1, 1) },
  { id: 'large', ...nested(2, 1) },
  { id: 'large again', ...nested(2, 7) },
]
/** A clock that goes on by a millisecond each time that it is asked, and counts. */
export function clock(): Control & { asked: number } {
  return {
    asked: 0,
    now() {
      return this.asked++ / 1000
    },
  }
}
