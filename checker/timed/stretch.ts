import type { Model } from '../model.ts'
import { always, type Property } from '../property.ts'
import { isTrue, withStopwatch } from './stopwatch.ts'

/** What a property says of how long something lasts; of any other, nothing. */
export type OfLength = Extract<Property, { readonly stretch: unknown }>

export const isOfLength = (property: Property): property is OfLength => 'stretch' in property

/**
 * A claim of how long something lasts, as one of states: of the model with a stopwatch beside it. Lengths that clocks of whole ends allow have whole extremes, so that
 * what lasts longer can last a unit longer.
 *
 * @throws Error where the model has no time
 */
export function withItsStopwatch(
  model: Model,
  property: OfLength,
): { readonly model: Model; readonly property: Property } {
  const { id, witness, stretch, atMost } = property
  const watched = withStopwatch(model, stretch, 'at least', atMost + 1)
  const long = `'${stretch.name}' lasts longer than ${atMost.toLocaleString('en')} ms`
  return {
    model: watched.model,
    property: {
      id,
      ...(witness === undefined ? {} : { witness }),
      ...always({
        name: `'${stretch.name}' is over in time`,
        holds: (look) => !watched.isOver(look) || !isTrue(stretch, look) || long,
      }),
    },
  }
}
