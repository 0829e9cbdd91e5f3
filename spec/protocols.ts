import { hip } from './hip/index.ts'
import { mip } from './mip/index.ts'
import { mipLr } from './mip-lr/index.ts'
import { mipv6 } from './mipv6/index.ts'
import type { Protocol } from './protocol.ts'
import { sip, sipPaper } from './sip/index.ts'

/** Every protocol that ships, in the order in which reports list them. A new protocol is added here. */
export const protocols: readonly Protocol[] = [sipPaper, sip, mip, mipLr, mipv6, hip]
