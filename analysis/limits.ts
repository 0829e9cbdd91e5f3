import type { Limits } from '../checker/limits.ts'

/** What a search may spend where nobody says. */
export const DEFAULT_LIMITS: Limits & { readonly memory: number } = { memory: 4 * 2 ** 30 }
