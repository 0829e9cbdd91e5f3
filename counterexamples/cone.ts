import { flightsOf, type Story } from './story.ts'

/**
 * The steps that what is shown depends on: backwards from where the story ends, to the step before of the same node, and to the step that
 * sent the packet that it takes. What is left is beside the point, and drawn pale. For a lasso, everything that goes round counts.
 */
export function cone(story: Story): ReadonlySet<number> {
  const flights = flightsOf(story)
  const wrong = story.moments.at(-1)?.wrong ?? []
  const concerned = new Set(wrong.flatMap(({ holder, text }) => [holder, ...hostsIn(text, story.lanes)]))
  const last = story.steps.length - 1
  const work: number[] = []
  story.steps.forEach((step, i) => {
    const loops = story.loopStart !== null && i >= story.loopStart
    const moves = step.moves !== undefined || ['attach', 'release', 'crash'].includes(step.kind)
    // What became of the packets of those who are wrong in the end, too.
    const lost = flights.get(i)?.lostBecause !== undefined && flights.get(i)?.lostBecause !== null
    if (
      i === last ||
      loops ||
      ((moves || lost) && (step.actor === undefined || concerned.size === 0 || lost || concerned.has(step.actor)))
    )
      work.push(i)
  })
  const inside = new Set<number>()
  while (work.length > 0) {
    const i = work.pop()!
    if (inside.has(i)) continue
    inside.add(i)
    const sentAt = flights.get(i)?.sentAt
    if (sentAt !== null && sentAt !== undefined) work.push(sentAt)
    const { actor, kind } = story.steps[i]!
    if (actor === undefined || kind === 'lost' || kind === 'fault') continue
    // A node's step depends on what it did before.
    for (let k = i - 1; k >= 0; k--) {
      if (story.steps[k]!.actor === actor && story.steps[k]!.kind !== 'lost') {
        work.push(k)
        break
      }
    }
  }
  return inside
}

const hostsIn = (text: string, lanes: readonly string[]): string[] =>
  lanes.filter((lane) => new RegExp(`\\b${lane.replaceAll(/[^\w -]/g, '')}\\b`).test(text))
