import { failedResults, type Job } from '../analysis/job.ts'
import { jobsFor } from '../analysis/jobs.ts'
import type { Done, Planned } from '../analysis/plan/plan.ts'
import type { InFolder } from '../analysis/resumable.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import { fitTask } from '../analysis/tasks/fit.ts'
import { resumableTask } from '../analysis/tasks/resumable.ts'
import type { Outcome } from '../analysis/threads/task.ts'
import { NotAsked } from '../analysis/threads/trouble.ts'
import type { Progress } from '../checker/limits.ts'
import { engine, sourcesOf } from './kept.ts'
import { type LimitFlags, limitsFrom } from './options.ts'
import { nameOfJob, runPart, runTask, runTasks } from './threads.ts'
import { givenBy, type TimeFlags } from './timing.ts'

/** What says which searches are meant. */
export interface SearchFlags extends LimitFlags, TimeFlags {
  readonly scenario?: readonly string[]
  readonly property?: readonly string[]
  readonly large?: boolean
  readonly reduce?: readonly string[]
}

/** The searches that names and flags ask for. @throws InputError where they cannot be asked so */
export async function searchesFor(names: readonly string[], flags: SearchFlags): Promise<Job[]> {
  const limits = limitsFrom(flags)
  const jobs = jobsFor(await runTask(describeTask, names), {
    limits,
    ...givenBy(flags),
    large: flags.large === true,
    ...(flags.reduce === undefined ? {} : { reduce: flags.reduce }),
    ...(flags.scenario === undefined ? {} : { scenarios: flags.scenario }),
    ...(flags.property === undefined ? {} : { properties: flags.property }),
  })
  // What is not named is left open instead (incomplete), and says why.
  if (flags.property !== undefined) await refuseUnfit(jobs)
  return jobs
}

/** @throws InputError where a property of one of them cannot be asked with its reductions, as far as that is seen before a search */
export async function refuseUnfit(jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) if (job.reduce !== undefined) await runTask(fitTask, job, nameOfJob(job))
}

/** Makes one search, as a part of something larger; where a folder is given, with whoever else is at it there. */
export async function searchOne(
  planned: Planned,
  place: InFolder | null,
  onProgress: (name: string, progress: Progress) => void,
  until: AbortSignal,
): Promise<Done> {
  const { job } = planned
  const name = nameOfJob(job)
  const telling = { until, onProgress: (_: unknown, progress: Progress) => onProgress(name, progress) }
  const [outcome] =
    place === null
      ? await runPart(checkTask, [job], 1, () => name, telling)
      : await runPart(resumableTask, [{ job, place }], 1, () => name, telling)
  // Where it is kept, or what it is of: whoever asked can mend it.
  if (place !== null && outcome?.kind === 'failed') throw outcome.error
  return doneOf(planned, await sourcesOf(job.file ?? job.protocol), outcome!)
}

const doneOf = (planned: Planned, sources: Done['sources'], outcome: Outcome<Done['results']>): Done => ({
  ...planned,
  engine: engine(),
  sources,
  results: outcome.kind === 'done' ? outcome.found : failedResults(planned.job, outcome.error),
})

/** What came of some searches, in their order, and how many of them an earlier run had made. */
export interface Searched {
  readonly searches: readonly Done[]
  readonly kept: number
}

/**
 * Makes searches; one that breaks off says so in its results.
 *
 * @param onDone told of each that was made, as soon as it is, in any order
 */
export async function searchAll(
  planned: readonly Planned[],
  workers: number,
  onDone: (done: Done) => void = () => {},
): Promise<Searched> {
  const byJob = new Map(planned.map((one) => [one.job, one]))
  const sources = new Map<Job, Done['sources']>()
  for (const { job } of planned) sources.set(job, await sourcesOf(job.file ?? job.protocol))
  const made = (job: Job, outcome: Outcome<Done['results']>) => doneOf(byJob.get(job)!, sources.get(job)!, outcome)
  const jobs = planned.map(({ job }) => job)
  const outcomes = await runTasks(checkTask, jobs, workers, nameOfJob, (job, outcome) => {
    if (outcome.kind !== 'failed' || !(outcome.error instanceof NotAsked)) onDone(made(job, outcome))
  })
  return {
    searches: outcomes.map((outcome, i) => made(jobs[i]!, outcome)),
    kept: outcomes.filter((outcome) => outcome.kind === 'done' && outcome.kept === true).length,
  }
}
