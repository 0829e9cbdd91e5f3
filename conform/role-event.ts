import type { Label, Value } from '../checker/model.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { innermost } from '../spec/internet/packet.ts'
import type { Effect } from '../spec/internet/role.ts'

/** What the role gets in a step of the whole world; null where the step is not one of its own. */
export function eventOf(
  internet: Internet,
  name: string,
  values: readonly Value[],
  label: Label,
): { readonly kind: string } | null {
  if (label.actor !== name) return null
  const { layout } = internet
  switch (label.kind) {
    case 'deliver': {
      const packet = layout.packetInFlight((cell) => values[cell]!, label.taken!)
      if (packet === undefined) return null
      const { message, source, destination, hops } = innermost(packet)
      return { ...message, source, destination, hops } as { readonly kind: string }
    }
    case 'attach':
    case 'overlap': {
      const address = /attaches as (\S+)/.exec(label.text)?.[1]
      return address === undefined ? null : ({ kind: 'attached', address } as never)
    }
    case 'timer':
      return { kind: label.timer! }
    default:
      return null
  }
}

/** What an effect is to whoever compares: the message, where it goes, and from where if not from here. */
export const sendOf = (effect: Effect<{ kind: string }>): unknown =>
  effect.do === 'send' ? { ...effect.message, to: effect.to, ...(effect.from && { from: effect.from }) } : effect
