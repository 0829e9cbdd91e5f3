import { errors } from '../errors.ts'

/** Ways to search fewer states, or take fewer steps, by name, and what each takes for granted. Each is off unless it is asked for (docs/decisions/0016, 0017 and 0019). */
export const REDUCTIONS = {
  'dead-packets': 'a packet to an address that nobody will hold again vanishes at once',
  symmetry:
    'two hosts that are alike stood for each other, as they were seen to do in every state that was searched (which timers are held back for ever was not asked)',
  'sleep-sets': 'steps that commute came in one order only (which timers are held back for ever was not asked)',
} as const

export type Reduction = keyof typeof REDUCTIONS

/**
 * Each once, in the order in which they are listed.
 *
 * @throws InputError where there is no reduction of a name, or two do not go together
 */
export function reductionsOf(names: readonly string[]): Reduction[] {
  const known = Object.keys(REDUCTIONS)
  for (const name of names) if (!known.includes(name)) throw errors.noReduction(name, known)
  if (names.includes('symmetry') && names.includes('sleep-sets')) throw errors.symmetricAsleep()
  return known.filter((name) => names.includes(name)) as Reduction[]
}

/** What was taken for granted, in a sentence. */
export const searchedAsIf = (reduction: Reduction): string => `searched as if ${REDUCTIONS[reduction]}`
