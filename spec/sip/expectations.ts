import type { Expectations } from '../protocol.ts'

export const expectRfc: Readonly<Record<string, Expectations>> = {}
export const expectPaper: Readonly<Record<string, Expectations>> = {}
