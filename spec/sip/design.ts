import type { VariantDesign } from '../protocol.ts'
import type { Telling } from './interceptor.ts'
import type { ProxySettings } from './proxy.ts'

/** Which rules the nodes follow: RFC 3261, or what paper 000 draws. */
export type Rules = 'rfc' | 'paper'

/** What makes a variant of SIP mobility: who is between the two, how it is told, and where it is asked. */
export interface Design extends VariantDesign {
  /** Requests go by the peer's home proxy, which does this with them. */
  readonly proxy?: Partial<ProxySettings>
  /** What Interceptors in the networks that were left look after: everything, or, as RTP translators, media only. */
  readonly interceptors?: 'everything' | 'media'
  /** How they are told; once if it does not say. */
  readonly telling?: Telling
  /** By RFC 3261, both hosts moving twice is out of reach (docs/warts.md): one of them does. */
  readonly oneTwice?: boolean
}
