import type { Claim } from './claim.ts'
import { paper000 } from './paper-000/index.ts'
import { paper001 } from './paper-001/index.ts'
import { paper002 } from './paper-002/index.ts'
import { paper003 } from './paper-003/index.ts'
import { paper004 } from './paper-004/index.ts'

/** Every checkable claim of the five papers, in the order of their ids. */
export const claims: readonly Claim[] = [...paper000, ...paper001, ...paper002, ...paper003, ...paper004].sort(
  (one, other) => (one.id < other.id ? -1 : 1),
)
