import type { VariantDesign } from '../protocol.ts'
import type { End } from '../roaming.ts'
import type { HomeAgentSettings } from './home-agent.ts'
import type { MobileNodeSettings } from './mobile-node-state.ts'

/** What makes a variant of MIPv6: how its mobile nodes signal, what its home agents do, and where it is asked. */
export interface Design extends VariantDesign {
  readonly mobileNode: Pick<MobileNodeSettings, 'signalling'> & Partial<MobileNodeSettings>
  /** What one of the two does otherwise. */
  readonly only?: Partial<Readonly<Record<End, Partial<MobileNodeSettings>>>>
  readonly reForwards?: readonly End[]
  readonly movedBy?: HomeAgentSettings['movedBy']
  readonly answers?: HomeAgentSettings['answers']
  /** In the networks that were left, and whether they keep what comes before they are told where to send it. */
  readonly forwarders?: 'at once' | 'buffering'
  /** Nothing takes the way by an agent, so that no forwarding loop is conceivable. */
  readonly direct?: boolean
}
