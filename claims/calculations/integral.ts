/** Ten-point Gauss–Legendre: places within −1 … 1, and what each weighs; both signs. */
const GAUSS = [
  [0.1488743389816312, 0.2955242247147529],
  [0.4333953941292472, 0.2692667193099963],
  [0.6794095682990244, 0.219086362515982],
  [0.8650633666889845, 0.1494513491505806],
  [0.9739065285171717, 0.0666713443086881],
] as const

/** So many pieces between two bends, each a fraction of the way nearer to the lower end, where tails and peaks are. */
const PIECES = 24

/**
 * The integral of a function that is smooth between its bends.
 *
 * @param bends where it jumps or bends; those outside are left out
 */
export function integral(of: (x: number) => number, from: number, to: number, bends: readonly number[] = []): number {
  const inside = [...new Set(bends)].filter((bend) => bend > from && bend < to).sort((a, b) => a - b)
  const ends = [from, ...inside, to]
  return ends.slice(1).reduce((sum, end, i) => sum + betweenBends(of, ends[i]!, end), 0)
}

function betweenBends(of: (x: number) => number, from: number, to: number): number {
  let sum = 0
  for (let piece = 0; piece < PIECES; piece++) {
    const [low, high] = [(piece / PIECES) ** 2, ((piece + 1) / PIECES) ** 2].map((part) => from + part * (to - from))
    sum += panel(of, low!, high!)
  }
  return sum
}

/** The integral of a function that is smooth in between. */
export function panel(of: (x: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2]
  let sum = 0
  for (const [place, weight] of GAUSS) sum += weight * half * (of(middle - half * place) + of(middle + half * place))
  return sum
}
