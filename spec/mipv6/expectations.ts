import type { Expectations } from '../protocol.ts'

export const expectations: Readonly<Record<string, Expectations>> = {}
