import { expect, test } from 'vitest'
import { runJob } from '../../analysis/job.ts'
import { type Recorded, replayStory } from '../../analysis/replay.ts'
import { shippedTarget, variantOf } from '../../analysis/target.ts'
import type { Story } from '../../counterexamples/index.ts'
import { readStory } from '../../counterexamples/read-story.ts'
import { testText } from '../../counterexamples/test-text.ts'
import { BINDING, DEADLOCK, REACH, SESSION, STALE } from '../../spec/property-ids.ts'

/** The counterexample of a variant in a scenario. */
function storyOf(name: string, property: string, scenario = 'both-move'): Story {
  const [protocol, variant] = name.split('/') as [string, string]
  const job = { file: null, protocol, variant, scenario, properties: [property], limits: {} }
  const [result] = runJob(shippedTarget(protocol), job, { now: () => 0 })
  return result!.story!
}

const replayed = (name: string, recorded: Recorded) => replayStory(variantOf(name), recorded)

test.each([
  ['sip/direct', SESSION, 'both-move'],
  ['sip/direct', REACH, 'both-move'],
  ['sip-paper/direct', BINDING, 'both-move'],
  ['hip/direct', BINDING, 'both-move'],
  ['mipv6/ro-seed', BINDING, 'both-move-fair-loss'],
  ['ilnp/dns-each-time', STALE, 'both-move-one-loss'],
  ['sip-setup/interceptor', DEADLOCK, 'both-move-one-loss'],
  ['mipv6/ro-seed', 'both-return-routabilities-hang', 'both-move'],
])('%s: the run that the search shows of %s in %s still happens', (name, property, scenario) => {
  const story = storyOf(name, property, scenario)
  expect(replayed(name, story)).toMatchObject({ kind: 'still happens' })
  // The same out of the text of a test.
  const [, recorded] = /const recorded = (\{[\s\S]*?\n\})\n/.exec(testText(story))!
  expect(replayed(name, JSON.parse(recorded!))).toMatchObject({ kind: 'still happens' })
})

test('a step that the model does not have any more is told, with what is likest to it', () => {
  const story = storyOf('sip-paper/direct', BINDING)
  const steps = story.steps.map((step, i) => (i === 3 ? { text: step.text.replace('200 OK', '202 OK') } : step))
  expect(replayed('sip-paper/direct', { ...story, steps })).toEqual({
    kind: 'no longer possible',
    step: 4,
    wanted: 'a receives 202 OK (REGISTER) from home-a/server',
    instead: expect.arrayContaining(['a receives 200 OK (REGISTER) from home-a/server']),
  })
  // What a repair does otherwise: the run of the unpatched protocol stops being possible there.
  expect(replayed('sip-paper/resend-replace-branch', story)).toMatchObject({ kind: 'no longer possible' })
})

test('a lasso has to close, to be fair and to violate', () => {
  const name = 'sip-paper/direct'
  const story = storyOf(name, BINDING)
  const loop = story.loopStart!
  const says = (recorded: Partial<Recorded>) => replayed(name, { ...story, ...recorded })
  // It goes round, so that leaving out its last step, or coming back elsewhere, does not close it.
  expect(says({ steps: story.steps.slice(0, -1) })).toMatchObject({ because: expect.stringContaining('leads back') })
  expect(says({ loopStart: loop - 1 })).toMatchObject({ because: expect.stringContaining('leads back') })
  // Round and round at one side only: the other side's timer is owed, and never fires.
  const lost = story.steps.findIndex(({ text }, k) => k > loop && text.startsWith('re-INVITE'))
  expect(says({ steps: story.steps.slice(0, lost + 1), loopStart: loop + 1 })).toEqual({
    kind: 'no longer violates',
    because: "it cannot go round for ever: 'Timer A of b' has its turn some time",
  })
  expect(says({ loopStart: null })).toMatchObject({ because: expect.stringContaining('finite') })
  expect(says({ loopStart: story.steps.length })).toMatchObject({ because: expect.stringContaining('can happen now') })
})

test('steps that can be taken and no longer violate are told so', () => {
  const story = storyOf('sip/direct', SESSION)
  const sooner = { ...story, steps: story.steps.slice(0, -1) }
  expect(replayed('sip/direct', sooner)).toEqual({
    kind: 'no longer violates',
    because: 'no state or step of it violates it',
  })
  const sight = storyOf('sip/direct', 'a-good-end-is-reachable')
  expect(replayed('sip/direct', { ...sight, steps: [] })).toMatchObject({ kind: 'no longer violates' })
})

test('a scenario or a property that is not there any more is an error that names what there is', () => {
  const story = storyOf('hip/direct', SESSION)
  expect(() => replayed('hip/direct', { ...story, scenario: 'all-move' })).toThrow(
    /no.*scenario 'all-move'.*both-move/i,
  )
  expect(() => replayed('hip/direct', { ...story, property: 'luck' })).toThrow(/property 'luck'.*session-survives/)
})

test('a saved run that goes round in one step is read', () => {
  const { moments, steps, ...story } = storyOf('sip-paper/direct', BINDING)
  const round = { ...story, loopStart: 0, moments: moments.slice(0, 1), steps: steps.slice(0, 1) }
  expect(readStory(round)).toEqual(round)
  expect(() => readStory({ ...round, loopStart: null })).toThrow('do not fit together')
})
