import { shippedVariant, worldOf } from '../analysis/world.ts'
import { check } from '../checker/check.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import { REACH, SESSION } from '../spec/property-ids.ts'
import { ENDS } from '../spec/roaming.ts'
import { type Course, stopsOf } from './course.ts'

/** As much as a newcomer waits for while the software starts. */
const LIMITS = { states: 200_000, seconds: 20 } as const

/**
 * What the model says of the moves of a course, whenever they happen: whether the session survives in each run, by a search of all of them. Users do nothing in it, and
 * everybody notices at once.
 */
export function prediction(target: string, course: Course): string {
  if (ENDS.every((end) => stopsOf(course, end).length === 0)) return 'The model: nobody moves, so that nothing is lost.'
  const named = shippedVariant(target)
  const base = named.variant.scenarios.find(({ name }) => name === 'both-move') ?? named.variant.scenarios[0]!
  const networks = { a: 'west', b: 'east' } as const
  const moves = Object.fromEntries(
    ENDS.map((end) => [end, stopsOf(course, end).map((stop) => `${networks[end]}-${stop + 1}`)]),
  )
  const scenario: Scenario = {
    ...base,
    name: 'lab',
    title: 'What the hosts of an experiment do.',
    moves,
    everyMove: 'owed',
  }
  const world = worldOf(named, scenario)
  const asked = (id: string) => world.properties.find((property) => property.id === id)
  // Sessions of some protocols never end: then it matters whether the ends find each other again.
  const property = asked(SESSION) ?? asked(REACH)!
  switch (check(world.internet.model, [property], { limits: LIMITS })[0]!.kind) {
    case 'holds':
      return 'The model: with these moves the session survives in every run.'
    case 'violated':
      return 'The model: with these moves there are runs in which the session is lost.'
    default:
      return 'The model: too many runs to search them all.'
  }
}
