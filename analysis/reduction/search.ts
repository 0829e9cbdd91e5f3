import { check } from '../../checker/check.ts'
import type { Model } from '../../checker/model.ts'
import type { Property } from '../../checker/property.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import { withoutDeadPackets } from '../../spec/internet/dead-packets.ts'
import { errors } from '../errors.ts'
import { type Watched, watched } from './fit.ts'
import { fullRun } from './full-run.ts'

/** That a property cannot be asked of a reduced model, and why. */
export interface Unfit {
  readonly unfit: string
}

/** So many states are looked at before a search to see what properties look at. What shows only later is noticed then. */
const REHEARSED = 200

/**
 * Searches without dead packets; runs are of the whole model all the same, step by step.
 *
 * @param search what searches: it is asked what may be asked, of the model with fewer states
 * @throws InputError where the model has time
 */
export function searchReduced(
  internet: Internet,
  properties: readonly Property[],
  search: (model: Model, properties: readonly Property[]) => Verdict[],
): (Verdict | Unfit)[] {
  const { model, all } = rehearsed(internet, properties)
  const fit = all.filter(({ doubts }) => doubts().misled === null)
  const verdicts =
    fit.length === 0
      ? []
      : search(
          model,
          fit.map(({ property }) => property),
        )
  return all.map((one) => {
    const verdict = verdicts[fit.indexOf(one)]
    const unfit = unfitness(one, verdict)
    return unfit === null ? withFullRun(internet, one, verdict!) : { unfit }
  })
}

/** Why each of these is not to be asked of a reduced model, as far as that is seen before a search; null for those that are. */
export const notToBeAsked = (internet: Internet, properties: readonly Property[]): (string | null)[] =>
  rehearsed(internet, properties).all.map(({ doubts }) => doubts().misled)

/** Why a verdict does not stand; null where it does. */
function unfitness({ property, doubts }: Watched, verdict: Verdict | undefined): string | null {
  const { misled, hidden, witnessHidden } = doubts()
  if (misled !== null) return misled
  switch (verdict!.kind) {
    case 'vacuous':
      return hidden ?? witnessHidden
    case 'holds':
      return property.kind === 'reachable' ? null : hidden
    case 'violated':
      return property.kind === 'reachable' ? hidden : null
    default:
      return null
  }
}

function rehearsed(internet: Internet, properties: readonly Property[]) {
  if (internet.model.time !== undefined) throw errors.reducedTimed()
  const model = withoutDeadPackets(internet.layout, internet.model)
  const all = properties.map((property) => watched(internet, property))
  check(
    model,
    all.map(({ property }) => property),
    { limits: { states: REHEARSED } },
  )
  return { model, all }
}

function withFullRun(internet: Internet, { property, asksQuiet }: Watched, verdict: Verdict): Verdict {
  const whole = (trace: Trace): Trace => fullRun(internet, trace, asksQuiet() || property.kind === 'deadlock')
  if (verdict.kind === 'failed') {
    const { error } = verdict
    return error.trace === undefined ? verdict : { ...verdict, error: { ...error, trace: whole(error.trace) } }
  }
  return 'trace' in verdict && verdict.trace !== undefined ? { ...verdict, trace: whole(verdict.trace) } : verdict
}
