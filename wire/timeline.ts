import type { PacketLabel } from '../checker/model.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Packet } from '../spec/internet/packet.ts'
import { instantsOf } from './instants.ts'

/** A packet that a story sends, and when, in seconds. */
export interface Sent {
  readonly seconds: number
  readonly packet: Packet
}

/** A packet of a story, with what it is called there. */
export interface Told extends Sent {
  readonly label: PacketLabel
}

/** Packets of one step leave one after the other; with a clock, at one instant as nearly as a capture can tell it. */
const BETWEEN = { steps: 0.002, clock: 1e-6 }

/**
 * When a story's packets are sent, in seconds: with a clock at its own instants; a run without time is put on a clock that its timers could have. A lasso is told
 * once. `isPossible`: whether there is such a clock.
 */
export function timeline(internet: Internet, story: Story): { readonly sent: Told[]; readonly isPossible: boolean } {
  const { layout } = internet
  const { time } = story
  const { instants, isPossible } = time == null ? instantsOf(internet, story) : { ...time, isPossible: true }
  const between = time == null ? BETWEEN.steps : BETWEEN.clock
  const order = story.steps.map((_, i) => i).sort((one, other) => instants[one]! - instants[other]! || one - other)
  let now = 0
  const sent = order.flatMap((i): Told[] => {
    now = Math.max(now, instants[i]! / 1000)
    const before = story.moments[i]!
    const after = story.moments[i + 1] ?? story.moments[story.loopStart ?? i]!
    return (story.steps[i]!.sent ?? []).flatMap((label) => {
      // One that was already in flight may have been there before only.
      const packet = [after, before]
        .map(({ state }) => layout.packetInFlight((cell) => state[layout.names[cell]!]!, label))
        .find((found) => found !== undefined)
      now += between
      return packet === undefined ? [] : [{ seconds: now, packet, label }]
    })
  })
  return { sent, isPossible }
}
