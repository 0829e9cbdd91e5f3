import { type Length, lengthsOf } from '../analysis/timing/lengths.ts'
import type { PacketLabel } from '../checker/model.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { labelKey } from '../spec/internet/layout.ts'
import type { Armed, Timer } from '../spec/internet/role.ts'
import { armedTimers, whichOf } from '../spec/internet/timers.ts'
import { conflict, touchedBy } from './touched.ts'

/** Milliseconds that a step takes, and each packet of it. */
const STEP = 20
const PACKET = 2

/** Milliseconds that a packet is on its way at most. */
const FLIGHT = 200

/** That one step comes so much after another, or not later than so much after it. Step −1 is the beginning. */
interface Constraint {
  readonly from: number
  readonly to: number
  readonly least: number
}

/**
 * Instants of the steps of a run without time, in milliseconds: the earliest at which each step takes a little while, each timer is as long as its standard
 * says, and each packet arrives soon. Steps that have nothing to do with each other need not keep their order. Where a timer would have had to fire that did
 * not (without a clock, shorter timers come first, whichever started first), there are none; then only how early timers may fire is kept to.
 */
export function instantsOf(internet: Internet, story: Story): { instants: number[]; isPossible: boolean } {
  const count = story.steps.length
  const { atLeast, atMost } = timersOf(internet, story)
  const ordered = [...orderOf(internet, story), ...atLeast]
  const all = earliest(count, [...ordered, ...atMost, ...flightsOf(internet, story)])
  return all === null ? { instants: earliest(count, ordered)!, isPossible: false } : { instants: all, isPossible: true }
}

/** When packets have arrived, or are lost, at the latest: of those that look alike, the first that was sent comes first. */
function flightsOf({ layout }: Internet, { steps, moments }: Story): Constraint[] {
  const sent = new Map<string, { readonly label: PacketLabel; readonly at: number[] }>()
  const arrivals = steps.flatMap(({ taken, sent: labels = [] }, i) => {
    const since = taken === undefined ? undefined : sent.get(labelKey(taken))?.at.shift()
    for (const label of labels) {
      const known = sent.get(labelKey(label))
      if (known === undefined) sent.set(labelKey(label), { label, at: [i] })
      else known.at.push(i)
    }
    return since === undefined ? [] : [{ from: i, to: since, least: -FLIGHT }]
  })
  const last = moments[steps.length]
  const onTheirWay = [...sent.values()].filter(
    ({ label }) =>
      last !== undefined && layout.packetInFlight((cell) => last.state[layout.names[cell]!]!, label) !== undefined,
  )
  return [
    ...arrivals,
    ...onTheirWay.flatMap(({ at }) => at.slice(0, 1).flatMap((to) => endsBefore(steps.length, to, FLIGHT))),
  ]
}

/** What is still to come when the run ends comes after all of its steps. */
const endsBefore = (count: number, to: number, most: number): Constraint[] =>
  Array.from({ length: count }, (_, from) => ({ from, to, least: -most }))

/** Steps that touch the same keep their order. */
function orderOf(internet: Internet, { steps }: Story): Constraint[] {
  const touched = steps.map((step) => touchedBy(internet, step))
  return steps.flatMap((_, to) => [
    { from: -1, to, least: 0 },
    ...steps
      .slice(0, to)
      .flatMap(({ sent = [] }, from) =>
        conflict(touched[from]!, touched[to]!) ? [{ from, to, least: STEP + PACKET * sent.length }] : [],
      ),
  ])
}

interface Running {
  readonly lengths: readonly Length[]
  readonly since: number
  readonly fired: number
}

const nameOf = (node: string, armed: Armed<string>): string => {
  const { timer, key } = whichOf(armed)
  return `${node} ${timer} ${key}`
}

const lengthOf = ({ lengths, fired }: Running): Length => lengths[Math.min(fired, lengths.length - 1)]!

/** When timers fire at the earliest, and at the latest. */
function timersOf({ layout }: Internet, { steps, moments }: Story): { atLeast: Constraint[]; atMost: Constraint[] } {
  const atLeast: Constraint[] = []
  const atMost: Constraint[] = []
  let running = new Map<string, Running>()
  for (const [i, step] of steps.entries()) {
    const now = new Map<string, Running>()
    for (const n of layout.topology.nodes) {
      let hasFired = step.timer === undefined || step.actor !== n.name
      for (const armed of armedTimers(n, moments[i]!.state[n.name])) {
        const { timer } = whichOf(armed)
        const name = nameOf(n.name, armed)
        const one = running.get(name) ?? { lengths: usual(n.role.timers![timer]!), since: i - 1, fired: 0 }
        const { earliest: soonest, latest } = lengthOf(one)
        // What another node does may be later all the same.
        if (latest !== null && step.actor === n.name) atMost.push({ from: i, to: one.since, least: -latest })
        const fires = !hasFired && timer === step.timer
        if (fires) atLeast.push({ from: one.since, to: i, least: soonest })
        hasFired ||= fires
        now.set(name, fires ? { ...one, since: i, fired: one.fired + 1 } : one)
      }
    }
    running = now
  }
  const last = moments[steps.length]
  const stillRuns = (name: string): boolean =>
    last !== undefined &&
    layout.topology.nodes.some((n) =>
      armedTimers(n, last.state[n.name]).some((armed) => nameOf(n.name, armed) === name),
    )
  for (const [name, one] of running) {
    const { latest } = lengthOf(one)
    if (latest !== null && stillRuns(name)) atMost.push(...endsBefore(steps.length, one.since, latest))
  }
  return { atLeast, atMost }
}

/** Where a standard lets it be shorter than it says, it is as long as it says. */
const usual = (timer: Timer): readonly Length[] => lengthsOf({ ...timer, earliest: timer.milliseconds })

/** Bellman and Ford's longest paths from the beginning: the earliest instants that keep to all; null where there are none. */
function earliest(count: number, constraints: readonly Constraint[]): number[] | null {
  // The beginning comes first.
  const instants = Array.from({ length: count + 1 }, () => 0)
  for (let round = 0; round <= count + 1; round++) {
    let changed = false
    for (const { from, to, least } of constraints) {
      if (instants[from + 1]! + least <= instants[to + 1]!) continue
      instants[to + 1] = instants[from + 1]! + least
      changed = true
    }
    if (instants[0]! > 0) return null
    if (!changed) return instants.slice(1)
  }
  return null
}
