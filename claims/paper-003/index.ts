import type { Claim } from '../claim.ts'
import { measurements } from './measurements.ts'
import { moves } from './moves.ts'
import { ports } from './ports.ts'
import { signalling } from './signalling.ts'
import { transmission } from './transmission.ts'

/** Paper 003: TMSP. */
export const paper003: readonly Claim[] = [...moves, ...ports, ...signalling, ...transmission, ...measurements]
