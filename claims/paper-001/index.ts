import type { Claim } from '../claim.ts'
import { comparison } from './comparison.ts'
import { networkSelection } from './network-selection.ts'
import { overhead } from './overhead.ts'
import { together } from './together.ts'

/** Paper 001: Mobile IP and SIP worked together. */
export const paper001: readonly Claim[] = [...together, ...networkSelection, ...overhead, ...comparison]
