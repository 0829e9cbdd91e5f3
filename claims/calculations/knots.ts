import type { Distribution } from './distributions.ts'

/** Tails that are less likely are cut off. */
const TAIL = 1e-9
/** Places of jumps and bends that are followed, at most: of many, those that come first. */
const MOST_BREAKS = 400
/** Knots stand as far apart as the scale says, further out by this share of how far out they are. */
const SPREAD = 1 / 4
/** Below 0, in means of what is added: how far apart at most, and how far down, for each fineness. */
const [STEP, DOWN] = [0.5, 16]

/**
 * Knots for a function of a place on a line, from which times of the one are taken off above 0, and times of the other added below: from where the one's tail
 * ends to where the other's does, at each place where the function may jump or bend, and so many between them.
 *
 * @param ends where it jumps by itself; 0 among them
 * @param scale on which it varies by itself
 * @param steps how often a time may be taken off
 */
export function knotsFor(
  ends: readonly number[],
  down: Distribution,
  up: Distribution,
  scale: number,
  steps: number,
  fineness: number,
): number[] {
  const reach = endOf(down.longerThan)
  const rest = endOf((t) => 1 - up.cutAt(t) / up.mean)
  const [bottom, top] = [-Math.min(reach, DOWN * fineness * up.mean), Math.min(rest, Math.max(...ends) + steps * reach)]
  const breaks = breaksOf(ends, down, up, bottom, top)
  return breaks.flatMap((from, i) => {
    const to = breaks[i + 1]
    if (to === undefined) return [from]
    const between = [from]
    for (let at = from; ; ) {
      const wide = Math.max(scale, SPREAD * Math.abs(at)) / fineness
      at += at < 0 ? Math.min(wide, STEP * up.mean) : wide
      if (at > to - (scale * 0.5) / fineness) return between
      between.push(at)
    }
  })
}

/** Where a tail is as good as over. */
export function endOf(longerThan: (t: number) => number): number {
  let [low, high] = [0, 1]
  while (longerThan(high) > TAIL && high < 1e15) [low, high] = [high, 2 * high]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (longerThan(middle) > TAIL) low = middle
    else high = middle
  }
  return high
}

/** Jumps are handed on for as long as there are times to add or take off; bends are smoothed by the third. */
function breaksOf(
  ends: readonly number[],
  down: Distribution,
  up: Distribution,
  bottom: number,
  top: number,
): number[] {
  const isIn = (at: number): boolean => at > bottom && at < top
  const found = [...ends].filter(isIn)
  const depth = new Map(found.map((at) => [at, 0]))
  for (let i = 0; i < found.length && found.length < MOST_BREAKS; i++) {
    const from = found[i]!
    const [below, above] = [up, down].map((one) =>
      one.bends.map((bend) => ({ bend, times: depth.get(from)! + (jumpsAt(one, bend) ? 0 : 1) })),
    )
    for (const { at, times } of [
      ...below!.map(({ bend, times }) => ({ at: from - bend, times })).filter(({ at }) => at < 0),
      ...above!.map(({ bend, times }) => ({ at: from + bend, times })).filter(({ at }) => at > 0),
    ]) {
      if (times > 3 || !isIn(at) || found.some((other) => Math.abs(other - at) < 1e-9 * (1 + Math.abs(at)))) continue
      found.push(at)
      depth.set(at, times)
    }
  }
  return [...new Set([bottom, ...found, top])].sort((one, other) => one - other)
}

const jumpsAt = ({ longerThan }: Distribution, at: number): boolean =>
  longerThan(at * (1 - 1e-9)) - longerThan(at * (1 + 1e-9)) > 1e-6
