import type { Rule } from '../../checker/model.ts'
import type { Layout } from './layout.ts'
import { consequences, react } from './react.ts'
import type { Patience } from './scenario.ts'
import type { Placed } from './topology.ts'

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

/** Shorter timers have lower ranks; all come after what takes no time. */
function rankByDuration(layout: Layout): (milliseconds: number) => number {
  const durations = layout.topology.nodes.flatMap((n) =>
    Object.values(n.role.timers ?? {}).map((timer) => timer.milliseconds),
  )
  const sorted = [...new Set(durations)].sort((a, b) => a - b)
  return (milliseconds) => 1 + sorted.indexOf(milliseconds)
}

function timerRule(
  layout: Layout,
  n: Placed,
  timer: string,
  patience: Exclude<Patience, 'never'>,
  rank: (milliseconds: number) => number,
): Rule {
  return {
    name: `${timer} of ${n.name}`,
    reads: [layout.stateCell(n.name), ...layout.attachmentCells(n)],
    // What somebody may choose to do holds nothing back: the rank of a timer is that of something that will happen.
    ...(patience === 'at will'
      ? {}
      : { rank: rank(n.role.timers![timer]!.milliseconds), patient: patience === 'patient' }),
    fire: (look) => {
      if (n.role.armed?.(layout.state(look, n.name)).includes(timer) !== true) return []
      const place = layout.attachment(look, n)
      if (place.phase === 'down') return []
      const reaction = react(layout, look, n, { kind: timer }, place)
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
