import type { Claim } from './claim.ts'
import { problem } from './paper-000-problem.ts'
import { repairs } from './paper-000-repairs.ts'
import { paper001 } from './paper-001.ts'
import { paper002 } from './paper-002.ts'
import { tmspCost } from './paper-003-cost.ts'
import { tmspProtocol } from './paper-003-protocol.ts'
import { mipv6Problem } from './paper-004-problem.ts'
import { mipv6Repairs } from './paper-004-repairs.ts'

/** Every checkable claim of the five papers. */
const byPaper: readonly Claim[] = [
  ...problem,
  ...repairs,
  ...paper001,
  ...paper002,
  ...tmspProtocol,
  ...tmspCost,
  ...mipv6Problem,
  ...mipv6Repairs,
]

/** In the order of their ids. */
export const claims: readonly Claim[] = [...byPaper].sort((one, other) => (one.id < other.id ? -1 : 1))
