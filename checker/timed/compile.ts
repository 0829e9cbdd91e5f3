import { CompiledModel } from '../compile.ts'
import type { Watch } from '../limits.ts'
import type { Model } from '../model.ts'
import { classes } from './classes.ts'
import { ticks } from './ticks.ts'
import { TimedModel } from './timed-model.ts'

/** A model, tabulated, with its clocks where it has time. */
export function compile(model: Model, watch?: Watch): CompiledModel {
  switch (model.time?.as) {
    case undefined:
      return new CompiledModel(model, watch)
    case 'dense':
      return new TimedModel(model, classes, watch)
    case 'ticks':
      return new TimedModel(model, ticks, watch)
  }
}
