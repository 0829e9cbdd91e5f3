import { canonical } from '../../checker/canonical.ts'
import type { Label, Value } from '../../checker/model.ts'
import { enabledOutcomes, referenceGraph } from '../../checker/reference.ts'
import {
  type Event,
  type Message,
  type Node,
  node,
  type Packet,
  type Role,
  type Scenario,
  scenario,
  send,
  stay,
  type Tunnel,
} from '../../spec/index.ts'
import { compose, type Internet } from '../../spec/internet/compose.ts'
import { View } from '../../spec/internet/view.ts'

/** A host that notes what it hears, sends what it is told to on attaching, and answers 'ping' with 'pong'. */
export interface Notes {
  readonly heard: readonly string[]
  readonly here: string
}

export type Chat = { readonly kind: 'ping' } | { readonly kind: 'pong' } | Tunnel

export function listener(options: { onAttach?: readonly string[]; accepts?: string } = {}): Role<Notes, Chat, 'tick'> {
  return {
    start: { heard: [], here: '' },
    step: (me, event: Event<Chat, 'tick'>) => {
      if (event.kind === 'attached') {
        const next = { ...me, here: event.address }
        return [next, (options.onAttach ?? []).map((to) => send<Chat>({ kind: 'ping' }, to))]
      }
      if (event.kind === 'tick') return stay({ ...me, heard: [...me.heard, 'tick'] })
      const next = { ...me, heard: [...me.heard, event.kind] }
      return event.kind === 'ping' ? [next, [send<Chat>({ kind: 'pong' }, event.source)]] : stay(next)
    },
    timers: { tick: { milliseconds: 1000, source: 'test' } },
    armed: (me) => (me.heard.includes('tick') ? [] : ['tick']),
    ...(options.accepts === undefined ? {} : { accepts: (_: Notes, address: string) => address === options.accepts }),
  }
}

export const quiet: Partial<Scenario> = { timers: { tick: 'never' } }

export function internetOf(nodes: readonly Node[], given: Partial<Scenario> = {}): Internet {
  return compose(nodes, scenario('test', 'A test.', { ...quiet, ...given }), (message: Message) => ({
    name: message.kind,
    detail: '',
  }))
}

/** Everything that can happen next, in words, with the state that it leads to. */
export function stepsOf(internet: Internet, state: readonly Value[] = internet.model.initial[0]!) {
  return enabledOutcomes(internet.model, state).map((outcome) => {
    const next = [...state]
    for (const [cell, value] of outcome.sets) next[cell] = value
    for (const [cell, parcel] of outcome.sends) next[cell] = internet.model.absorb(cell, next[cell]!, parcel)
    return { label: outcome.label, text: outcome.label.text, next, fair: outcome.fair }
  })
}

/** Follows steps chosen by the beginning of their text. */
export function follow(internet: Internet, ...texts: readonly (string | RegExp)[]): readonly Value[] {
  let state = internet.model.initial[0]!
  for (const text of texts) {
    const steps = stepsOf(internet, state)
    const step = steps.find((s) => (typeof text === 'string' ? s.text.startsWith(text) : text.test(s.text)))
    if (step === undefined) throw new Error(`no step '${text}' among: ${steps.map((s) => s.text).join(' | ')}`)
    state = step.next
  }
  return state
}

export const viewOf = (internet: Internet, state: readonly Value[]): View =>
  new View(internet.layout, (cell) => state[cell]!)

export const heard = (internet: Internet, state: readonly Value[], name: string): readonly string[] =>
  viewOf(internet, state).state<Notes>(name).heard

/** Every state and labelled step of a small internet. */
export function everyStep(internet: Internet): { before: View; after: View; label: Label }[] {
  return referenceGraph(internet.model).values.flatMap((state) =>
    stepsOf(internet, state).map(({ label, next }) => ({
      before: viewOf(internet, state),
      after: viewOf(internet, next),
      label,
    })),
  )
}

export const key = (packet: Packet): string => canonical(packet as never)
export { node }
