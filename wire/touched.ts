import type { Label } from '../checker/model.ts'
import { networkOf } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'

/** What a step reads and what it changes: roles, places of hosts, what is in flight to networks. */
export interface Touched {
  readonly reads: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
}

const role = (name: string): string => `role of ${name}`
const place = (name: string): string => `place of ${name}`
const network = (name: string): string => `in flight to ${name}`

export function touchedBy({ layout }: Internet, { kind, actor, taken, sent = [] }: Label): Touched {
  const flights = [...sent, ...(taken === undefined ? [] : [taken])].map((one) => network(networkOf(one.destination)))
  // Whoever holds an address, or did, decides what becomes of a packet to it.
  const holders = taken === undefined ? [] : layout.candidatesFor(taken.destination).map(({ name }) => place(name))
  switch (kind) {
    case 'timer':
    case 'action':
    case 'deliver':
      return { reads: new Set([place(actor!), ...holders]), writes: new Set([role(actor!), ...flights]) }
    case 'lost':
    case 'fault':
      return { reads: new Set(holders), writes: new Set(flights) }
    default:
      return { reads: new Set(), writes: new Set([role(actor!), place(actor!), ...flights]) }
  }
}

/** Whether the order of two steps makes a difference. */
export const conflict = (one: Touched, other: Touched): boolean =>
  [...one.writes].some((cell) => other.writes.has(cell) || other.reads.has(cell)) ||
  [...other.writes].some((cell) => one.reads.has(cell))
