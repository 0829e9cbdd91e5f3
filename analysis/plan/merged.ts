import { errors } from '../errors.ts'
import type { Result } from '../job.ts'
import type { Done } from './plan.ts'

/** What came of a plan, whoever made which part of it, and how often. */
export interface Merged {
  /** In the order of reports, each search once. */
  readonly done: readonly Done[]
  /** Of the plan, those of which nothing came. */
  readonly missing: readonly number[]
}

/** @throws InputError where they are of several plans, or made by several programs, or two of one search do not agree */
export function merged(all: readonly Done[]): Merged {
  const [first] = all
  if (first === undefined) throw errors.nothingToMerge()
  const byIndex = new Map<number, Done>()
  for (const done of all) {
    if (done.plan !== first.plan || done.of !== first.of) throw errors.severalPlans(first.plan, done.plan)
    if (done.engine !== first.engine) throw errors.severalEngines(first.engine, done.engine)
    const before = byIndex.get(done.index)
    // Each may be made twice: then it says the same twice.
    if (before !== undefined && apart(before.results) !== apart(done.results)) throw errors.doNotAgree(nameOf(done))
    byIndex.set(done.index, before ?? done)
  }
  const indices = Array.from({ length: first.of }, (_, index) => index)
  return {
    done: indices.flatMap((index) => byIndex.get(index) ?? []),
    missing: indices.filter((index) => !byIndex.has(index)),
  }
}

const nameOf = ({ job: { protocol, variant, scenario } }: Done): string => `${protocol}/${variant} · ${scenario}`

/** But for how long it took. */
const apart = (results: readonly Result[]): string => JSON.stringify(results.map(({ seconds: _, ...rest }) => rest))
