import type { Control, Limits } from '../../checker/limits.ts'
import type { Story } from '../../counterexamples/index.ts'
import { assumptionsOf } from '../assumptions/told.ts'
import { propertyOf } from '../property.ts'
import { storyOf } from '../story.ts'
import { nameOf, scenarioOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { type Extreme, extremesOf } from './extremes.ts'
import { type MeasureName, measureOf, usualMeasureOf } from './measure.ts'
import { type Given, mustBeKnown, parametersOf, timingWith } from './parameters.ts'

/** How long something takes: the least and the most of all runs, each with a run that takes so long. */
export interface Duration {
  readonly target: string
  readonly scenario: string
  readonly property: string
  readonly measure: MeasureName
  readonly given: Given
  readonly assumptions: readonly string[]
  /** Null where it happens in no run; where not all is known (`complete`), also where none was found. */
  readonly shortest: ToldExtreme | null
  readonly longest: ToldExtreme | null
  readonly searches: number
  /** No run takes less than the shortest, or more than the longest. */
  readonly complete: boolean
}

/** In milliseconds; null: for ever, or as long as one likes. */
export interface ToldExtreme {
  readonly milliseconds: number | null
  readonly story: Story
}

/** '2,200 ms', 'for ever', 'as long as one likes'. */
export function extremeInWords({ milliseconds, story }: ToldExtreme): string {
  if (milliseconds !== null) return `${milliseconds.toLocaleString('en')} ms`
  return story.loopStart === null ? 'as long as one likes' : 'for ever'
}

export interface DurationAsked {
  readonly scenario: string
  readonly property: string
  /** Otherwise `repair`, or, of a property that is never to fail, `lasts`. */
  readonly measure?: MeasureName
  readonly given: Given
  readonly limits?: Limits
  /** The shortest is not asked, and null. */
  readonly only?: 'longest'
}

/**
 * The shortest and the longest of a measure (`MEASURES`) of a property, in a scenario, with a clock.
 *
 * @throws InputError where there is no such scenario, property, measure or parameter
 */
export function durationOf(target: TargetVariant, asked: DurationAsked, control?: Control): Duration {
  const { scenario: scenarioName, property, given, limits, only } = asked
  const scenario = scenarioOf(target, scenarioName)
  mustBeKnown(Object.keys(given), parametersOf(worldOf(target, scenario).internet))
  const world = worldOf(target, { ...scenario, time: timingWith(given) })
  const { internet, checked } = world
  const { protocol, variant } = target
  const measured = propertyOf(world, property)
  const measure = asked.measure ?? usualMeasureOf(measured)
  const found = extremesOf(internet.model, measureOf(measure, measured, checked), {
    ...(limits !== undefined && { limits }),
    ...(control !== undefined && { control }),
    ...(only !== undefined && { only }),
  })
  const told = (extreme: Extreme | null): ToldExtreme | null =>
    extreme && {
      milliseconds: extreme.units,
      story: storyOf(protocol, variant, internet, property, inWords(measure, extreme), extreme.trace),
    }
  return {
    target: nameOf(target),
    scenario: scenarioName,
    property,
    measure,
    given,
    assumptions: assumptionsOf(protocol, variant, internet.layout.scenario),
    shortest: told(found.shortest),
    longest: told(found.longest),
    searches: found.searches,
    complete: found.complete,
  }
}

/** What the run shows; of one that goes round for ever, its sentence says so itself. */
function inWords(measure: MeasureName, { units, trace }: Extreme): string {
  if (units === null && trace.loopStart !== null) return 'it is not so'
  const long = units === null ? 'as long as one likes' : `${units.toLocaleString('en')} ms`
  switch (measure) {
    case 'wrong':
      return `it is not so for ${long}`
    case 'repair':
      return `it takes ${long} until it is so for good`
    case 'lasts':
      return `it lasts ${long}`
  }
}
