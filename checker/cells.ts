/**
 * A set of cells in 32 bits: what changes in a step, or what a table looks at. With more than 32 cells some share a bit, so that two sets that do not meet may seem to, but
 * never the other way round.
 */
export type Cells = number

export const NONE: Cells = 0
export const ALL: Cells = -1

/** The set of one cell. */
export const bitOf = (cell: number): Cells => 1 << (cell & 31)

/** Whether a change may matter to what has looked at some cells; all cells change where a run begins. */
export const touches = (changed: Cells, looked: Cells): boolean => changed === ALL || (changed & looked) !== 0
