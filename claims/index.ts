import type { Claim } from './claim.ts'
import { problem } from './paper-000-problem.ts'
import { repairs } from './paper-000-repairs.ts'

/** Every checkable claim of the five papers. */
export const claims: readonly Claim[] = [...problem, ...repairs]
