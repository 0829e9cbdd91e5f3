import { errors } from '../errors.ts'

/** Ways to search fewer states, or take fewer steps, by name, and what each takes for granted. Each is off unless it is asked for (docs/decisions/0016 and 0017). */
export const REDUCTIONS = {
  'dead-packets': 'a packet to an address that nobody will hold again vanishes at once',
  'sleep-sets': 'steps that commute came in one order only (which timers are held back for ever was not asked)',
} as const

export type Reduction = keyof typeof REDUCTIONS

/** @throws InputError where there is no reduction of the name */
export function reductionOf(name: string): Reduction {
  if (!Object.hasOwn(REDUCTIONS, name)) throw errors.noReduction(name, Object.keys(REDUCTIONS))
  return name as Reduction
}
