import type { Clock, ClockRule, Look, Rule } from '../../checker/model.ts'
import { type Clocked, timerClock } from './clocks.ts'
import type { Layout } from './layout.ts'
import { consequences, react } from './react.ts'
import type { Armed, Timer } from './role.ts'
import { RoleError } from './role-error.ts'
import type { Patience } from './scenario.ts'
import type { Interval, Timing } from './timing.ts'
import type { Placed } from './topology.ts'
import { inWords, Unusable } from './unusable.ts'

/** A rule a timer and node: it fires as its scenario says, and is owed while it runs. */
export function timerRules(layout: Layout): Rule[] {
  const ranks = rankByDuration(layout)
  return layout.topology.nodes.flatMap((n) =>
    Object.keys(n.role.timers ?? {}).flatMap((timer) => {
      const patience: Patience = layout.scenario.timers[timer] ?? 'patient'
      return patience === 'never' ? [] : [timerRule(layout, n, timer, patience, ranks)]
    }),
  )
}

/** The timers of a node that run in a state of it, by name. */
export const runningTimers = (n: Pick<Placed, 'name' | 'role'>, state: unknown): readonly string[] =>
  armedTimers(n, state).map(nameOf)

const nameOf = (armed: Armed<string>): string => whichOf(armed).timer

/**
 * The timers of a node that run in a state of it, each by its key.
 *
 * @throws RoleError where its role has a timer run that it does not declare: such a one would never fire
 */
export function armedTimers(n: Pick<Placed, 'name' | 'role'>, state: unknown): readonly Armed<string>[] {
  try {
    return usableTimers(n.role.armed?.(state) ?? [], Object.keys(n.role.timers ?? {}))
  } catch (cause) {
    throw new RoleError(n.name, 'armed', "'armed'", state, cause)
  }
}

/** The clocks of timers, where there is time: those of a node that is down stand still. */
export function timerClocks(layout: Layout, timing: Timing): ClockRule[] {
  return layout.topology.nodes
    .filter((n) => n.role.armed !== undefined)
    .map((n) => ({
      name: `timers of ${n.name}`,
      reads: [layout.stateCell(n.name), ...layout.attachmentCells(n)],
      running: (look) =>
        layout.attachment(look, n).phase === 'down'
          ? []
          : armedTimers(n, layout.state(look, n.name)).flatMap((armed) => {
              const clock = clockOf(layout, timing, n, armed)
              return clock === null ? [] : [clock]
            }),
    }))
}

/** When a timer that runs will fire; null where the scenario lets it never fire. */
function clockOf({ scenario }: Layout, timing: Timing, n: Placed, armed: Armed<string>): Clock | null {
  const { timer, key } = whichOf(armed)
  const patience = scenario.timers[timer]
  if (patience === 'never') return null
  if (patience === 'at will') return timerClock(timer, n, key, [0, null])
  const standard = n.role.timers![timer]!
  const exactly: Interval = [standard.milliseconds, standard.milliseconds]
  const given = timing.timers?.[timer]
  // What is given is as long each time.
  if (given !== undefined) return timerClock(timer, n, key, given)
  return timerClock(timer, n, key, standard.lasts ?? exactly, standard.backsOff)
}

/** Its name and key. */
export const whichOf = (armed: Armed<string>): Exclude<Armed<string>, string> =>
  typeof armed === 'string' ? { timer: armed, key: '' } : armed

function usableTimers(running: unknown, declared: readonly string[]): readonly Armed<string>[] {
  if (!Array.isArray(running))
    throw new Unusable(
      `it gave ${inWords(running)}, which is no list`,
      'The likeliest cause is one timer without its brackets.',
      "Give a list of timers' names, [] for none.",
    )
  const unknown = running.map(nameOf).find((timer) => !declared.includes(timer))
  if (unknown === undefined) return running
  throw new Unusable(
    `it gave ${inWords(running)}, and its role declares no timer ${inWords(unknown)}`,
    `The likeliest cause is a slip in the name: it declares ${declared.length === 0 ? 'none' : declared.join(', ')}.`,
    "Use the name that 'timers' has, or declare it there.",
  )
}

/** Shorter timers have lower ranks; all come after what takes no time. */
function rankByDuration(layout: Layout): (timer: Timer) => number {
  const durations = layout.topology.nodes.flatMap((n) => Object.values<Timer>(n.role.timers ?? {}).map(durationInOrder))
  const sorted = [...new Set(durations)].sort((a, b) => a - b)
  return (timer) => 1 + sorted.indexOf(durationInOrder(timer))
}

const durationInOrder = ({ milliseconds, rankedAs }: Timer): number => rankedAs ?? milliseconds

function timerRule(
  layout: Layout,
  n: Placed,
  timer: string,
  patience: Exclude<Patience, 'never'>,
  rank: (timer: Timer) => number,
): Rule {
  const armedHere = (look: Look): Armed<string> | undefined =>
    armedTimers(n, layout.state(look, n.name)).find((one) => nameOf(one) === timer)
  return {
    name: `${timer} of ${n.name}`,
    reads: [layout.stateCell(n.name), ...layout.attachmentCells(n)],
    // What somebody may choose to do holds nothing back: the rank of a timer is that of something that will happen.
    ...(patience === 'at will' ? {} : { rank: rank(n.role.timers![timer]!), patient: patience === 'patient' }),
    waits: (look) => {
      const armed = armedHere(look)
      return armed === undefined || layout.attachment(look, n).phase === 'down' ? null : String(whichOf(armed).key)
    },
    fire: (look) => {
      const armed = armedHere(look)
      if (armed === undefined) return []
      const place = layout.attachment(look, n)
      if (place.phase === 'down') return []
      const reaction = react(layout, n, layout.state(look, n.name), { kind: timer }, place)
      return [
        {
          label: {
            kind: 'timer',
            text: `${timer} fires at ${n.name}${consequences(reaction).cannotSend}`,
            actor: n.name,
            timer,
            sent: reaction.sent,
          },
          sets: reaction.sets,
          sends: reaction.sends,
          ...clockOfTimer(layout, n, armed),
          // A patient timer runs on while it is held back: it is owed as soon as it may fire again and again.
          ...(patience === 'at will'
            ? {}
            : {
                fair: {
                  class: `${timer} of ${n.name}`,
                  strength: patience === 'patient' ? ('strong' as const) : ('weak' as const),
                },
              }),
        },
      ]
    },
  }
}

function clockOfTimer(layout: Layout, n: Placed, armed: Armed<string>): Clocked {
  const { time } = layout.scenario
  const clock = time === undefined ? null : clockOf(layout, time, n, armed)
  return clock === null ? {} : { clock: clock.id }
}
