import { taskOf } from '../../analysis/threads/task.ts'
import type { Control } from '../../checker/limits.ts'
import { Searches } from '../searches.ts'
import { figuresOf } from './index.ts'
import { type Made, made } from './made.ts'

/** A figure by its id, with what was set for it. */
export interface FigureAsked {
  readonly id: string
  readonly set: readonly string[]
}

/** Draws a figure, from runs that are searched for now. */
export const figureTask = taskOf(
  import.meta.url,
  'figureTask',
  async ({ id, set }: FigureAsked, control: Control): Promise<Made | null> => {
    control.now()
    const { found: _, ...quiet } = control
    return made(figuresOf(id)[0]!, new Searches(undefined, quiet), set)
  },
)
