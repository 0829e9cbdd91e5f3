import type { Story } from '../../counterexamples/index.ts'
import type { Searches } from '../searches.ts'
import type { Parameters, Values } from './parameters.ts'

/** A figure or table of a paper, redrawn: a chart of numbers, or messages between nodes. Or why there is none. */
export type Figure = Chart | Flow | NotDrawn

interface Named {
  /** `003-fig-5`. */
  readonly id: string
  readonly paper: string
  /** In the paper: '§III.C, Fig. 5'. */
  readonly place: string
  /** One line, in our own words. */
  readonly title: string
}

/** A chart whose numbers are computed, or counted in runs of the model, for parameters that may be set. */
export interface Chart extends Named {
  readonly kind: 'chart'
  readonly parameters: Parameters
  readonly plot: (searches: Searches, values: Values) => Plotted
}

/** What there is to draw, as plain data. */
export interface Plotted {
  readonly x: Axis
  readonly y: Axis
  readonly curves: readonly Curve[]
  /** An inner point that was asked for: a line across the curves. */
  readonly at: number | null
  /** What to know when reading it: one sentence each. */
  readonly notes: readonly string[]
}

export interface Axis {
  /** With its unit. */
  readonly label: string
  readonly log?: boolean
}

export interface Curve {
  readonly name: string
  /** `printed`: what the paper's formula says, drawn dashed; `right`: exact, corrected, or counted in the model. */
  readonly is: 'printed' | 'right'
  readonly points: readonly (readonly [x: number, y: number])[]
  /** Curves of one group have one colour. */
  readonly group?: string
  /** Points alone, or bars from one end to the other, in place of a line. */
  readonly as?: 'points' | 'bar'
}

/** Messages: a run of the model. */
export interface Flow extends Named {
  readonly kind: 'flow'
  /** What it is a run of, in words. */
  readonly shows: string
  readonly run: (searches: Searches) => Story
  /** What is otherwise in the paper's drawing: a sentence. */
  readonly differs?: string
  /** The command that shows it again. */
  readonly command: string
}

/** What is not drawn, and why not. */
export interface NotDrawn extends Named {
  readonly kind: 'none'
  readonly because: string
}
