import type { Label, Value } from '../checker/model.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { innermost, type Packet } from '../spec/internet/packet.ts'
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
      const packet = layout.topology.networks
        .flatMap((network) => values[layout.flightCell(network)] as unknown as readonly Packet[])
        .find((one) => {
          const told = layout.label(one)
          const taken = label.taken!
          return (
            told.name === taken.name &&
            told.detail === taken.detail &&
            told.source === taken.source &&
            told.destination === taken.destination
          )
        })
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
      return { kind: label.text.split(' fires at ')[0]! }
    default:
      return null
  }
}

/** What an effect is to whoever compares: the message, where it goes, and from where if not from here. */
export const sendOf = (effect: Effect<{ kind: string }>): unknown =>
  effect.do === 'send' ? { ...effect.message, to: effect.to, ...(effect.from && { from: effect.from }) } : effect
