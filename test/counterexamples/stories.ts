import { storyOf } from '../../analysis/story.ts'
import { check } from '../../checker/check.ts'
import type { Story } from '../../counterexamples/story.ts'
import { propertiesOf } from '../../properties/index.ts'
import { compose } from '../../spec/internet/compose.ts'
import { BINDING, REACH, SESSION } from '../../spec/property-ids.ts'
import { protocols } from '../../spec/protocols.ts'

/** The least run that breaks a variant in the first scenario in which something of these properties fails; null where nothing does. */
function storyFor(target: string): Story | null {
  const [protocolName, variantName] = target.split('/')
  const protocol = protocols.find((p) => p.name === protocolName)!
  const variant = protocol.variants.find((v) => v.name === variantName)!
  for (const scenario of variant.scenarios.slice(0, 3)) {
    const internet = compose(variant.nodes(scenario), scenario, protocol.describe)
    const asked = propertiesOf({ internet, subject: variant.subject }).filter(({ id }) =>
      [SESSION, BINDING, REACH].includes(id),
    )
    const verdicts = check(internet.model, asked, { least: true })
    const violated = verdicts.find(({ kind }) => kind === 'violated')
    if (violated?.kind === 'violated' && violated.trace !== undefined) {
      return storyOf(protocol, variant, internet, violated.property, violated.reason, violated.trace)
    }
  }
  return null
}

const unpatched = protocols.flatMap((protocol) =>
  protocol.variants.filter((variant) => !variant.repairs).map((variant) => `${protocol.name}/${variant.name}`),
)

/** A run of each unpatched variant that breaks, by its name. */
export const stories: readonly (readonly [string, Story])[] = unpatched.flatMap((target) => {
  const story = storyFor(target)
  return story === null ? [] : [[target, story] as const]
})

/** A small story that is made up: a packet of every sort, two nodes, a lasso. What it says can be replaced. */
export function madeUp(say: (words: string) => string = (words) => words): Story {
  const packet = (name: string, destination: string, more = {}) => ({
    name: say(name),
    detail: say('number 1'),
    source: say('west-1/a'),
    destination,
    from: say('a'),
    ...more,
  })
  const [here, there] = [say('west-1/a'), say('east-1/b')]
  const sent = packet('Update', there)
  const carried = packet('tunnel', there, { inside: [packet('Request', there)] })
  const moment = (b: readonly string[], isWrong: boolean) => ({
    held: { [say('a')]: [here], [say('b')]: b },
    wrong: isWrong ? [{ holder: say('a'), text: say('a thinks that b is at east-1/b, but b is nowhere') }] : [],
    state: {},
  })
  return {
    protocol: say('made-up'),
    variant: say('plain'),
    scenario: say('both-move'),
    property: say('binding'),
    reason: say('a is wrong about b'),
    assumptions: [say('nothing is lost')],
    lanes: [say('a'), say('b')],
    steps: [
      { text: say('retry fires at a'), kind: 'timer', actor: say('a'), sent: [sent, carried] },
      { text: say('b receives tunnel[Request] from a'), kind: 'deliver', actor: say('b'), taken: carried },
      { text: say('b leaves east-1/b'), kind: 'detach', actor: say('b'), moves: 1 },
      { text: say('Update to east-1/b is lost'), kind: 'lost', cause: say('nobody is there'), taken: sent },
      { text: say('a crashes'), kind: 'crash', actor: say('a'), faults: 1 },
    ],
    moments: [
      moment([there], false),
      moment([there], false),
      moment([there], false),
      moment([], true),
      moment([], true),
      moment([], true),
    ],
    loopStart: 4,
  }
}
