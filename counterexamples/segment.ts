import type { Box } from './label.ts'

/** A straight line from a point to another one, in pixels. */
export interface Segment {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** How high a line is at `x`, which is between its ends. */
export const heightAt = ({ x1, y1, x2, y2 }: Segment, x: number): number => y1 + ((x - x1) / (x2 - x1)) * (y2 - y1)

/** Whether a line that is not upright comes nearer to a box than `air`. */
export function crosses(line: Segment, { left, right, top, bottom }: Box, air: number): boolean {
  const from = Math.max(left - air, Math.min(line.x1, line.x2))
  const to = Math.min(right + air, Math.max(line.x1, line.x2))
  if (from > to) return false
  const [one, other] = [heightAt(line, from), heightAt(line, to)]
  return Math.min(one, other) < bottom + air && Math.max(one, other) > top - air
}
