import type { Story } from '../counterexamples/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Packet } from '../spec/internet/packet.ts'
import { runningTimers } from '../spec/internet/timers.ts'

/** A packet that a story sends, and when, in seconds. */
export interface Sent {
  readonly seconds: number
  readonly packet: Packet
}

/** A step takes this long; a timer as long as its standard says. */
const STEP = 0.02

/** Packets of one step leave one after the other; with a clock, at one instant as nearly as a capture can tell it. */
const BETWEEN = { steps: STEP / 10, clock: 1e-6 }

/** When a story's packets are sent: a run without time, put on a clock that its timers could have. A lasso is told once. */
export function timeline(internet: Internet, story: Story): Sent[] {
  const { layout } = internet
  const since = new Map<string, number>()
  let now = 0
  return story.steps.flatMap((step, i): Sent[] => {
    const instant = story.time?.instants[i]
    const before = story.moments[i]!
    const after = story.moments[i + 1] ?? story.moments[story.loopStart ?? i]!
    now = instant === undefined ? now + STEP : Math.max(now, instant / 1000)
    for (const n of layout.topology.nodes) {
      if (instant !== undefined) break
      const armed = runningTimers(n, before.state[n.name])
      for (const timer of Object.keys((n.role.timers ?? {}) as object)) {
        const key = `${timer} of ${n.name}`
        if (!armed.includes(timer)) since.delete(key)
        else if (!since.has(key)) since.set(key, now)
        if (step.timer === timer && step.actor === n.name) {
          const { milliseconds } = n.role.timers![timer as never] as { milliseconds: number }
          now = Math.max(now, since.get(key)! + milliseconds / 1000)
          since.delete(key)
        }
      }
    }
    return (step.sent ?? []).flatMap((label) => {
      // One that was already in flight may have been there before only.
      const packet = [after, before]
        .map(({ state }) => layout.packetInFlight((cell) => state[layout.names[cell]!]!, label))
        .find((found) => found !== undefined)
      now += instant === undefined ? BETWEEN.steps : BETWEEN.clock
      return packet === undefined ? [] : [{ seconds: now, packet }]
    })
  })
}
