// What may be asked of a model without dead packets, and what is not said of it (docs/decisions/0016).
import { expect, test } from 'vitest'
import { checkVariant, variantOf } from '../../analysis/index.ts'
import { searchReduced } from '../../analysis/reduction/search.ts'
import { check } from '../../checker/check.ts'
import type { Look } from '../../checker/model.ts'
import {
  always,
  eventually,
  everyStep,
  finally_,
  is,
  ltl,
  next,
  noDeadlock,
  type Predicate,
  type Property,
  reachable,
} from '../../checker/property.ts'
import { compose, type Internet } from '../../spec/internet/compose.ts'
import { withoutDeadPackets } from '../../spec/internet/dead-packets.ts'
import { forward, packet, type Role, send, stay } from '../../spec/internet/role.ts'
import { scenario } from '../../spec/internet/scenario.ts'
import { node } from '../../spec/internet/topology.ts'
import type { View } from '../../spec/internet/view.ts'

interface Hello {
  readonly kind: 'Hello'
}
const hello: Hello = { kind: 'Hello' }

/** Says hello to two that are not there, for ever, by a timer that is longer than that of the other: it does not hold that back by itself. */
const caller: Role<null, Hello, 'call'> = {
  start: null,
  step: (me, event) => [me, event.kind === 'call' ? [send(hello, 'west/x'), send(hello, 'west/y')] : []],
  armed: () => ['call'],
  timers: { call: { milliseconds: 2000, source: 'this test' } },
}
/** Waits, and is done. */
const waiter: Role<boolean, Hello, 'wait'> = {
  start: false,
  step: (done, event) => stay(done || event.kind === 'wait'),
  armed: (done) => (done ? [] : ['wait']),
  timers: { wait: { milliseconds: 1000, source: 'this test' } },
}

const internetWith = (timers: Parameters<typeof scenario>[2]['timers'] = {}): Internet =>
  compose(
    [node('a', caller, { at: ['west/a'] }), node('b', waiter, { at: ['west/b'] })],
    scenario('calling', '', { timers }),
    () => ({ name: 'Hello', detail: '' }),
  )
const eager = internetWith({ call: 'eager' })

const predicate = (holds: (view: View) => boolean, internet = eager): Predicate => ({
  name: 'it is so',
  holds: (look) => holds(internet.view(look)) || 'it is not so',
})
const isDone = predicate((view) => view.state('b') === true)

const asked = (property: Property, internet = eager) =>
  searchReduced(['dead-packets'], internet, [property], (model, properties) => check(model, properties))[0]!
const kindOf = (property: Property): string => check(eager.model, [property])[0]!.kind

test('senders that wait for nobody hold back a patient timer by dead packets alone: what would then hold is not said', () => {
  const property: Property = { id: 'b-is-done', ...eventually(isDone) }
  expect(kindOf(property)).toBe('violated')
  expect(check(withoutDeadPackets(eager.layout, eager.model), [property])[0]!.kind).toBe('holds')
  expect(asked(property)).toMatchObject({ unfit: expect.stringContaining('patient timers then wait for ever') })
})

const doubtful: readonly (readonly [string, Property, string])[] = [
  ['nothing may be in flight', { id: 'p', ...always(predicate((view) => view.inFlight().length === 0)) }, 'looks at'],
  ['something must be', { id: 'p', ...reachable(predicate((view) => !view.isQuiet())) }, 'asks that something be'],
  ['steps are counted', { id: 'p', ...ltl(next(is(isDone))) }, 'counts steps'],
  [
    'a run is asked what is in flight',
    { id: 'p', ...ltl(finally_(is(predicate((view) => view.isQuiet())))) },
    'looks at',
  ],
  [
    'a step is asked what is in flight',
    { id: 'p', ...everyStep({ name: 'quiet', holds: (_, after) => eager.view(after).isQuiet() || 'it is not' }) },
    'looks at',
  ],
]

test.each(doubtful)('where it may be another thing, nothing is said: %s', (_, property, because) => {
  expect(asked(property)).toMatchObject({ unfit: expect.stringContaining(because) })
})

