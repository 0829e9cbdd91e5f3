import { type CheckOptions, check } from '../../checker/check.ts'
import { NotSymmetric } from '../../checker/errors.ts'
import type { Model, Symmetry } from '../../checker/model.ts'
import type { Property } from '../../checker/property.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import { withoutDeadPackets } from '../../spec/internet/dead-packets.ts'
import { symmetryOf } from '../../spec/internet/symmetry.ts'
import { errors } from '../errors.ts'
import { type Watched, watched } from './fit.ts'
import { fullRun } from './full-run.ts'
import type { Reduction } from './reductions.ts'
import { searchUpTo } from './symmetry.ts'

/** What searches a model, perhaps by fewer steps. */
type Search = (
  model: Model,
  properties: readonly Property[],
  how?: Pick<CheckOptions, 'sleep' | 'least' | 'mirror'>,
) => Verdict[]

/** That a property cannot be asked of a reduced model, and why. */
export interface Unfit {
  readonly unfit: string
}

/** So many states are looked at before a search to see what properties look at. What shows only later is noticed then. */
const REHEARSED = 200

/**
 * Searches fewer states, or takes fewer steps; runs are of the whole model all the same, step by step.
 *
 * @param search what searches: it is asked what may be asked
 * @throws InputError where the model has time
 */
export function searchReduced(
  reductions: readonly Reduction[],
  internet: Internet,
  properties: readonly Property[],
  search: Search,
): (Verdict | Unfit)[] {
  if (internet.model.time !== undefined) throw errors.reducedTimed()
  const symmetry = reductions.includes('symmetry') ? symmetryOf(internet.layout) : null
  const alone = reductions.includes('symmetry') && symmetry === null ? NOBODY_ALIKE : null
  const unfit = properties.map((property) => alone ?? unfitForAll(reductions, property))
  const fit = properties.filter((_, i) => unfit[i] === null)
  const found = fit.length === 0 ? [] : searchFit(reductions, internet, symmetry, fit, search)
  return properties.map((property, i) => found[fit.indexOf(property)] ?? { unfit: unfit[i]! })
}

const NOBODY_ALIKE = 'no two hosts are found that move alike, so that none can stand for the other'

/** The same of those that nothing speaks against before it. */
function searchFit(
  ...[reductions, internet, symmetry, properties, search]: [
    readonly Reduction[],
    Internet,
    Symmetry | null,
    readonly Property[],
    Search,
  ]
): (Verdict | Unfit)[] {
  const sleeping: Search = (model, asked) => search(model, asked, { sleep: true })
  // A least run would be one of those that stand for others: a shortest one is told.
  const symmetric: Search = (model, asked) =>
    searchUpTo(symmetry!, model, asked, (given, all, mirror) => search(given, all, { least: false, mirror }))
  const by = symmetry !== null ? symmetric : reductions.includes('sleep-sets') ? sleeping : search
  try {
    return reductions.includes('dead-packets')
      ? searchWithoutDeadPackets(internet, properties, by)
      : by(internet.model, properties)
  } catch (error) {
    if (!(error instanceof NotSymmetric)) throw error
    return properties.map(() => ({ unfit: `the two hosts are not alike: ${error.message}` }))
  }
}

/** Why each of these is not to be asked with a reduction, as far as that is seen before a search; null for those that are. */
export const notToBeAsked = (
  reductions: readonly Reduction[],
  internet: Internet,
  properties: readonly Property[],
): (string | null)[] => {
  const misled = reductions.includes('dead-packets')
    ? rehearsed(internet, properties).all.map(({ doubts }) => doubts().misled)
    : []
  return properties.map((property, i) => unfitForAll(reductions, property) ?? misled[i] ?? null)
}

/** Why a property is not to be asked, whatever it looks at. */
function unfitForAll(reductions: readonly Reduction[], { kind }: Property): string | null {
  if (kind !== 'liveness') return null
  if (reductions.includes('sleep-sets'))
    return 'it is of whole runs, and with sleep-sets those in which steps that commute come in another order are missing'
  return reductions.includes('symmetry')
    ? 'it is of whole runs, and with symmetry these go on in states for which others stand'
    : null
}

function searchWithoutDeadPackets(
  internet: Internet,
  properties: readonly Property[],
  search: Search,
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
