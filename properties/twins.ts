import { type Property, reachable } from '../checker/property.ts'
import { isRight } from '../spec/protocol.ts'
import { type Checked, predicate } from './subject.ts'

/**
 * The twins of the properties that must hold: what has to be reachable, or a pass says nothing. A double jump really happens,
 * and bindings are wrong before they are mended.
 */
export function bindingGoesStale(checked: Checked): Property {
  return {
    id: 'a-binding-goes-stale',
    ...reachable(
      predicate(checked, 'a binding is wrong', (view) =>
        [...checked.subject.beliefs(view), ...(checked.subject.registrations?.(view) ?? [])].some(
          (belief) => !isRight(view, belief),
        )
          ? true
          : 'every binding is right',
      ),
    ),
  }
}

/** Every host that moves gets to the end of its way with all bindings right: the good end exists. */
export function goodEndReachable(checked: Checked): Property {
  const { subject } = checked
  return {
    id: 'a-good-end-is-reachable',
    ...reachable(
      predicate(checked, 'all moves are over and every binding is right', (view) => {
        const moving = subject.ends.find((end) => {
          const { stop, phase } = view.attachment(end)
          return phase !== 'attached' || stop + 1 < view.node(end).stops.length
        })
        if (moving !== undefined) return `${moving} has not ended its moves`
        const wrong = subject.beliefs(view).find((belief) => !isRight(view, belief))
        return wrong === undefined ? true : `${wrong.holder} is wrong about ${wrong.about}`
      }),
    ),
  }
}
