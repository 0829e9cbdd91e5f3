import type { Control } from '../../../checker/limits.ts'
import type { RoleError } from '../../../spec/internet/role-error.ts'
import type { World } from '../../world.ts'
import { isA, type Mistake, mistakeFrom } from '../mistake.ts'
import { Calls } from './calls.ts'
import { TAKES, withOutside } from './outside.ts'
import { askRoles, judge, readBeliefs } from './read.ts'
import { recorded } from './recorded.ts'
import { type Fault, Sample } from './sample.ts'

/** So many states show most of what a protocol does, in tens of milliseconds. */
const STATES = 200

/**
 * A bounded sample of a world, before it is searched: whether what an author's functions give can be used, and whether each gives the same when it
 * is called again, in another order, with other chance and other clocks. What throws by itself is left to the search, which can say how one gets
 * there.
 *
 * @param most states that are looked at
 * @param control asked for the time as often as something is called
 */
export function rehearse(world: Omit<World, 'needClock'>, most = STATES, control?: Control): Mistake[] {
  const inRoles = new Calls(control)
  const inReadings = new Calls(control)
  const inProperties = new Calls(control)
  const found = withOutside(TAKES.first, new Set(), () => {
    const internet = recorded(world.internet, inRoles)
    const sample = new Sample(internet.model, most)
    return [
      ...sample.faults.flatMap(mistakeOfFault),
      ...askRoles(internet, world.checked.subject, sample),
      ...readBeliefs(world.checked, sample, inReadings),
      ...judge(world, sample, inProperties),
    ]
  })
  // What builds on something that is no function of its input is none either.
  const impure = [inRoles, inReadings, inProperties].map((calls) => calls.mistakes()).find((list) => list.length > 0)
  return firstOfEach([...found, ...(impure ?? [])])
}

/** The first of those that are in one place. */
function firstOfEach(mistakes: readonly Mistake[]): Mistake[] {
  const places = new Map<string, Mistake>()
  for (const mistake of mistakes) if (!places.has(mistake.where)) places.set(mistake.where, mistake)
  return [...places.values()]
}

function mistakeOfFault({ error, step }: Fault): Mistake[] {
  const given = mistakeFrom(error)
  if (given !== null) return [given]
  const role = isA<RoleError>(error, 'RoleError') ? error : null
  const thrown = role === null ? error : role.cause
  if (!(thrown instanceof Error)) return []
  const where = role === null ? (step ?? '') : `node '${role.node}' on '${role.on}'`
  if (isChangeInPlace(thrown)) return [changeInPlace(where, thrown)]
  return step === null ? [] : [notPlain(where, thrown)]
}

/** What engines say of a change to what is frozen. */
const isChangeInPlace = (error: Error): boolean =>
  error instanceof TypeError && /read[- ]only|not extensible|cannot delete property/i.test(error.message)

const changeInPlace = (where: string, error: Error): Mistake => ({
  where,
  fact: `it changes its input in place: ${error.message}`,
  cause: 'The likeliest cause is an assignment, or a push or a sort, on a part of the state or of the event.',
  act: "Make a new value ({ ...state, … }), or use immer's produce.",
})

/** The state after a step could not be one. */
function notPlain(where: string, error: Error): Mistake {
  const [fact = '', ...act] = error.message.split(/(?<=\.) /)
  return {
    where: `the step '${where}'`,
    fact: `what came of it is refused: ${fact.replace(/\.$/, '')}`,
    cause: 'The likeliest cause is a structure of JavaScript in a state or message, or a number that is none.',
    act: act.join(' '),
  }
}
