import type { Claim } from '../claim.ts'
import { interceptors } from './interceptors.ts'
import { interval } from './interval.ts'
import { probability } from './probability.ts'
import { proxies } from './proxies.ts'
import { repairs } from './repairs.ts'
import { whoSuffers } from './who-suffers.ts'

/** Paper 000: simultaneous mobility for SIP and MIP-LR. */
export const paper000: readonly Claim[] = [
  ...whoSuffers,
  ...interval,
  ...probability,
  ...repairs,
  ...proxies,
  ...interceptors,
]
