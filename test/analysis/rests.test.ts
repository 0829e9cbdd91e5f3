// A run that rests where nothing is owed: told, drawn, and taken again.
import { expect, test } from 'vitest'
import { checkVariant } from '../../analysis/job.ts'
import { replayStory } from '../../analysis/replay.ts'
import { variantOf } from '../../analysis/target.ts'
import { ladder } from '../../counterexamples/index.ts'

test.each([false, true])('a host that may return, and does not (least: %s)', (least) => {
  const target = variantOf('mip-sip/parallel-refused')
  const [result] = checkVariant(target, 'one-returns', { properties: ['tcp-flows-both-ways'], least })
  const { story, moves } = result!
  expect(moves).toBe(1)
  expect(story!.loopStart).toBe(story!.moments.length - 1)
  expect(ladder(story!)).toContain('nothing more has to happen: this stays for ever')
  expect(replayStory(target, story!).kind).toBe('still happens')
})
