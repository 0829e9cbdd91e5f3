import type { Job, Result } from '../job.ts'
import { digestOf } from '../kept/digest.ts'

/** One search of a plan. Plain data, so that it can be done anywhere that has the same program, and the file that it names. */
export interface Planned {
  /** The plan's digest: what belongs to another plan can be told. */
  readonly plan: string
  /** From 0, in the order of reports. */
  readonly index: number
  /** Searches of the plan. */
  readonly of: number
  readonly job: Job
}

/** A search of a plan that was made. */
export interface Done extends Planned {
  /** The digest of the program that made it. */
  readonly engine: string
  /** Digests of what else it follows from: the protocol's sources, or a file with all that it imports; null where that is not known. */
  readonly sources: readonly string[] | null
  readonly results: readonly Result[]
}

/** The searches of a command as a plan. The same command gives the same plan wherever it is asked. */
export function planOf(jobs: readonly Job[]): Planned[] {
  const plan = digestOf(jobs.map((job) => JSON.stringify(job))).slice(0, 16)
  return jobs.map((job, index) => ({ plan, index, of: jobs.length, job }))
}

/** The n-th of so many shares, both from 1. */
export interface Share {
  readonly nth: number
  readonly of: number
}

/** Neighbours are of one variant and take about as long: dealt out one by one, the shares come out alike. */
export const shareOf = <One extends Pick<Planned, 'index'>>(planned: readonly One[], { nth, of }: Share): One[] =>
  planned.filter(({ index }) => index % of === nth - 1)
