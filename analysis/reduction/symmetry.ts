import { canonical } from '../../checker/canonical.ts'
import type { CompiledModel } from '../../checker/compile.ts'
import type { Look, Model, Symmetry } from '../../checker/model.ts'
import type { Property, StatePredicate } from '../../checker/property.ts'
import { imageOf, Mirror, withSymmetry } from '../../checker/symmetry.ts'
import type { Failure, Trace, Verdict } from '../../checker/verdict.ts'
import { mappedPredicate } from './mapped.ts'
import { type State, type Step, stepOf } from './step-of.ts'

/** Of which of the two a predicate threw last: that ends a search. */
interface Threw {
  ofImage: boolean
}

/**
 * Searches states up to a symmetry: each property is asked of the state that stands for a state and its image, and of that image. Runs are of the model as it is.
 *
 * @param given of the cells that it knows: others are their own images but for names
 * @param properties of states and steps
 * @throws NotSymmetric where the model does not stay as it is under it
 */
export function searchUpTo(
  given: Symmetry,
  model: Model,
  properties: readonly Property[],
  search: (model: Model, properties: readonly Property[], mirror: (compiled: CompiledModel) => Mirror) => Verdict[],
): Verdict[] {
  const symmetry = { ...given, cells: model.cells.map((_, cell) => given.cells[cell] ?? cell) }
  const threw: Threw = { ofImage: false }
  const [own, images] = [false, true].map((ofImage) =>
    properties.map((property) => asked(symmetry, property, ofImage, threw)),
  )
  const verdicts = search(
    withSymmetry(model, symmetry),
    [...own!, ...images!],
    (compiled) => new Mirror(compiled, symmetry),
  )
  return properties.map((property, i) => {
    const told = (verdict: Verdict, ofImage: boolean): Verdict =>
      verdict.kind === 'failed'
        ? { ...verdict, error: failureInFull(symmetry, model, verdict.error, threw) }
        : toldInFull(symmetry, model, property, verdict, ofImage)
    return either(property, told(verdicts[i]!, false), told(verdicts[properties.length + i]!, true))
  })
}

/** A property, of what it is asked of or of the image of that. */
function asked({ cells, value }: Symmetry, property: Property, ofImage: boolean, threw: Threw): Property {
  const through = (look: Look): Look => (ofImage ? (cell) => value(cells[cell]!, look(cells[cell]!)) : look)
  const watched = <Answer>(ask: () => Answer): Answer => {
    try {
      return ask()
    } catch (error) {
      threw.ofImage = ofImage
      throw error
    }
  }
  const ofState = ({ name, holds }: StatePredicate): StatePredicate => ({
    name,
    holds: (look) => watched(() => holds(through(look))),
  })
  const { witness } = property
  const twin = { ...property, ...(witness && { witness: mappedPredicate(witness, ofState) }) }
  if ('always' in twin) return { ...twin, always: mappedPredicate(twin.always, ofState) }
  if ('some' in twin) return { ...twin, some: mappedPredicate(twin.some, ofState) }
  if ('finished' in twin) return { ...twin, finished: mappedPredicate(twin.finished, ofState) }
  if (!('everyStep' in twin)) throw new Error(`'${property.id}' is of no states and no steps.`)
  const everyStep = twin.everyStep.map(({ name, holds }) => ({
    name,
    holds: (one: Look, other: Look) => watched(() => holds(through(one), through(other))),
  }))
  return { ...twin, everyStep }
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
  if (!('trace' in verdict) || verdict.trace === undefined) return verdict
  const last = 'everyStep' in property ? 2 : 1
  return { ...verdict, trace: runOf(symmetry, model, verdict.trace, last, ofImage) }
}

/** A predicate that threw of an image tells of that; a rule may have been looked at in either. */
function failureInFull(symmetry: Symmetry, model: Model, error: Failure, threw: Threw): Failure {
  const { trace } = error
  const ofPredicate = error.where.startsWith('predicate ')
  const saw = ofPredicate && threw.ofImage ? imageOfSaw(symmetry, model, error.saw) : error.saw
  if (trace === undefined) return { ...error, saw }
  const end = trace.states.at(-1)!
  const isIn = (state: State): boolean =>
    Object.entries(saw).every(([name, value]) => {
      const cell = model.cells.indexOf(name)
      return cell < 0 || canonical(state[cell]!) === canonical(value)
    })
  const ofImage = ofPredicate ? threw.ofImage : !isIn(end) && isIn(imageOf(symmetry, end))
  return { ...error, saw, trace: runOf(symmetry, model, trace, 1, ofImage) }
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
  for (const [i, wanted] of given.states.slice(1, last + 1).entries()) {
    const stand = orbit(symmetry, wanted)
    const isWanted = ({ state }: Step): boolean => orbit(symmetry, state) === stand
    states.push(stepOf(model, states.at(-1)!, given.steps[i]!.text, isWanted).state)
  }
  const isOther = canonical(states.at(-1)!) !== canonical(given.states[last]!)
  const run = [...(isOther ? states.map((state) => imageOf(symmetry, state)) : states), ...given.states.slice(last + 1)]
  const meant = ofImage ? run.map((state) => imageOf(symmetry, state)) : run
  const steps = meant.slice(1).map((state, i) => {
    const text = canonical(state)
    return stepOf(model, meant[i]!, given.steps[i]!.text, (step) => canonical(step.state) === text).label
  })
  return { ...given, states: meant, steps }
}

/** Equal of a state and its image. */
function orbit(symmetry: Symmetry, state: State): string {
  const [own, image] = [canonical(state), canonical(imageOf(symmetry, state))]
  return own < image ? own : image
}
