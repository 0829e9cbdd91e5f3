import type { Claim } from '../claim.ts'
import { comparison } from './comparison.ts'
import { problem } from './problem.ts'
import { proxies } from './proxies.ts'
import { reForwarding } from './re-forwarding.ts'
import { returnRoutability } from './return-routability.ts'

/** Paper 004: simultaneous mobility in MIPv6. */
export const paper004: readonly Claim[] = [...returnRoutability, ...problem, ...proxies, ...reForwarding, ...comparison]
