import type { ClockRule, Rule } from '../../checker/model.ts'
import { actionClock, clockOfAction } from './clocks.ts'
import type { Layout } from './layout.ts'
import { consequences, react } from './react.ts'
import { RoleError } from './role-error.ts'
import type { Placed } from './topology.ts'

/** A rule an action and node: whoever uses it may, and need not. None where they do nothing. */
export function actionRules(layout: Layout): Rule[] {
  if (layout.scenario.users === undefined) return []
  return layout.topology.nodes.flatMap((n) =>
    Object.keys(n.role.actions ?? {}).map((name) => actionRule(layout, n, name)),
  )
}

/** Where there is time, what may be done may be done now or later. */
export function actionClocks(layout: Layout): ClockRule[] {
  if (layout.scenario.users === undefined) return []
  return layout.topology.nodes
    .filter(({ role }) => role.actions !== undefined)
    .map((n) => ({
      name: `actions at ${n.name}`,
      reads: readsOf(layout, n),
      running: (look) =>
        layout.attachment(look, n).phase === 'down'
          ? []
          : possible(n, layout.state(look, n.name)).map((name) => actionClock(name, n)),
    }))
}

const readsOf = (layout: Layout, n: Placed): number[] => [layout.stateCell(n.name), ...layout.attachmentCells(n)]

function possible(n: Placed, state: unknown): readonly string[] {
  try {
    return n.role.may?.(state) ?? []
  } catch (cause) {
    throw new RoleError(n.name, 'may', "'may'", state, cause)
  }
}

function actionRule(layout: Layout, n: Placed, name: string): Rule {
  return {
    name: `${name} at ${n.name}`,
    reads: readsOf(layout, n),
    fire: (look) => {
      if (!possible(n, layout.state(look, n.name)).includes(name)) return []
      const place = layout.attachment(look, n)
      if (place.phase === 'down') return []
      const reaction = react(layout, n, layout.state(look, n.name), { kind: name }, place)
      return [
        {
          label: {
            kind: 'action',
            text: `${n.name} ${n.role.actions![name]!.words}${consequences(reaction).cannotSend}`,
            actor: n.name,
            action: name,
            ...(reaction.unsent.length > 0 ? { cause: 'it holds no address' } : {}),
            sent: reaction.sent,
          },
          sets: reaction.sets,
          sends: reaction.sends,
          ...clockOfAction(layout, n, name),
        },
      ]
    },
  }
}
