import type { Look, Model, Rule, Value } from '../../checker/model.ts'
import { actionClocks, actionRules } from './actions.ts'
import { clocksInFlight } from './clocks.ts'
import { deliveryRules } from './delivery.ts'
import { faultRules } from './faults.ts'
import { enter, type Flight } from './flight.ts'
import { type Describe, Layout } from './layout.ts'
import { moveClocks, moveRules } from './moves.ts'
import { overhearingRules } from './overhearing.ts'
import type { Packet } from './packet.ts'
import type { Scenario } from './scenario.ts'
import { timerClocks, timerRules } from './timers.ts'
import { type Node, topologyOf } from './topology.ts'
import { View } from './view.ts'

/** Roles, topology and scenario, put together: what the checker explores, and how a property looks at a state of it. */
export interface Internet {
  readonly model: Model
  readonly layout: Layout
  view(look: Look): View
}

export const compose = (nodes: readonly Node[], scenario: Scenario, describe: Describe): Internet =>
  internetOn(new Layout(topologyOf(nodes, scenario), scenario, describe))

/** The rules of the mobile internet, on nodes that have their places. */
export function internetOn(layout: Layout): Internet {
  const { time } = layout.scenario
  const rules = [
    ...deliveryRules(layout),
    ...timerRules(layout),
    ...actionRules(layout),
    ...moveRules(layout),
    ...faultRules(layout),
    ...overhearingRules(layout),
  ]
  return {
    layout,
    view: (look) => new View(layout, look),
    model: {
      cells: layout.names,
      initial: [layout.initial],
      rules: time === undefined ? rules : rules.map(withoutRank),
      // Only networks absorb: a packet enters.
      absorb: (_, value, parcel) =>
        enter(value as unknown as Flight, parcel as unknown as Packet, layout.scenario) as unknown as Value,
      ...(time === undefined
        ? {}
        : {
            time: {
              as: time.as ?? 'dense',
              clocks: [
                ...clocksInFlight(layout, time),
                ...moveClocks(layout, time),
                ...timerClocks(layout, time),
                ...actionClocks(layout),
              ],
            },
          }),
    },
  }
}

/** Where there is time, it says what comes first. */
const withoutRank = ({ name, reads, fire }: Rule): Rule => ({ name, reads, fire })
