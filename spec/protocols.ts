import { hip } from './hip/index.ts'
import { ice } from './ice/index.ts'
import { ilnp } from './ilnp/index.ts'
import { mip } from './mip/index.ts'
import { mipLr } from './mip-lr/index.ts'
import { mipRo } from './mip-ro/index.ts'
import { mipSip } from './mip-sip/index.ts'
import { mipv6 } from './mipv6/index.ts'
import { mobike } from './mobike/index.ts'
import { mptcp } from './mptcp/index.ts'
import type { Protocol } from './protocol.ts'
import { quic } from './quic/index.ts'
import { sims } from './sims/index.ts'
import { sip, sipPaper } from './sip/index.ts'
import { sipSetup } from './sip-setup/index.ts'
import { tmspPorts, tmspSbc } from './tmsp/confusion.ts'
import { tmsp } from './tmsp/index.ts'
import { wireguard } from './wireguard/index.ts'

/** Every protocol that ships, in the order in which reports list them. A new protocol is added here. */
export const protocols: readonly Protocol[] = [
  sipPaper,
  sip,
  sipSetup,
  mip,
  mipRo,
  mipLr,
  mipv6,
  mipSip,
  hip,
  tmsp,
  tmspPorts,
  tmspSbc,
  sims,
  mobike,
  wireguard,
  quic,
  mptcp,
  ice,
  ilnp,
]
