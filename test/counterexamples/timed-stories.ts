import { checkVariant } from '../../analysis/job.ts'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { type Given, timingWith } from '../../analysis/timing/parameters.ts'
import type { Story } from '../../counterexamples/story.ts'
import { BINDING, SESSION } from '../../spec/property-ids.ts'

function storyOf(name: string, property: string, given: Given = {}): Story {
  const target = variantOf(name)
  const scenario = { ...scenarioOf(target, 'both-move'), time: timingWith(given) }
  return checkVariant(target, scenario, { properties: [property], least: true })[0]!.story!
}

const EQUAL: Given = { d: [25, 25] }

/** Runs with a clock, by what they show: back-offs for 32 s, a window that ends late, a lasso, much at one instant. */
export const timedStories: readonly (readonly [string, Story])[] = [
  ['sip/direct', storyOf('sip/direct', SESSION, EQUAL)],
  ['mip-lr/revised-answers', storyOf('mip-lr/revised-answers', BINDING)],
  ['sip-paper/direct', storyOf('sip-paper/direct', BINDING)],
  ['mipv6/ro-seed', storyOf('mipv6/ro-seed', BINDING, EQUAL)],
  ['wireguard/roaming', storyOf('wireguard/roaming', BINDING)],
]
