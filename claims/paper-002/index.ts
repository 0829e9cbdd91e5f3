import type { Claim } from '../claim.ts'
import { agents } from './agents.ts'
import { comparison } from './comparison.ts'
import { ingressFilters } from './ingress-filters.ts'
import { sessions } from './sessions.ts'

/** Paper 002: SIMS. */
export const paper002: readonly Claim[] = [...sessions, ...agents, ...ingressFilters, ...comparison]
