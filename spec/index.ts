/**
 * What a protocol's author needs: roles, the mobile internet, scenarios. Start with `docs/tutorial.md`.
 */
export * from './internet/address.ts'
export { compose, type Internet } from './internet/compose.ts'
export type { Describe } from './internet/layout.ts'
export * from './internet/packet.ts'
export { type Journey, probe, probeWith } from './internet/probe.ts'
export { type Forward, type Forwarding, type Redirector, redirector } from './internet/redirector.ts'
export * from './internet/role.ts'
export * from './internet/scenario.ts'
export { following, isNewer } from './internet/sequence.ts'
export { type Interval, type Timing, usualTiming } from './internet/timing.ts'
export { type Node, node } from './internet/topology.ts'
export { View } from './internet/view.ts'
export type { Choice, Option, Options, OptionValue } from './option.ts'
export * from './protocol.ts'
