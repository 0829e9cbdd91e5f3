/**
 * Verdicts in one's own tests, for vitest:
 *
 * ```ts
 * import { checksOf, matchers } from 'doublejump/vitest'
 * import { expect, test } from 'vitest'
 * import hello from './hello.ts'
 *
 * expect.extend(matchers)
 *
 * for (const check of checksOf(hello)) test(check.title, () => expect(check).toComeOutAsExpected())
 * test('a repair', () => expect(variantOf(hello, 'rendezvous')).toHold('binding-eventually-correct'))
 * ```
 *
 * `import 'doublejump/vitest/setup'`, or that in `setupFiles`, extends `expect` by itself. Nothing here loads vitest or fast-check.
 */
import type { Spec } from '../conform/matchers.ts'
import type { Circumstances, Violation } from './matchers.ts'

export { variantOf } from '../analysis/target.ts'
export { internetOf } from '../analysis/world.ts'
export type { Spec } from '../conform/matchers.ts'
export { type Check, checksOf } from './checks.ts'
export { type Circumstances, matchers, type Violation } from './matchers.ts'
export type { Askable } from './subject.ts'

interface Expectations {
  /**
   * A variant holds a property, not vacuously, after a search that saw everything.
   *
   * @param property its id, as `doublejump list` shows it
   */
  toHold(property: string, circumstances?: Circumstances): void
  /** A variant violates a property, and the least run that does it spends so many moves and faults. */
  toViolate(property: string, violation?: Violation): void
  /** What an entry of `checksOf` says will come out does. */
  toComeOutAsExpected(circumstances?: Pick<Circumstances, 'limits'>): void
  /** What makes a system makes one that does what a role does: each transition is taken. */
  toConformTo(spec: Spec): Promise<void>
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: all declarations of an interface must have the same type parameters
  interface Matchers<T = any> extends Expectations {}
}
