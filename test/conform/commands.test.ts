import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../checker/model.ts'
import {
  type AsyncSystem,
  asyncCommandsOf,
  commandsOf,
  internetOf,
  matchers,
  type Spec,
  type System,
  worldOf,
} from '../../conform/index.ts'

const internet = internetOf('sip/direct', 'both-move')
const role = internet.layout.topology.nodes.find(({ name }) => name === 'a')!.role as unknown as {
  readonly start: Value
  step(state: Value, event: { readonly kind: string }): readonly [Value, readonly { message: object; to: string }[]]
}

/** The spec itself as a system, without what a bug leaves out. */
function system(bug: string | null = null): System {
  let state = role.start
  return {
    step(event) {
      const [next, effects] = role.step(state, event)
      state = next
      const sent = effects.map(({ message, to }) => ({ ...message, to }))
      return event.kind === bug ? [] : sent
    },
  }
}

declare module 'vitest' {
  interface Matchers<T> {
    toConformTo(spec: Spec): Promise<void>
  }
}
expect.extend(matchers)

test('a world that is not there: what there is', () => {
  expect(() => internetOf('sip/nothing', 'both-move')).toThrow(/no variant of sip 'nothing'. There are: direct, /)
  expect(() => internetOf('sip/direct', 'x')).toThrow(/no scenario of sip\/direct 'x'. There are: one-moves, /)
})

describe('toConformTo', () => {
  test('the spec conforms to itself, and says of how many transitions', async () => {
    await expect(() => system()).toConformTo({ internet, role: 'a' })
    await expect(expect(() => system()).not.toConformTo({ internet, role: 'a' })).rejects.toThrow(
      /all 62 transitions of a are those of the spec/,
    )
  })

  test('what does not is told with the events that led there', async () => {
    await expect(expect(() => system('Timer B')).toConformTo({ internet, role: 'a' })).rejects.toThrow(
      /Timer B fires at a: it sent \[\], but the spec sends \[\{"kind":"BYE".*Before that:\n {2}a attaches/,
    )
  })
})

describe('model-based testing of a user agent', () => {
  const passes = (bug: string | null) =>
    fc.check(
      fc.property(commandsOf(internet, 'a'), (commands) => {
        fc.modelRun(() => ({ model: worldOf(internet), real: system(bug) }), commands)
      }),
      { numRuns: 200, seed: 1 },
    )

  test('the spec passes', () => {
    expect(passes(null).failed).toBe(false)
  })

  test.each(['attached', 'INVITE', 'Timer A', 'Timer B'])('silent on %s: found, and shrunk to a short run', (bug) => {
    const { failed, errorInstance, counterexample } = passes(bug)
    expect(failed).toBe(true)
    expect(String(errorInstance)).toMatch(/ConformanceError: .*it sent \[\], but the spec sends \[\{/)
    const steps = [...(counterexample![0] as Iterable<object>)].filter((step) => `${step}` !== '(not run)')
    expect(steps.length).toBeLessThanOrEqual(bug === 'Timer B' ? 25 : 12)
  })

  test('one that answers later', async () => {
    const later = (bug: string | null): AsyncSystem => {
      const { step } = system(bug)
      return { step: async (event) => step(event) }
    }
    const passesLater = (bug: string | null) =>
      fc.check(
        fc.asyncProperty(asyncCommandsOf(internet, 'a'), async (commands) => {
          await fc.asyncModelRun(() => ({ model: worldOf(internet), real: later(bug) }), commands)
        }),
        { numRuns: 50, seed: 1 },
      )
    expect((await passesLater(null)).failed).toBe(false)
    expect((await passesLater('attached')).failed).toBe(true)
  })
})
