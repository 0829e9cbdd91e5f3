import type { Searches } from '../searches.ts'

export interface Sent {
  readonly do: string
  readonly to?: string
  readonly message?: { readonly kind: string }
  readonly packet?: { readonly destination: string; readonly message: { readonly kind: string } }
}

/** What a mobile node sends on arrival, and where it goes; through tunnels. */
export function onArrival(searches: Searches, target: string): { readonly kind: string; readonly to: string }[] {
  const { role } = searches.nodes(target, 'one-moves').find((n) => n.name === 'a')!
  const step = role.step as unknown as (s: unknown, e: unknown) => readonly [unknown, readonly Sent[]]
  return step(role.start, { kind: 'attached', address: 'west-2/a' })[1].map((effect) =>
    effect.do === 'send'
      ? { kind: effect.message!.kind, to: effect.to! }
      : { kind: effect.packet!.message.kind, to: effect.packet!.destination },
  )
}
