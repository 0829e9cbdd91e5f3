import { always, eventuallyAlways, type Property, reachable } from '../checker/property.ts'
import { type Checked, predicate } from '../properties/index.ts'
import { type Node, probe, type View } from '../spec/index.ts'

/** Ablations and properties that claims are made of. */
// A change reaches into any role: its types do not help here.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any
export type ChangedStep = (
  state: Any,
  event: Any,
  step: (state: Any, event: Any) => readonly [Any, readonly Any[]],
) => readonly [Any, readonly Any[]]

/** Replaces the step of the nodes whose name begins with one of these. */
export const changeStep =
  (names: readonly string[], changed: ChangedStep) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!names.some((name) => n.name.startsWith(name))) return n
      const step = n.role.step.bind(n.role) as unknown as Parameters<ChangedStep>[2]
      return { ...n, role: { ...n.role, step: ((state: Any, event: Any) => changed(state, event, step)) as never } }
    })

/** These nodes do not send messages of a kind. */
export const withoutSending = (names: readonly string[], kind: string, when: (effect: Any) => boolean = () => true) =>
  changeStep(names, (state, event, step) => {
    const [next, effects] = step(state, event)
    return [next, effects.filter((effect: Any) => effect.message?.kind !== kind || !when(effect))]
  })

export const removing =
  (name: string) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.filter((n) => n.name !== name)

/** Every role does nothing: whatever happens, it stays as it is and says nothing. What a claim still 'holds' by then, it does not hold by. */
export const nothingIsDone = (nodes: readonly Node[]): readonly Node[] =>
  changeStep([''], (state) => [state, []])(nodes)

/** In every state. */
export const inEveryState =
  (name: string, holds: (view: View) => true | string) =>
  (checked: Checked): Property => ({ id: name, ...always(predicate(checked, name, holds)) })

/** From some moment on and for ever. */
export const inTheEnd =
  (name: string, holds: (view: View) => true | string) =>
  (checked: Checked): Property => ({ id: name, ...eventuallyAlways(predicate(checked, name, holds)) })

/** In the end data go from one end to the other without a detour. */
export const dataAreDirect = (...ways: readonly (readonly [from: string, to: string])[]) =>
  inTheEnd('data are direct', (view) => {
    const detour = ways.find(([from, to]) => {
      const journey = probe(view, from, to)
      return journey.end !== 'arrives' || journey.via.length > 0
    })
    return detour === undefined ? true : `data from ${detour[0]} to ${detour[1]} are not direct`
  })

/** In some state. */
export const somewhere =
  (name: string, holds: (view: View) => true | string) =>
  (checked: Checked): Property => ({ id: name, ...reachable(predicate(checked, name, holds)) })

/** Nothing is in flight, every host has come to the end of its way, and no node waits for anything. */
export function isOver(view: View): boolean {
  if (!view.isQuiet()) return false
  return view.layout.topology.nodes.every((n) => {
    const { phase, stop } = view.attachment(n.name)
    return phase === 'attached' && stop + 1 >= n.stops.length
  })
}

/** Whether an end is right about the other, as the variant's subject reads it. */
export const rightAbout = (checked: Checked, view: View, holder: string): boolean => {
  const belief = checked.subject.beliefs.find((one) => one.holder === holder)!
  const believes = belief.believes(view)
  return believes !== null && view.held(belief.about).includes(believes)
}
