import { ladder, ladderSvg } from '../../counterexamples/index.ts'
import type { Searches } from '../searches.ts'
import { chartCsv, flowCsv } from './csv.ts'
import { drawn } from './draw.ts'
import type { Figure } from './figure.ts'
import { valuesOf } from './parameters.ts'
import { titleOf } from './title.ts'
import { inWords } from './words.ts'

/** A figure, ready to be written: picture, numbers, and what can be read in a terminal. */
export interface Made {
  readonly id: string
  readonly svg: string
  readonly csv: string
  readonly text: string
}

/**
 * Makes a figure, from runs of the model where it is made of them; null where there is none to make.
 *
 * @param set `name=value` each
 * @throws InputError where it has no such parameter, or no such value of it
 */
export async function made(figure: Figure, searches: Searches, set: readonly string[] = []): Promise<Made | null> {
  const { id } = figure
  const values = valuesOf(id, figure.kind === 'chart' ? figure.parameters : {}, set)
  switch (figure.kind) {
    case 'none':
      return null
    case 'flow': {
      const story = figure.run(searches)
      return { id, svg: ladderSvg(story), csv: flowCsv(story), text: `${titleOf(figure)}\n${ladder(story)}` }
    }
    case 'chart': {
      const plotted = figure.plot(searches, values)
      const title = titleOf(figure)
      return { id, svg: await drawn(plotted, title), csv: chartCsv(plotted), text: `${title}\n${inWords(plotted)}` }
    }
  }
}
