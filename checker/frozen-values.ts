import type { Value } from './model.ts'

/** Objects that are frozen with all their parts, and so need no second look. */
const frozen = new WeakSet<object>()

/**
 * Freezes a value with all its parts, also where it is frozen at the top already. A rule that changed a value in place would
 * change it in every state that shares it: then let it throw instead.
 */
export function freeze(value: Value): void {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return
  for (const part of Object.values(value)) freeze(part as Value)
  frozen.add(Object.freeze(value))
}

/** Whether it was frozen here: only of such a value what is known stays true. */
export const isFrozen = (value: object): boolean => frozen.has(value)
