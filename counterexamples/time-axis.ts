/** From one instant of a run to the next one, on an axis that goes down. */
export interface Stretch {
  readonly milliseconds: number
  /** In pixels. */
  readonly height: number
  readonly drawn: Drawn
}

/**
 * How a stretch is drawn: to the scale of the axis; shorter, where nothing happens for long; longer, where what happens so soon after would
 * cover it; or without any time at all, several steps at one instant, under each other in their order.
 */
export type Drawn = 'to scale' | 'folded' | 'widened' | 'standing still'

export interface TimeAxis {
  /** Pixels a millisecond, the same wherever the axis is to scale. */
  readonly scale: number
  /** One before each instant but the first. */
  readonly stretches: readonly Stretch[]
}

/** What is longer, to scale, is folded. */
const LONGEST = 120
/** What is folded is that long, and leaves room for its own length to be told. */
const FOLDED = 48

/**
 * Puts instants on an axis. The scale is the one at which most stretches are neither folded nor widened; of several, the least.
 *
 * @param instants in milliseconds, in order, the beginning first
 * @param least before each instant but the first, how many pixels it needs there to be
 */
export function axisOf(instants: readonly number[], least: readonly number[]): TimeAxis {
  const lengths = least.map((_, i) => instants[i + 1]! - instants[i]!)
  const drawnAt = (scale: number): Drawn[] =>
    lengths.map((milliseconds, i) => {
      if (milliseconds === 0) return 'standing still'
      const height = milliseconds * scale
      return height < least[i]! - ROUNDING ? 'widened' : height > Math.max(LONGEST, least[i]!) ? 'folded' : 'to scale'
    })
  const toScale = (scale: number): number => drawnAt(scale).filter((drawn) => drawn === 'to scale').length
  const scale = lengths
    .flatMap((milliseconds, i) => (milliseconds === 0 ? [] : [least[i]! / milliseconds]))
    .sort((one, other) => toScale(other) - toScale(one) || one - other)[0]
  if (scale === undefined)
    return { scale: 1, stretches: lengths.map((milliseconds, i) => standing(milliseconds, least[i]!)) }
  return {
    scale,
    stretches: drawnAt(scale).map((drawn, i): Stretch => {
      const milliseconds = lengths[i]!
      if (drawn === 'standing still') return standing(milliseconds, least[i]!)
      const height = drawn === 'to scale' ? milliseconds * scale : Math.max(FOLDED, least[i]!)
      return { milliseconds, height, drawn }
    }),
  }
}

const standing = (milliseconds: number, height: number): Stretch => ({ milliseconds, height, drawn: 'standing still' })

/** Of a stretch at the scale that it asked for itself. */
const ROUNDING = 1e-6
