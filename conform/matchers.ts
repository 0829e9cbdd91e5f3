import { canonical } from '../checker/canonical.ts'
import type { Value } from '../checker/model.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { suiteFor } from './suite.ts'
import type { AsyncSystem, System } from './system.ts'

/** What a system is held against: a role in a world that was put together by `compose`. */
export interface Spec {
  readonly internet: Internet
  readonly role: string
  /** States of the world that are looked at for transitions; 100,000 if it does not say. */
  readonly mostStates?: number
  /** 'any': what goes to different places at once may come in any order; else as the spec sends it. */
  readonly order?: 'as sent' | 'any'
}

/** What goes to one place stays in its order; what goes to others is independent of it. */
const byPlace = (sends: readonly unknown[]): readonly unknown[] => {
  const placeOf = (one: unknown): string => String((one as { readonly to?: unknown }).to ?? '')
  return [...sends].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : placeOf(one) > placeOf(other) ? 1 : 0))
}

/**
 * For vitest or jest: `expect.extend(matchers)`, then `await expect(() => makeSystem()).toConformTo({ internet, role })`. Every transition of the role
 * is taken, each test with a new system; the first thing that is sent otherwise is reported, with the events that led there.
 */
export const matchers = {
  async toConformTo(
    makeSystem: () => System | AsyncSystem,
    { internet, role, mostStates = 100_000, order = 'as sent' }: Spec,
  ): Promise<{ pass: boolean; message: () => string }> {
    const ordered = order === 'any' ? byPlace : (sends: readonly unknown[]): readonly unknown[] => sends
    const suite = suiteFor(internet, role, mostStates)
    for (const { steps } of suite.tests) {
      const system = makeSystem()
      for (const [i, { text, event, sends }] of steps.entries()) {
        const sent = await system.step(event)
        if (canonical(ordered(sent) as Value) === canonical(ordered(sends) as Value)) continue
        const before = steps.slice(0, i).map((step) => `  ${step.text}\n`)
        return {
          pass: false,
          message: () =>
            `${text}: it sent ${JSON.stringify(sent)}, but the spec sends ${JSON.stringify(sends)}. Before that:\n${before.join('') || '  nothing\n'}`,
        }
      }
    }
    return {
      pass: true,
      message: () => `all ${suite.transitions} transitions of ${role} are those of the spec`,
    }
  },
}
