import type { Address, Forward, Message, Packet, Tunnel } from '../index.ts'

/** Mobility Header messages (RFC 6275 §6.1), with symbolic tokens: a token is a term that only its maker can make. */
export type Mipv6Message =
  /** Binding Update with the H flag, to the home agent (§11.7.1). IPsec protects it: nobody else can send one. */
  | { readonly kind: 'BU (home)'; readonly seq: number; readonly coa: Address }
  | { readonly kind: 'BA (home)'; readonly seq: number }
  /**
   * Home Test Init and Care-of Test Init; the address to test is the packet's source (§6.1.3, §6.1.4). Answers repeat the cookie, by which a mobile node
   * knows an answer to what it sent last.
   */
  | { readonly kind: 'HoTI'; readonly cookie: number }
  | { readonly kind: 'CoTI'; readonly cookie: number }
  | { readonly kind: 'HoT'; readonly token: HomeToken; readonly cookie: number }
  | { readonly kind: 'CoT'; readonly token: CareOfToken; readonly cookie: number }
  /** Binding Update to a correspondent, authorised by both tokens (§5.2.6). */
  | {
      readonly kind: 'BU'
      readonly home: Address
      readonly seq: number
      readonly coa: Address
      readonly homeToken: HomeToken
      readonly coToken: CareOfToken
    }
  | { readonly kind: 'BA'; readonly seq: number; readonly status: BindingStatus }
  | Tunnel
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }
  /** Not MIPv6: a mobile tells the forwarder of the network that it has left (004 §IV.A). */
  | Forward
  /** Not MIPv6: stationary proxies (004 §IV.B, Fig. 5). A message for a peer, by way of the sender's own home agent. */
  | { readonly kind: 'proxied'; readonly inner: Packet; readonly home: Address }
  | { readonly kind: 'Query'; readonly home: Address }
  | { readonly kind: 'Answer'; readonly home: Address; readonly coa: Address }

/** Cookies wrap round here: testing again for ever must come back to a state. */
export const COOKIES = 2

/** First(64, HMAC(Kcn, (home address | nonce | 0))), as a term (§5.2.5). */
export interface HomeToken {
  readonly by: string
  readonly home: Address
  readonly nonce: number
}

/** The same of the care-of address. */
export interface CareOfToken {
  readonly by: string
  readonly coa: Address
}

/** RFC 6275 §6.1.8. */
export type BindingStatus = 'accepted' | '135 sequence number out of window' | '136 expired home nonce index'

export function describeMipv6(message: Message): { name: string; detail: string } {
  const m = message as Mipv6Message
  switch (m.kind) {
    case 'BU (home)':
    case 'BU':
      return { name: m.kind, detail: `seq ${m.seq}, care-of ${m.coa}` }
    case 'BA':
      return { name: m.kind, detail: `seq ${m.seq}, ${m.status}` }
    case 'BA (home)':
      return { name: m.kind, detail: `seq ${m.seq}` }
    case 'CoT':
      return { name: m.kind, detail: `for ${m.token.coa}` }
    case 'HoT':
      return { name: m.kind, detail: `for ${m.token.home}` }
    case 'Forward':
      return { name: m.kind, detail: `${m.old} → ${m.to}` }
    case 'proxied':
      return { name: `${describeMipv6(m.inner.message).name} by the home agent`, detail: `for ${m.home}` }
    case 'Query':
      return { name: m.kind, detail: `where is ${m.home}?` }
    case 'Answer':
      return { name: m.kind, detail: `${m.home} is at ${m.coa}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** What a mobile node, a correspondent or a home agent does with each message. */
export const sections: Readonly<Record<string, string>> = {
  attached: 'RFC 6275 §11.7.1: the home registration is begun; §11.6.1: so is return routability',
  'BU (home)':
    'RFC 6275 §10.3.1: the home agent registers the care-of address; 004 §IV.C step 4: and sends on what it has kept',
  'BA (home)': 'RFC 6275 §11.7.3: the home registration is complete',
  HoTI: 'RFC 6275 §9.4.1, §9.4.3: answered with a home keygen token; §10.4.1: as a home agent, tunnelled',
  CoTI: 'RFC 6275 §9.4.2, §9.4.4: answered with a care-of keygen token; §10.4.1: as a home agent, tunnelled',
  HoT: 'RFC 6275 §11.6.2: the token is kept, if the cookie is that of the last test; §11.7.2: with both, the Binding Update is sent',
  CoT: 'RFC 6275 §11.6.2: the token is kept, if the cookie is that of the last test; §11.7.2: with both, the Binding Update is sent',
  BU: 'RFC 6275 §9.5.1, §9.5.4: checked, entered and acknowledged; §10.4.1: as a home agent, tunnelled',
  BA: 'RFC 6275 §11.7.3: the registration is complete, or tried again as the status says',
  tunnel: 'RFC 6275 §10.4.5: what a mobile node tunnels back goes on from its home agent',
}
