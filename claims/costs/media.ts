import { IP_UDP_RTP, TUNNEL } from '../calculations/headers.ts'
import type { Searches } from '../searches.ts'
import { legsOf } from './datagram.ts'
import { handoffOf } from './handoff.ts'

/** What paper 001's Table 1 compares: media by Mobile IP alone, and by a re-INVITE. */
export const MIP = 'mip/co-located'
export const MIP_SIP = 'mip-sip/parallel'

/** Header bytes of a media packet as it comes to the mobile node, after a handoff of a run of the model. */
export function headers(searches: Searches, target: string): number {
  const last = legsOf(handoffOf(searches, target).after, 'b', 'a').at(-1)!
  return IP_UDP_RTP + TUNNEL * last.tunnels
}
