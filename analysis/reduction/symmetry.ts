import { canonical } from '../../checker/canonical.ts'
import { costOf } from '../../checker/cost.ts'
import type { Look, Model, Symmetry, Value } from '../../checker/model.ts'
import type { Property, StatePredicate } from '../../checker/property.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import { imageOf, withSymmetry } from '../../checker/symmetry.ts'
import type { Failure, Trace, Verdict } from '../../checker/verdict.ts'
import { mappedPredicate } from './mapped.ts'

type State = readonly Value[]

/** A predicate's name where it is asked of images. */
const OF_IMAGE = ' (of the image)'

/**
 * Searches states up to a symmetry: each property is asked of the state that stands for a state and its image, and of that image. Runs are of the model as it is.
 *
 * @param properties of states and steps
 * @throws NotSymmetric where the model does not stay as it is under it
 */
export function searchUpTo(
  symmetry: Symmetry,
  model: Model,
  properties: readonly Property[],
  search: (model: Model, properties: readonly Property[]) => Verdict[],
): Verdict[] {
  const twins = properties.map((property) => twinOf(symmetry, property))
  const verdicts = search(withSymmetry(model, symmetry), [...properties, ...twins])
  return properties.map((property, i) => {
    const told = (verdict: Verdict, ofImage: boolean): Verdict =>
      toldInFull(symmetry, model, property, verdict, ofImage)
    return either(property, told(verdicts[i]!, false), told(verdicts[properties.length + i]!, true))
  })
}

/** The same property, of the image of what it is asked of. */
function twinOf({ cells, value }: Symmetry, property: Property): Property {
  const through =
    (look: Look): Look =>
    (cell) =>
      value(cells[cell]!, look(cells[cell]!))
  const ofState = ({ name, holds }: StatePredicate): StatePredicate => ({
    name: `${name}${OF_IMAGE}`,
    holds: (look) => holds(through(look)),
  })
  const { witness } = property
  const twin = { ...property, ...(witness && { witness: mappedPredicate(witness, ofState) }) }
  if ('always' in twin) return { ...twin, always: mappedPredicate(twin.always, ofState) }
  if ('some' in twin) return { ...twin, some: mappedPredicate(twin.some, ofState) }
  if ('finished' in twin) return { ...twin, finished: mappedPredicate(twin.finished, ofState) }
  if (!('everyStep' in twin)) throw new Error(`'${property.id}' is of no states and no steps.`)
  return {
    ...twin,
    everyStep: twin.everyStep.map(({ name, holds }) => ({
      name: `${name}${OF_IMAGE}`,
      holds: (one, other) => holds(through(one), through(other)),
    })),
  }
}

/** What a property and its twin say, together. */
function either({ kind }: Property, own: Verdict, image: Verdict): Verdict {
  const rank = (verdict: Verdict): number => (kind === 'reachable' ? FIRST_OF_REACHABLE : FIRST).indexOf(verdict.kind)
  if (rank(own) !== rank(image)) return rank(own) < rank(image) ? own : image
  return length(image) < length(own) ? image : own
}

/** What is found in any of the two is; nothing is known where one of them does not know; what holds is not vacuous where one of them has its witness. */
const FIRST: readonly Verdict['kind'][] = ['failed', 'violated', 'incomplete', 'holds', 'vacuous']
const FIRST_OF_REACHABLE: readonly Verdict['kind'][] = ['failed', 'holds', 'incomplete', 'violated', 'vacuous']

const length = (verdict: Verdict): number =>
  'trace' in verdict && verdict.trace !== undefined ? verdict.trace.steps.length : Number.POSITIVE_INFINITY

function toldInFull(symmetry: Symmetry, model: Model, property: Property, verdict: Verdict, ofImage: boolean): Verdict {
  if (verdict.kind === 'failed') return { ...verdict, error: failureInFull(symmetry, model, verdict.error) }
  if (!('trace' in verdict) || verdict.trace === undefined) return verdict
  const last = 'everyStep' in property ? 2 : 1
  return { ...verdict, trace: runOf(symmetry, model, verdict.trace, last, ofImage) }
}

/** A predicate that threw in an image tells of that; a rule may have been looked at in either. */
function failureInFull(symmetry: Symmetry, model: Model, error: Failure): Failure {
  const isTwin = error.where.includes(OF_IMAGE)
  const saw = isTwin ? imageOfSaw(symmetry, model, error.saw) : error.saw
  const plain = {
    ...error,
    where: error.where.replace(OF_IMAGE, ''),
    message: error.message.replace(OF_IMAGE, ''),
    saw,
  }
  if (error.trace === undefined) return plain
  const end = error.trace.states.at(-1)!
  const isIn = (state: State): boolean =>
    Object.entries(saw).every(([name, value]) => {
      const cell = model.cells.indexOf(name)
      return cell < 0 || canonical(state[cell]!) === canonical(value)
    })
  return { ...plain, trace: runOf(symmetry, model, error.trace, 1, !isIn(end) && isIn(imageOf(symmetry, end))) }
}

/** Cells that a predicate of steps looked at are told with 'before' and 'after'. */
function imageOfSaw({ cells, value }: Symmetry, model: Model, saw: Failure['saw']): Failure['saw'] {
  return Object.fromEntries(
    Object.entries(saw).map(([name, seen]) => {
      const cell = model.cells.findIndex((one) => name === one || name.startsWith(`${one} (`))
      if (cell < 0) return [name, seen]
      return [`${model.cells[cells[cell]!]}${name.slice(model.cells[cell]!.length)}`, value(cell, seen)]
    }),
  )
}

/**
 * The run of the model that a run of states which stand for others tells of.
 *
 * @param exact so many of its last states are to be those of the given one, not only what they stand for
 * @param ofImage whether the image of that run is meant
 * @throws Error where the model has no such step: then the reduction is wrong
 */
function runOf(symmetry: Symmetry, model: Model, given: Trace, exact: number, ofImage: boolean): Trace {
  const last = Math.max(0, given.states.length - exact)
  const states = [given.states[0]!]
  for (const wanted of given.states.slice(1, last + 1)) {
    const stand = orbit(symmetry, wanted)
    states.push(stepTo(model, states.at(-1)!, (state) => orbit(symmetry, state) === stand).state)
  }
  const isOther = canonical(states.at(-1)!) !== canonical(given.states[last]!)
  const run = [...(isOther ? states.map((state) => imageOf(symmetry, state)) : states), ...given.states.slice(last + 1)]
  const meant = ofImage ? run.map((state) => imageOf(symmetry, state)) : run
  const steps = meant.slice(1).map((state, i) => {
    const text = canonical(state)
    return stepTo(model, meant[i]!, (next) => canonical(next) === text).label
  })
  return { ...given, states: meant, steps }
}

/** Equal of a state and its image. */
function orbit(symmetry: Symmetry, state: State): string {
  const [own, image] = [canonical(state), canonical(imageOf(symmetry, state))]
  return own < image ? own : image
}

/** The cheapest step to a state that is wanted. */
function stepTo(model: Model, from: State, isWanted: (state: State) => boolean) {
  const steps = enabledOutcomes(model, from)
    .map((outcome) => ({ label: outcome.label, state: after(model, from, outcome) }))
    .filter(({ state }) => isWanted(state))
    .sort((one, other) => costOf(one.label) - costOf(other.label))
  if (steps[0] === undefined)
    throw new Error('A step of the reduced model is none of the whole one. This is a bug: please report it.')
  return steps[0]
}
