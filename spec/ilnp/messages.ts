import type { Address, Message, Timer } from '../index.ts'
import type { NameMessage } from '../name-server.ts'

/** ILNP mobility (RFC 6740 §6, RFC 6743): Locator Updates to correspondents, new L records in the DNS. */
export type IlnpMessage =
  /** ICMP Locator Update; a Nonce shows that it comes from the correspondent (RFC 6744). */
  | { readonly kind: 'Locator Update'; readonly locator: Address; readonly number: number }
  | { readonly kind: 'Locator Update ACK'; readonly number: number }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }
  | NameMessage

export function describeIlnp(message: Message): { name: string; detail: string } {
  const m = message as IlnpMessage
  if (m.kind === 'Locator Update') return { name: m.kind, detail: m.locator }
  return { name: m.kind, detail: 'address' in m ? m.address : '' }
}

/** After the update of the DNS, which is begun first. */
export const updateRetry: Timer = {
  milliseconds: 1001,
  source: 'RFC 6743 §4: a Locator Update is sent again until its ACK',
}
