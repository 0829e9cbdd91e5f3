import type { Control } from '../../checker/limits.ts'
import { type Exact, exactOdds } from '../odds/exact.ts'
import { type DrawingAsked, drawOdds, gameOf, type OddsAsked, type Tally } from '../odds/odds.ts'
import { single } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theKnownTarget, theVariant } from './targets.ts'

export interface OddsGiven extends OddsAsked {
  readonly target: string
}

/** What is assumed of chance, in words: it looks for mistakes. */
export const aboutOddsTask = taskOf(
  import.meta.url,
  'aboutOddsTask',
  async ({ target, ...asked }: OddsGiven, control: Control): Promise<readonly string[]> =>
    gameOf(await theVariant(target, control), asked).told,
)

/** A share of the runs. */
export const drawOddsTask = taskOf(
  import.meta.url,
  'drawOddsTask',
  async ({ target, ...asked }: DrawingAsked & { readonly target: string }, control: Control): Promise<Tally> =>
    drawOdds(single(await theKnownTarget(target), target), asked, control),
)

export const exactOddsTask = taskOf(
  import.meta.url,
  'exactOddsTask',
  async (
    { target, ...asked }: OddsGiven & { readonly prism: boolean; readonly horizon: number },
    control: Control,
  ): Promise<Exact> => exactOdds(single(await theKnownTarget(target), target), asked, control),
  { about: ({ target }) => [target], isFinal: () => true },
)
