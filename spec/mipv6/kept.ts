import { orderKey, type Packet } from '../index.ts'

/** What an agent keeps to send it again: of identical packets one. */
export const addOnce = (list: readonly Packet[], one: Packet): readonly Packet[] =>
  list.some((other) => orderKey(other) === orderKey(one)) ? list : [...list, one]
