import type { Look } from '../../checker/model.ts'
import {
  type Formula,
  operatorsOf,
  type Predicate,
  type Property,
  type StatePredicate,
  type StepPredicate,
} from '../../checker/property.ts'
import { networkOf } from '../../spec/internet/address.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import { spentAndDead } from '../../spec/internet/dead-packets.ts'
import type { PartialLook, View } from '../../spec/internet/view.ts'
import { mappedPredicate } from './mapped.ts'

/** Why what a property says of a model without dead packets need not be so of the whole one; null as long as nothing speaks against it. */
export interface Doubts {
  /** It may say anything: it is not to be asked. */
  readonly misled: string | null
  /** What it finds is there; but it may miss something. */
  readonly hidden: string | null
  /** The same of its witness alone. */
  readonly witnessHidden: string | null
}

/** A property that is asked of a model without dead packets, and is watched meanwhile. */
export interface Watched {
  readonly property: Property
  doubts(): Doubts
  /** Whether it asks if all is quiet: then a run to where that is so ends only when the last dead packet is lost. */
  asksQuiet(): boolean
}

/** What a predicate finds: a violation where it is false, or a sighting where it is true. */
type Finds = 'where false' | 'where true'

type Doubt = (because: string) => void

const LOOKS = 'it looks at what is in flight, and there packets that nobody will take are missing'
const FAULTS = 'it looks at how many faults are left, and there packets that nobody will take cost none'
const NOISY = 'it asks that something be in flight, and there packets that nobody will take are missing'
const COUNTS = 'it counts steps, and there those in which packets that nobody will take are lost are missing'
const RESTS =
  'it objects to a step that changes nothing, and there those in which packets that nobody will take are lost are missing'
const STARVES =
  'somebody may send at any moment (a timer that is eager or at will, a user), to nobody as well, again and again, and patient timers then wait for ever; there they do not wait for packets that nobody will take'

/**
 * A property may not look at what vanishes, but for whether all is quiet and whether a packet ran out of hops, where that cannot hide anything: what is found while dead packets are
 * in flight has to be found as well when they are gone (docs/decisions/0016). All else that it looks at is as in the whole model.
 */
export function watched({ layout, view }: Internet, property: Property): Watched {
  const flights = layout.topology.networks.map((network) => layout.flightCell(network))
  const doubts: { -readonly [kind in keyof Doubts]: Doubts[kind] } = { misled: null, hidden: null, witnessHidden: null }
  const into =
    (kind: keyof Doubts): Doubt =>
    (because) => {
      doubts[kind] ??= because
    }
  let quiet = false
  /** A look that is watched; questions that it does not answer are looks at flights. */
  const watching = (look: Look, doubt: Doubt, answers: Partial<PartialLook>, looked = (): void => {}): PartialLook =>
    Object.assign((cell: number) => {
      looked()
      if (flights.includes(cell)) doubt(LOOKS)
      if (cell === layout.faults) doubt(FAULTS)
      return look(cell)
    }, answers)
  const ofState =
    (finds: Finds, doubt: Doubt, alone: boolean) =>
    ({ name, holds }: StatePredicate): StatePredicate => ({
      name,
      holds: (look) => {
        let [wasQuiet, looks, saysSpent] = [false, false, false]
        const ask = (isQuiet: () => boolean) => {
          const spentTo: View['spentTo'] = (network) => {
            const dead = spentAndDead(layout, look)
            if (dead === null || networkOf(dead.destination) !== network) {
              // Only the first is remembered.
              if (dead !== null) doubt(LOOKS)
              return view(look).spentTo(network)
            }
            saysSpent = true
            return dead
          }
          return holds(
            watching(look, doubt, { isQuiet, spentTo }, () => {
              looks = true
            }),
          )
        }
        const said = ask(() => {
          quiet = true
          looks = true
          wasQuiet = view(look).isQuiet()
          return wasQuiet
        })
        // It vanished some time before: what else is so need not have been so then.
        if (saysSpent && (looks || !alone)) into('misled')(LOOKS)
        const found = (answer: true | string): boolean => (answer === true) === (finds === 'where true')
        // Where all is quiet now, dead packets may be in flight in the whole model.
        if (wasQuiet && !found(said) && found(ask(() => false))) doubt(NOISY)
        return said
      },
    })
  /** Of runs and steps: what is in flight is not to be looked at. */
  const blind = (look: Look): PartialLook => watching(look, into('misled'), {})
  const ofRun = ({ name, holds }: StatePredicate): StatePredicate => ({ name, holds: (look) => holds(blind(look)) })
  const ofStep = ({ name, holds }: StepPredicate): StepPredicate => ({
    name,
    holds: (before, after) => {
      if (!letsRest(holds, blind(after))) into('hidden')(RESTS)
      return holds(blind(before), blind(after))
    },
  })
  const ofStates = (predicate: Predicate, finds: Finds, doubt: Doubt): Predicate =>
    mappedPredicate(predicate, ofState(finds, doubt, eachAlone(predicate, finds)))
  const claimed = (): Property => {
    const hidden = into('hidden')
    switch (property.kind) {
      case 'reachable':
        return { ...property, some: ofStates(property.some, 'where true', hidden) }
      case 'deadlock': {
        // Nothing is in flight there, in either model.
        const leaf = ofState('where false', () => {}, false)
        return { ...property, finished: mappedPredicate(property.finished, leaf) }
      }
      case 'liveness':
        // All else than the next step is the same for runs that rest now and then.
        if (operatorsOf(property.formula).includes('next')) into('misled')(COUNTS)
        if (starves(layout)) hidden(STARVES)
        return { ...property, formula: mappedFormula(property.formula, ofRun) }
      case 'safety':
        if ('always' in property) return { ...property, always: ofStates(property.always, 'where false', hidden) }
        if ('everyStep' in property) return { ...property, everyStep: property.everyStep.map(ofStep) }
        return property
    }
  }
  const claim = claimed()
  const witness = property.witness && ofStates(property.witness, 'where true', into('witnessHidden'))
  return {
    property: witness === undefined ? claim : { ...claim, witness },
    doubts: () => doubts,
    asksQuiet: () => quiet,
  }
}

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

/** Whether each part finds something by itself, whatever the others say. */
function eachAlone(predicate: Predicate, finds: Finds): boolean {
  if ('holds' in predicate) return true
  const parts = finds === 'where true' ? 'any' in predicate && predicate.any : 'all' in predicate && predicate.all
  return parts !== false && parts.every((part) => eachAlone(part, finds))
}

function mappedFormula(formula: Formula, leaf: (one: StatePredicate) => StatePredicate): Formula {
  if (formula.op === 'is') return { op: 'is', predicate: mappedPredicate(formula.predicate, leaf) }
  if ('of' in formula) return { op: formula.op, of: mappedFormula(formula.of, leaf) }
  if (!('left' in formula)) return formula
  return { op: formula.op, left: mappedFormula(formula.left, leaf), right: mappedFormula(formula.right, leaf) }
}
