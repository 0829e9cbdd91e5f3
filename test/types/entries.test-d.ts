// The public entries, as the compiler knows them. Run by 'npm run typecheck'.
import type { Protocol } from 'doublejump'
import {
  type Breaks,
  breaksOf,
  checkVariant,
  internetOf,
  jobsFor,
  type NotKnown,
  type Result,
  scenarioOf,
  type TargetVariant,
  variantOf,
  type World,
  whereItBites,
  worldOf,
} from 'doublejump/analysis'
import { checkTask, type Outcome, Pool, resolveTargets } from 'doublejump/analysis/node'
import { check, type Verdict } from 'doublejump/checker'
import { type Distribution, exponential, hit } from 'doublejump/claims'
import { asyncCommandsOf, commandsOf, type System, suiteFor } from 'doublejump/conform'
import { type Comparison, ladder, ladderSvg, type Story } from 'doublejump/counterexamples'
import { type Check, checksOf, matchers } from 'doublejump/vitest'
import type fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'

declare const hello: Protocol
declare const target: TargetVariant
declare const world: World
declare const verdict: Verdict
declare const story: Story
declare const system: System

expectTypeOf(variantOf(hello, 'direct')).toEqualTypeOf<TargetVariant>()
expectTypeOf(variantOf('sip/direct')).toEqualTypeOf<TargetVariant>()
expectTypeOf(worldOf(target, scenarioOf(target, 'both-move'))).toEqualTypeOf<World>()
// @ts-expect-error a world is made of a scenario; scenarioOf finds one by its name
worldOf(target, 'both-move')

expectTypeOf(checkVariant('sip/direct', 'both-move', { limits: { states: 100 }, least: true })).toEqualTypeOf<
  Result[]
>()
expectTypeOf<Result['story']>().toEqualTypeOf<Story | null>()
expectTypeOf<Result['verdict']>().toEqualTypeOf<'holds' | 'violated' | 'vacuous' | 'incomplete' | 'failed'>()
// Ids of properties stay strings, so that one's own can be asked.
checkVariant(target, 'both-move', { properties: ['a-property-of-ones-own'] })
// @ts-expect-error limits are numbers
checkVariant(target, 'both-move', { limits: { states: '100' } })
// @ts-expect-error a protocol is no variant
checkVariant(hello, 'both-move')

expectTypeOf(check(world.internet.model, world.properties)).toEqualTypeOf<Verdict[]>()
// @ts-expect-error a trace is no story: storyOf makes one of it
if (verdict.kind === 'violated') ladder(verdict.trace)
// @ts-expect-error whether there is a story has to be asked
ladder(checkVariant(target, 'both-move')[0]!.story)
expectTypeOf(ladderSvg(story)).toEqualTypeOf<string>()

expectTypeOf(breaksOf(target, 'binding-eventually-correct')).toEqualTypeOf<Breaks>()
expectTypeOf(whereItBites(target, target, 'binding-eventually-correct')).toEqualTypeOf<Comparison | NotKnown | null>()
expectTypeOf(resolveTargets(['my-protocol.ts'])).resolves.toExtend<readonly { readonly protocol: Protocol }[]>()
expectTypeOf(new Pool({ workers: 2 }).run(checkTask, jobsFor([], { limits: {} }))).resolves.toEqualTypeOf<
  Outcome<Result[]>[]
>()

const internet = internetOf('sip/direct', 'both-move')
expectTypeOf(suiteFor(internet, 'a', 100).tests).toExtend<readonly { readonly name: string }[]>()
expectTypeOf(commandsOf(internet, 'a')).toExtend<fc.Arbitrary<Iterable<object>>>()
expectTypeOf(asyncCommandsOf(internet, 'a')).toExtend<fc.Arbitrary<Iterable<object>>>()

expect.extend(matchers)
expect(target).toHold('binding-eventually-correct')
expect('sip/direct').toHold('binding-eventually-correct', { scenario: 'one-moves', limits: { seconds: 10 } })
expect(hello.variants[0]).not.toHold('a-property-of-ones-own')
expect(target).toViolate('binding-eventually-correct', { moves: 2, faults: 0 })
// @ts-expect-error which property has to be said
expect(target).toHold()
// @ts-expect-error a number of moves is a number
expect(target).toViolate('binding-eventually-correct', { moves: '2' })
// @ts-expect-error what holds has no run that costs something
expect(target).toHold('binding-eventually-correct', { moves: 2 })
expectTypeOf(expect(() => system).toConformTo({ internet, role: 'a' })).resolves.toBeVoid()

expectTypeOf(checksOf(hello)).toEqualTypeOf<Check[]>()
test.each(checksOf('sip'))('$title', (one) => {
  expectTypeOf(one).toEqualTypeOf<Check>()
  expect(one).toComeOutAsExpected({ limits: { states: 100 } })
})

expectTypeOf(exponential(5)).toEqualTypeOf<Distribution>()
expectTypeOf(hit(0.5, exponential(5))).toEqualTypeOf<number>()
// @ts-expect-error times between handoffs have a distribution, not a mean alone
hit(0.5, 5)
