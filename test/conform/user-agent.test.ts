import { expect, test } from 'vitest'
import { internetOf } from '../../analysis/world.ts'
import { canonical } from '../../checker/canonical.ts'
import type { Value } from '../../checker/model.ts'
import { suiteFor } from '../../conform/suite.ts'
import { UserAgent } from '../../examples/user-agent.ts'
import { UserAgentUnderTest } from '../../examples/user-agent-adapter.ts'

const suite = suiteFor(internetOf('sip/direct', 'one-moves-twice'), 'b', 10_000)

/** The first step that comes out otherwise, in words; null if all tests pass. */
async function failsAt(Made: typeof UserAgent): Promise<string | null> {
  for (const { steps } of suite.tests) {
    const system = await UserAgentUnderTest.make((...args) => new Made(...args))
    try {
      for (const { text, event, sends } of steps)
        if (canonical((await system.step(event)) as Value) !== canonical(sends as Value)) return text
    } finally {
      system.close()
    }
  }
  return null
}

test('the user agent of the example, over UDP, passes the suite of the called end', async () => {
  expect(suite.complete).toBe(true)
  expect(await failsAt(UserAgent)).toBeNull()
})

test('one that does not send again what it has answered', async () => {
  class Silent extends UserAgent {
    readonly #answered = new Set<number>()
    protected override answerAgain(cseq: number): void {
      if (!this.#answered.has(cseq)) super.answerAgain(cseq)
      this.#answered.add(cseq)
    }
  }
  expect(await failsAt(Silent)).toMatch(/^Timer G fires at b$/)
})

test('one that has no 481', async () => {
  class Polite extends UserAgent {
    protected override send(text: string, to: string): void {
      super.send(text.replace('481 Call/Transaction Does Not Exist', '200 OK'), to)
    }
  }
  expect(await failsAt(Polite)).toMatch(/^b receives BYE/)
})
