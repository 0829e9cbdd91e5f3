import type { VariantDesign } from '../protocol.ts'
import type { End } from '../roaming.ts'
import type { HomeAgentSettings } from './home-agent.ts'
import type { MobileNodeSettings } from './mobile-node.ts'

/** What makes a variant of MIPv6: how its mobile nodes signal, what its home agents do, and where it is asked. */
export interface Design extends VariantDesign {
  readonly mobileNode: Pick<MobileNodeSettings, 'signalling'> & Partial<MobileNodeSettings>
  readonly reForwards?: readonly End[]
  readonly movedBy?: HomeAgentSettings['movedBy']
  readonly forwarders?: boolean
  /** Nothing takes the way by an agent, so that no forwarding loop is conceivable. */
  readonly direct?: boolean
}
