import { farmOn } from '../analysis/farm/bullmq.ts'
import type { Farm, Order } from '../analysis/farm/farm.ts'
import { serverAt } from '../analysis/farm/server.ts'
import { failedResults } from '../analysis/job.ts'
import type { Done, Planned } from '../analysis/plan/plan.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { engine, fromBefore, sourcesOf } from './kept.ts'
import type { Searched } from './searches.ts'
import { interrupted, interruptible, standsAt } from './threads.ts'

const LOOK_EVERY_MS = 200

/**
 * Has searches made by the workers of a farm; what was found earlier here is not asked again, and what they find is kept here.
 *
 * @throws InputError where there is no such server
 */
export async function searchAllOn(url: string, planned: readonly Planned[]): Promise<Searched> {
  const farm = await farmOn(serverAt(url), engine())
  try {
    return await interruptible(() => searched(farm, planned))
  } finally {
    await farm.close()
  }
}

async function searched(farm: Farm, planned: readonly Planned[]): Promise<Searched> {
  const before = await fromBefore(
    checkTask,
    planned.map(({ job }) => job),
  )
  const orders: Order[] = []
  const done = new Map<number, Done>()
  const byIndex = new Map(planned.map((one) => [one.index, one]))
  for (const one of planned) {
    const known = before.outcomes.get(one.job)
    if (known !== undefined) done.set(one.index, { ...one, engine: engine(), results: known.found })
    else orders.push({ planned: one, sources: await sourcesOf(one.job.file ?? one.job.protocol) })
  }
  const kept = done.size
  const tell = (more: string): void => standsAt(`${done.size}/${planned.length}${more}`)
  if (orders.length === 0) return { searches: planned.map(({ index }) => done.get(index)!), kept }
  await withoutWorkers(farm)
  const until = new AbortController()
  const looking = setInterval(() => interrupted() && until.abort(), LOOK_EVERY_MS)
  const keeping: Promise<void>[] = []
  try {
    await farm.carriedOut(
      orders,
      {
        onDone: (one) => {
          done.set(one.index, one)
          keeping.push(before.keep(byIndex.get(one.index)!.job, { kind: 'done', found: [...one.results] }))
          tell('')
        },
        onFailed: ({ planned: one }, why) => done.set(one.index, failed(one, why)),
        onProgress: (told) => tell(` ${told}`),
      },
      until.signal,
    )
    if (interrupted()) await farm.withdraw(orders.filter(({ planned: { index } }) => !done.has(index)))
  } finally {
    clearInterval(looking)
  }
  await Promise.all(keeping)
  return {
    searches: planned.map((one) => done.get(one.index) ?? failed(one, NOT_MADE)),
    kept,
  }
}

const NOT_MADE = 'it was not searched: the run was interrupted before a worker had taken it.'

const failed = (planned: Planned, why: string): Done => ({
  ...planned,
  engine: engine(),
  results: failedResults(planned.job, new Error(why)),
})

async function withoutWorkers(farm: Farm): Promise<void> {
  if ((await farm.workers()) > 0) return
  process.stderr.write(
    "No worker of this version is there yet: 'doublejump worker <url>', on this machine or others, is one. Waiting.\n",
  )
}
