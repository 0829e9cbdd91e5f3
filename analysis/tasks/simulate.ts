import type { Control } from '../../checker/limits.ts'
import type { Story } from '../../counterexamples/index.ts'
import type { Job } from '../job.ts'
import { minimisedRun, type SimulateOptions, type Simulation, simulate } from '../simulate.ts'
import { scenarioOf } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface SimulateGiven {
  readonly job: Job
  readonly options: SimulateOptions
}

const targetOf = ({ file, protocol, variant }: Job) => theVariant(`${file ?? protocol}/${variant}`)

/** A share of the random runs of a variant in a scenario. */
export const simulateTask = taskOf(
  import.meta.url,
  'simulateTask',
  async ({ job, options }: SimulateGiven, control: Control): Promise<Simulation> => {
    const target = await targetOf(job)
    return simulate(target, scenarioOf(target, job.scenario), job.properties, options, control)
  },
)

export interface MinimiseGiven extends SimulateGiven {
  readonly property: string
  /** The numbers of the runs that show something of it. */
  readonly runs: readonly number[]
}

/** The least that comes of minimising some of those runs. */
export const minimiseTask = taskOf(
  import.meta.url,
  'minimiseTask',
  async ({ job, options, property, runs }: MinimiseGiven, control: Control): Promise<Story | null> => {
    const target = await targetOf(job)
    return minimisedRun(target, scenarioOf(target, job.scenario), property, runs, options, control)
  },
)
