import type { Label } from './model.ts'

/**
 * What a step costs, in the order in which costs are compared: faults, moves, messages sent, steps. Found by search in the order of cost
 * (Dijkstra), so that what comes out is a least one, not one that was trimmed.
 */
const FAULT = 2 ** 36
const MOVE = 2 ** 26
const MESSAGE = 2 ** 13
export const STEP = 1

export const costOf = (label: Label): number =>
  (label.faults ?? 0) * FAULT + (label.moves ?? 0) * MOVE + (label.sent?.length ?? 0) * MESSAGE + STEP