test('a step has to change something: steps in which dead packets are lost do not', () => {
  const once: Role<boolean, Hello, 'call'> = {
    start: false,
    step: (called, event) => [true, event.kind === 'call' && !called ? [send(hello, 'west/x')] : []],
    armed: (called) => (called ? [] : ['call']),
    timers: caller.timers!,
  }
  const internet = compose([node('a', once, { at: ['west/a'] })], scenario('once', '', {}), () => ({
    name: 'Hello',
    detail: '',
  }))
  const stateOf = (look: Look) => internet.view(look).state('a')
  const property: Property = {
    id: 'p',
    ...everyStep({
      name: 'it changes',
      holds: (before, after) => stateOf(before) !== stateOf(after) || 'it does not',
    }),
  }
  expect(check(internet.model, [property])[0]!.kind).toBe('violated')
  expect(asked(property, internet)).toMatchObject({ unfit: expect.stringContaining('objects to a step') })
})

test.each<readonly [string, Property]>([
  [
    'quiet states are found',
    { id: 'p', ...reachable(predicate((view) => view.isQuiet() && view.state('b') === true)) },
  ],
  ['quiet states violate it', { id: 'p', ...always(predicate((view) => !view.isQuiet())) }],
  ['nothing in flight is looked at', { id: 'p', ...always(isDone) }],
  ['nothing can happen any more', { id: 'p', ...noDeadlock(predicate((view) => view.isQuiet())) }],
])('what may be asked is answered as of the whole model: %s', (_, property) => {
  expect(asked(property)).toMatchObject({ kind: kindOf(property) })
})

test('a packet that runs out of hops and vanishes is not missed', () => {
  const spent: Role<null, Hello, 'call'> = {
    ...caller,
    step: (me, event) => [
      me,
      event.kind === 'call' ? [forward({ ...packet(hello, 'west/a', 'west/x'), hops: 1 })] : [],
    ],
  }
  const internet = compose([node('a', spent, { at: ['west/a'] })], scenario('spent', '', {}), () => ({
    name: 'Hello',
    detail: '',
  }))
  const property = (holds: (view: View) => boolean): Property => ({ id: 'p', ...always(predicate(holds, internet)) })
  expect(
    asked(
      property((view) => view.spentTo('west') === undefined),
      internet,
    ),
  ).toMatchObject({
    kind: 'violated',
    trace: { steps: [{ kind: 'timer' }] },
  })
  // It vanished before: what else is so now may not have been so then.
  const part = (holds: (view: View) => boolean): Predicate => predicate(holds, internet)
  const either = {
    name: 'either',
    any: [part((view) => view.state('a') !== null), part((view) => view.spentTo('west') === undefined)],
  }
  expect(asked({ id: 'p', ...always(either) }, internet)).toMatchObject({ unfit: expect.stringContaining('looks at') })
  expect(
    asked(
      property((view) => view.state('a') !== null || view.spentTo('west') === undefined),
      internet,
    ),
  ).toMatchObject({
    unfit: expect.stringContaining('looks at'),
  })
})

test('what is not asked is incomplete, and says why; what has time is refused', () => {
  const target = variantOf('hip/rvs-in-parallel')
  const results = checkVariant(target, 'both-move', { reduce: ['dead-packets'] })
  expect(results.find(({ property }) => property === 'binding-correct-in-time')).toMatchObject({
    verdict: 'incomplete',
    incompleteBecause: 'reduction',
    reason: expect.stringContaining('counts steps'),
    asExpected: false,
  })
  const [first] = results
  expect(first).toMatchObject({ verdict: 'holds', reduced: ['dead-packets'] })
  expect(first!.assumptions.at(-1)).toContain('vanishes at once')
  const timed = { ...target.variant.scenarios[0]!, time: { latency: [10, 40], blackout: [20, 100] } as const }
  expect(() => checkVariant(target, timed, { reduce: ['dead-packets'] })).toThrow(/With a clock nothing is reduced/)
})
