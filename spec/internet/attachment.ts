import type { Address } from './address.ts'
import type { Placed } from './topology.ts'

/** Where a node that can change place is: the value of its attachment cell. */
export interface Attachment {
  /** Addresses at which it is reachable now, oldest first. */
  readonly held: readonly Address[]
  /** Position in its itinerary. */
  readonly stop: number
  readonly phase: 'attached' | 'gap' | 'overlap' | 'down'
  /** Crashes left. */
  readonly crashes: number
}

export function startOf(n: Placed): Attachment {
  return { held: n.stops[0]!, stop: 0, phase: 'attached', crashes: n.crashes }
}

/** A host begins to move: unreachable at once, but for what a second interface keeps. */
export const detached = (a: Attachment, keeps: readonly Address[]): Attachment => ({ ...a, held: keeps, phase: 'gap' })

/** It holds its next address. */
export const attachedTo = (a: Attachment, addresses: readonly Address[]): Attachment => ({
  ...a,
  held: addresses,
  stop: a.stop + 1,
  phase: 'attached',
})

/** It holds its next address besides the old one; the overlap ends some time, or the host goes on with both. */
export const overlapping = (a: Attachment, addresses: readonly Address[], ends: boolean): Attachment => ({
  ...a,
  held: [...a.held.filter((old) => !addresses.includes(old)), ...addresses],
  stop: a.stop + 1,
  phase: ends ? 'overlap' : 'attached',
})

/** The overlap ends. */
export const released = (a: Attachment, addresses: readonly Address[]): Attachment => ({
  ...a,
  held: addresses,
  phase: 'attached',
})

export const crashed = (a: Attachment): Attachment => ({ ...a, held: [], phase: 'down', crashes: a.crashes - 1 })

export const restarted = (a: Attachment, addresses: readonly Address[]): Attachment => ({
  ...a,
  held: addresses,
  phase: 'attached',
})
