import type { Label, Value } from '../checker/model.ts'
import type { Attachment } from '../spec/internet/attachment.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { arrival } from '../spec/internet/react.ts'
import type { Effect } from '../spec/internet/role.ts'

/** What the role gets in a step of the whole world; null where the step is not one of its own. */
export function eventOf(
  internet: Internet,
  name: string,
  values: readonly Value[],
  label: Label,
): { readonly kind: string } | null {
  if (label.actor !== name) return null
  if (label.address !== undefined) return { kind: 'attached', address: label.address } as never
  if (label.kind === 'timer') return { kind: label.timer! }
  if (label.kind === 'action') return { kind: label.action! }
  if (label.kind !== 'deliver') return null
  const { layout } = internet
  const look = (cell: number): Value => values[cell]!
  const packet = layout.packetInFlight(look, label.taken!)
  if (packet === undefined) return null
  const n = layout.topology.nodes.find((one) => one.name === name)!
  const { held }: Attachment = layout.attachment(look, n)
  return arrival(n, layout.state(look, name), held, packet)
}

/** What an effect is to whoever compares: the message, where it goes, and from where if not from here. */
export const sendOf = (effect: Effect<{ kind: string }>): unknown =>
  effect.do === 'send' ? { ...effect.message, to: effect.to, ...(effect.from && { from: effect.from }) } : effect
