import type { BackOff, Clock, ClockRule, Look, Outcome } from '../../checker/model.ts'
import { networkOf } from './address.ts'
import type { Attachment } from './attachment.ts'
import type { Layout } from './layout.ts'
import { orderKey, type Packet } from './packet.ts'
import { blackoutOf, type Interval, latencyOf, outageOf, overlapOf, stayOf, type Timing } from './timing.ts'
import type { Placed } from './topology.ts'

/** The clock of an outcome; nothing where there is no time. */
export type Clocked = Pick<Outcome, 'clock'>

/** @param parameter what takes the time, as it is given by name: the id begins with it */
const clock = (parameter: string, of: string, [earliest, latest]: Interval): Clock => ({
  id: `${parameter}${MARK}${of}`,
  earliest,
  latest,
})

const MARK = ': '

/** The name of what takes the time of a clock: `d(west-1,home-b)`, `blackout(a)`, `Timer B`; of a clock that is none of these, its id. */
export function parameterOf(id: string): string {
  const mark = id.indexOf(MARK)
  return mark < 0 ? id : id.slice(0, mark)
}

const clocked = (layout: Layout, make: (timing: Timing) => Clock): Clocked =>
  layout.scenario.time === undefined ? {} : { clock: make(layout.scenario.time).id }

/** A packet is on its way from where it was sent to its destination's network. */
export const packetClock = (timing: Timing, packet: Packet): Clock => {
  const [from, to] = [packet.origin ?? networkOf(packet.source), networkOf(packet.destination)]
  return clock(`d(${from},${to})`, orderKey(packet), latencyOf(timing, from, to))
}

/** A host stays where it is until it leaves for its next network. */
export const stayClock = (timing: Timing, { name }: Placed, { stop }: Attachment): Clock =>
  clock(`${stop === 0 ? 'leaves' : 'stays'}(${name})`, `stop ${stop}`, stayOf(timing, name, stop))

/** It is nowhere until it arrives. */
export const gapClock = (timing: Timing, { name }: Placed, { stop }: Attachment): Clock =>
  clock(`blackout(${name})`, `to stop ${stop + 1}`, blackoutOf(timing, name))

/** It keeps its old address beside the new one. */
export const overlapClock = (timing: Timing, { name }: Placed, { stop }: Attachment): Clock =>
  clock(`overlap(${name})`, `stop ${stop - 1}`, overlapOf(timing, name))

/** It is down until it comes back. */
export const outageClock = (timing: Timing, { name }: Placed, { crashes }: Attachment): Clock =>
  clock('outage', `${name}, ${crashes} crashes left`, outageOf(timing))

export const clockOfPacket = (layout: Layout, packet: Packet): Clocked =>
  clocked(layout, (timing) => packetClock(timing, packet))
export const clockOfStay = (layout: Layout, n: Placed, place: Attachment): Clocked =>
  clocked(layout, (timing) => stayClock(timing, n, place))
export const clockOfGap = (layout: Layout, n: Placed, place: Attachment): Clocked =>
  clocked(layout, (timing) => gapClock(timing, n, place))
export const clockOfOverlap = (layout: Layout, n: Placed, place: Attachment): Clocked =>
  clocked(layout, (timing) => overlapClock(timing, n, place))
export const clockOfOutage = (layout: Layout, n: Placed, place: Attachment): Clocked =>
  clocked(layout, (timing) => outageClock(timing, n, place))

/** How a scenario's time looks at its clocks: packets and outages here; hosts and timers where their rules are. */
export function clocksInFlight(layout: Layout, timing: Timing): ClockRule[] {
  const { networks, nodes } = layout.topology
  return [
    ...networks.map((network) => ({
      name: `packets on their way to ${network}`,
      reads: [layout.flightCell(network)],
      running: (look: Look) => layout.flight(look, network).map((packet) => packetClock(timing, packet)),
    })),
    ...nodes
      .filter((n) => n.crashes > 0)
      .map((n) => ({
        name: `outage of ${n.name}`,
        reads: layout.attachmentCells(n),
        running: (look: Look) => {
          const place = layout.attachment(look, n)
          return place.phase === 'down' ? [outageClock(timing, n, place)] : []
        },
      })),
  ]
}

/** A timer of a node: with another key it is another one. */
export const timerClock = (
  timer: string,
  { name }: Placed,
  key: string | number,
  interval: Interval,
  backsOff?: BackOff,
): Clock => ({
  ...clock(timer, `${name}${key === '' ? '' : ` (${key})`}`, interval),
  ...(backsOff === undefined ? {} : { backsOff }),
})

/** Something that may be done, now or at any time. */
export const actionClock = (action: string, { name }: Placed): Clock => clock(action, name, [0, null])

export const clockOfAction = (layout: Layout, n: Placed, action: string): Clocked =>
  clocked(layout, () => actionClock(action, n))
