import type { Look } from '../../checker/model.ts'
import type { Formula, Predicate, Property, StatePredicate, StepPredicate } from '../../checker/property.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import type { QuietLook } from '../../spec/internet/view.ts'

/** A property that is asked of a model without dead packets, and is watched meanwhile. */
export interface Watched {
  readonly property: Property
  /** Why what it says of that model is not what it says of the whole one; null as long as nothing is known that speaks against it. */
  unfit(): string | null
  /** Whether it asks if all is quiet: then a run to where that is so ends only when the last dead packet is lost. */
  asksQuiet(): boolean
}

/** What a predicate finds: a violation where it is false, or a sighting where it is true. */
type Finds = 'where false' | 'where true'

const LOOKS = 'it looks at what is in flight, and packets that nobody will take are missing there'
const FAULTS = 'it looks at how many faults are left, and packets that nobody will take are never lost by one'
const NOISY = 'it asks that something be in flight, and packets that nobody will take are missing there'
const COUNTS = 'it counts steps, and those in which packets that nobody will take are lost are missing'
const RESTS =
  'it objects to a step that changes nothing, and those in which packets that nobody will take are lost are missing'

/**
 * A property may not look at what vanishes, but for whether all is quiet, where that cannot hide anything: what is found while packets are in flight has to be found as well when
 * the dead ones among them are gone (docs/decisions/0016). Whatever it looks at otherwise is as in the whole model.
 */
export function watched({ layout, view }: Internet, property: Property): Watched {
  const flights = layout.topology.networks.map((network) => layout.flightCell(network))
  let because: string | null = null
  let quiet = false
  const object = (why: string): void => {
    because ??= why
  }
  const watching = (look: Look, isQuiet: () => boolean): QuietLook =>
    Object.assign(
      (cell: number) => {
        if (flights.includes(cell)) object(LOOKS)
        if (cell === layout.faults) object(FAULTS)
        return look(cell)
      },
      { isQuiet },
    )
  const never = (): boolean => {
    object(LOOKS)
    return true
  }

  const ofState =
    (finds: Finds) =>
    ({ name, holds }: StatePredicate): StatePredicate => ({
      name,
      holds: (look) => {
        let wasQuiet = false
        const said = holds(
          watching(look, () => {
            quiet = true
            wasQuiet = view(look).isQuiet()
            return wasQuiet
          }),
        )
        const found = (answer: true | string): boolean => (answer === true) === (finds === 'where true')
        // Where all is quiet now, dead packets may be in flight in the whole model.
        if (wasQuiet && !found(said) && found(holds(watching(look, () => false)))) object(NOISY)
        return said
      },
    })
  const whereDead = ({ name, holds }: StatePredicate): StatePredicate => ({
    name,
    holds: (look) => holds(watching(look, () => view(look).isQuiet())),
  })
  const ofRun = ({ name, holds }: StatePredicate): StatePredicate => ({
    name,
    holds: (look) => holds(watching(look, never)),
  })
  const ofStep = ({ name, holds }: StepPredicate): StepPredicate => ({
    name,
    holds: (before, after) => {
      if (!letsRest(holds, watching(after, never))) object(RESTS)
      return holds(watching(before, never), watching(after, never))
    },
  })

  const claim = (): Property => {
    switch (property.kind) {
      case 'reachable':
        return { ...property, some: mapped(property.some, ofState('where true')) }
      case 'deadlock':
        // Nothing is in flight where nothing can happen.
        return { ...property, finished: mapped(property.finished, whereDead) }
      case 'liveness':
        if (looksAhead(property.formula)) object(COUNTS)
        if (starves(layout)) object(STARVES)
        return { ...property, formula: mappedFormula(property.formula, ofRun) }
      case 'safety':
        if ('always' in property) return { ...property, always: mapped(property.always, ofState('where false')) }
        if ('everyStep' in property) return { ...property, everyStep: property.everyStep.map(ofStep) }
        return property
    }
  }
  const asked = claim()
  return {
    property: asked.witness === undefined ? asked : { ...asked, witness: mapped(asked.witness, ofState('where true')) },
    unfit: () => because,
    asksQuiet: () => quiet,
  }
}

const STARVES =
  'a timer that may fire at any moment, or a user, may send to nobody again and again, and hold patient timers back by that: where nobody will take such packets any more, they hold back nothing'

/**
 * Somebody may send without waiting until nothing is in flight, and without end. In the whole model there is then a fair run in which a dead packet is always in flight, and no
 * patient timer ever fires.
 */
function starves({ scenario, topology }: Internet['layout']): boolean {
  const impatient = (timer: string): boolean => ['eager', 'at will'].includes(scenario.timers[timer] ?? 'patient')
  return topology.nodes.some(
    ({ role }) =>
      Object.keys(role.timers ?? {}).some(impatient) || (scenario.users !== undefined && role.actions !== undefined),
  )
}

function letsRest(holds: StepPredicate['holds'], look: Look): boolean {
  try {
    return holds(look, look) === true
  } catch {
    return false
  }
}

function mapped(predicate: Predicate, leaf: (one: StatePredicate) => StatePredicate): Predicate {
  const { name } = predicate
  if ('all' in predicate) return { name, all: predicate.all.map((part) => mapped(part, leaf)) }
  if ('any' in predicate) return { name, any: predicate.any.map((part) => mapped(part, leaf)) }
  return leaf(predicate)
}

function mappedFormula(formula: Formula, leaf: (one: StatePredicate) => StatePredicate): Formula {
  switch (formula.op) {
    case 'is':
      return { op: 'is', predicate: mapped(formula.predicate, leaf) }
    case 'constant':
      return formula
    case 'not':
    case 'next':
    case 'always':
    case 'eventually':
      return { op: formula.op, of: mappedFormula(formula.of, leaf) }
    default:
      return { op: formula.op, left: mappedFormula(formula.left, leaf), right: mappedFormula(formula.right, leaf) }
  }
}

/** Whether it says something of the next step: all else is the same for runs that rest now and then. */
function looksAhead(formula: Formula): boolean {
  if (formula.op === 'next') return true
  if ('of' in formula) return looksAhead(formula.of)
  return 'left' in formula && (looksAhead(formula.left) || looksAhead(formula.right))
}
