import fc from 'fast-check'
import type { Look, Model } from '../../checker/model.ts'
import { always, everyStep, noDeadlock, type Property, reachable } from '../../checker/property.ts'
import type { Verdict } from '../../checker/verdict.ts'

/** Claims of two cells: each claim is true or not of each pair of values, before a step and after it. */
export const claims = fc
  .record({
    cells: fc.tuple(fc.nat(5), fc.nat(5)),
    says: fc.array(fc.constantFrom(true, true, true, false), { minLength: 81, maxLength: 81 }),
  })
  .map(({ cells, says }) => (model: Model): Property[] => {
    const [one, other] = cells.map((cell) => cell % model.cells.length) as [number, number]
    const at = (look: Look): number => (look(one) as number) * 3 + (look(other) as number)
    const ofState = { name: 'so', holds: (look: Look) => says[at(look)]! || 'not so' }
    // A step that changes nothing is often objected to, or never.
    const ofStep = (rests: boolean) => ({
      name: 'steps so',
      holds: (before: Look, after: Look) =>
        (rests && at(before) === at(after)) || says[at(before) * 9 + at(after)]! || 'does not',
    })
    return [
      { id: 'always', ...always(ofState) },
      { id: 'reachable', ...reachable({ name: 'not so', holds: (look) => !says[at(look)]! || 'so' }) },
      { id: 'deadlock', ...noDeadlock(ofState) },
      { id: 'steps', ...everyStep(ofStep(false)) },
      { id: 'steps but rests', ...everyStep(ofStep(true)) },
    ]
  })

/** What is decided, and how long the run is that shows it. */
export const decided = (verdicts: readonly Verdict[]) =>
  verdicts.map((verdict) => [
    verdict.property,
    verdict.kind,
    'trace' in verdict ? (verdict.trace?.states.length ?? null) : null,
  ])
