import type { Value } from '../checker/model.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Role } from '../spec/internet/role.ts'
import { sendOf } from './role-event.ts'
import type { Suite, SuiteStep } from './suite.ts'

/**
 * The tests of a suite with an attacker in them: before each step, what it makes of that, if anything. No run of the model has such a step, but what the role does with it is
 * asked of the role all the same, and so is all that follows.
 *
 * @param forge what an attacker would send instead of an event; null for an event that it leaves alone
 */
export function withForged(
  internet: Internet,
  suite: Suite,
  forge: (event: SuiteStep['event']) => SuiteStep['event'] | null,
): Suite {
  const role = internet.layout.topology.nodes.find(({ name }) => name === suite.role)!.role as unknown as Role<
    Value,
    { kind: string },
    string
  >
  const tests = suite.tests.map((one) => {
    let state = suite.start
    const done = ({ text, event, source }: SuiteStep): SuiteStep => {
      const [next, effects] = role.step(state, event as never)
      state = next
      return { text, event, sends: effects.map(sendOf), source }
    }
    const steps = one.steps.flatMap((step) => {
      const forged = forge(step.event)
      return forged === null
        ? [done(step)]
        : [done({ ...step, text: `an attacker forges it: ${step.text}`, event: forged }), done(step)]
    })
    return { ...one, steps }
  })
  return { ...suite, tests }
}
