import { errors } from '../errors.ts'
import { isFinal, type Result } from '../job.ts'
import type { Done } from './plan.ts'

/** What came of a plan, whoever made which part of it, and how often. */
export interface Merged {
  /** In the order of reports, each search once. */
  readonly done: readonly Done[]
  /** Of the plan, those of which nothing came. */
  readonly missing: readonly number[]
}

/** @throws InputError where they are of several plans, or made of several programs or protocols, or two of one search do not agree */
export function merged(all: readonly Done[]): Merged {
  const [first] = all
  if (first === undefined) throw errors.nothingToMerge()
  const byIndex = new Map<number, Done>()
  const sources = new Map<string, string>()
  for (const done of all) {
    if (done.plan !== first.plan || done.of !== first.of) throw errors.severalPlans(first.plan, done.plan)
    if (done.engine !== first.engine) throw errors.severalEngines(first.engine, done.engine)
    const about = done.job.file ?? done.job.protocol
    const madeOf = String(done.sources)
    if ((sources.get(about) ?? madeOf) !== madeOf) throw errors.severalSources(about)
    sources.set(about, madeOf)
    byIndex.set(done.index, better(byIndex.get(done.index), done))
  }
  const indices = Array.from({ length: first.of }, (_, index) => index)
  return {
    done: indices.flatMap((index) => byIndex.get(index) ?? []),
    missing: indices.filter((index) => !byIndex.has(index)),
  }
}

/** Each may be made twice: what a clock, a signal or a machine has ended gives way, and what is final says the same twice. */
function better(one: Done | undefined, other: Done): Done {
  if (one === undefined || !isFinal(one.results)) return other
  if (isFinal(other.results) && apart(one.results) !== apart(other.results)) throw errors.doNotAgree(nameOf(one))
  return one
}

const nameOf = ({ job: { protocol, variant, scenario } }: Done): string => `${protocol}/${variant} · ${scenario}`

/** But for how long it took. */
const apart = (results: readonly Result[]): string => JSON.stringify(results.map(({ seconds: _, ...rest }) => rest))
