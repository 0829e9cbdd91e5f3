import { type Label, label } from './label.ts'
import { durationInWords } from './story.ts'
import type { Drawn, TimeAxis } from './time-axis.ts'

/** An axis of time as it is drawn, in pixels of the picture. */
export interface PlacedAxis {
  readonly x: number
  readonly ticks: readonly { readonly y: number; readonly label: Label }[]
  readonly stretches: readonly PlacedStretch[]
  /** A length that is told in the legend. */
  readonly sample: { readonly words: string; readonly length: number } | null
}

export interface PlacedStretch {
  readonly top: number
  readonly bottom: number
  readonly drawn: Drawn
  /** How long it is, where it is not to scale. */
  readonly label: Label | null
}

/** Beside the axis, instants end here. */
const BESIDE = 7

/** @param instants of the steps, in milliseconds; @param top where the beginning is */
export function placedAxis(
  { scale, stretches }: TimeAxis,
  instants: readonly number[],
  x: number,
  top: number,
): PlacedAxis {
  const words = (y: number, text: string, tone: string): Label =>
    label(x - BESIDE, y + 3.5, text, 'tiny', { anchor: 'end', tone })
  const ticks = [{ y: top, label: words(top, durationInWords(0), '') }]
  let y = top
  const placed = stretches.map(({ milliseconds, height, drawn }, i): PlacedStretch => {
    const from = y
    y += height
    if (drawn !== 'standing still') ticks.push({ y, label: words(y, durationInWords(instants[i]!), '') })
    const isTold = drawn === 'folded' || drawn === 'widened'
    return {
      top: from,
      bottom: y,
      drawn,
      label: isTold ? words((from + y) / 2, `+${durationInWords(milliseconds)}`, 'pale') : null,
    }
  })
  const toScale = stretches.some(({ drawn }) => drawn === 'to scale')
  return { x, ticks, stretches: placed, sample: toScale ? sampleOf(scale) : null }
}

/** The longest round time that a legend has room for. */
function sampleOf(scale: number): PlacedAxis['sample'] {
  const power = 10 ** Math.floor(Math.log10(SAMPLE / scale))
  const milliseconds = [5, 2, 1].map((factor) => factor * power).find((length) => length * scale <= SAMPLE)!
  return { words: durationInWords(milliseconds), length: milliseconds * scale }
}

const SAMPLE = 18
