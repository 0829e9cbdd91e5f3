import type { Claim } from './claim.ts'
import { problem } from './paper-000-problem.ts'
import { repairs } from './paper-000-repairs.ts'
import { paper001 } from './paper-001.ts'
import { paper002 } from './paper-002.ts'
import { tmspCost } from './paper-003-cost.ts'
import { tmspProtocol } from './paper-003-protocol.ts'

/** Every checkable claim of the five papers. */
export const claims: readonly Claim[] = [...problem, ...repairs, ...paper001, ...paper002, ...tmspProtocol, ...tmspCost]
