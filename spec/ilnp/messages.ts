import type { Address, Message, Timer } from '../index.ts'
import type { NameMessage } from '../name-server.ts'

/** ILNP mobility (RFC 6740 §6, RFC 6743): Locator Updates to correspondents, new L records in the DNS. */
export type IlnpMessage =
  /**
   * ICMP Locator Update. Its Nonce (RFC 6744) is the same in all packets of a session: it shows who sent the update, not when.
   * `number` is null as in RFC 6743, or how often the sender has moved, where updates are numbered.
   */
  | { readonly kind: 'Locator Update'; readonly locator: Address; readonly number: number | null }
  /** The update, sent back. */
  | { readonly kind: 'Locator Update ACK'; readonly locator: Address; readonly number: number | null }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }
  | NameMessage

export function describeIlnp(message: Message): { name: string; detail: string } {
  const m = message as IlnpMessage
  if ('locator' in m) return { name: m.kind, detail: m.locator }
  return { name: m.kind, detail: 'address' in m ? m.address : '' }
}

/** After the update of the DNS, which is begun first. */
export const updateRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 1001,
  source: 'RFC 6743 §4: a Locator Update is sent again until its ACK',
}
