import { errors } from '../errors.ts'
import type { Job } from '../job.ts'
import { propertyOf } from '../property.ts'
import { notToBeAsked } from '../reduction/search.ts'
import { narrowed, scenarioOf, single } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { worldOf } from '../world.ts'
import { theKnownTarget } from './targets.ts'

/** Throws where a property that is named cannot be asked with the reduction of a search. */
export const fitTask = taskOf(import.meta.url, 'fitTask', async (job: Job): Promise<null> => {
  const name = `${job.protocol}/${job.variant}`
  const variant = single(narrowed(await theKnownTarget(job.file ?? job.protocol), job.variant), name)
  const world = worldOf(variant, scenarioOf(variant, job.scenario))
  const named = (job.properties ?? []).map((id) => propertyOf(world, id))
  notToBeAsked(job.reduce!, world.internet, named).forEach((because, i) => {
    if (because !== null) throw errors.notFit(named[i]!.id, name, job.scenario, because)
  })
  return null
})
