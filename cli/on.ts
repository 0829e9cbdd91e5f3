import { randomUUID } from 'node:crypto'
import { farmOn } from '../analysis/farm/bullmq.ts'
import type { Farm, News, Order } from '../analysis/farm/farm.ts'
import { serverAt } from '../analysis/farm/server.ts'
import { failedResults } from '../analysis/job.ts'
import type { Done, Planned } from '../analysis/plan/plan.ts'
import { type InFolder, shareFolder } from '../analysis/resumable.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { engine, fromBefore, sourcesOf } from './kept.ts'
import { sayHowToGoOn } from './resumable.ts'
import type { Searched } from './searches.ts'
import { interrupted, interruptible, standsAt } from './threads.ts'

const LOOK_EVERY_MS = 200

/**
 * Has searches made by the workers of a farm; what was found earlier here is not asked again, and what they find is kept here.
 *
 * @throws InputError where there is no such server
 */
export async function searchAllOn(url: string, planned: readonly Planned[]): Promise<Searched> {
  const jobs = planned.map(({ job }) => job)
  const before = await fromBefore(checkTask, jobs)
  const known = new Map<number, Done>()
  const orders: Order[] = []
  for (const one of planned) {
    const found = before.outcomes.get(one.job)?.found
    if (found !== undefined) known.set(one.index, { ...one, engine: engine(), results: found })
    else orders.push({ planned: one, sources: await sourcesOf(one.job.file ?? one.job.protocol) })
  }
  const byIndex = new Map(planned.map((one) => [one.index, one.job]))
  const keeping: Promise<void>[] = []
  const made = await carriedOut(url, orders, planned.length, ({ index, results }) => {
    keeping.push(before.keep(byIndex.get(index)!, { kind: 'done', found: [...results] }))
  })
  await Promise.all(keeping)
  return {
    searches: planned.map((one) => known.get(one.index) ?? made.get(one.index) ?? failed(one, NOT_MADE)),
    kept: known.size,
  }
}

/** Where nobody says into how many parts a search is cut. */
const TOGETHER = 4

/**
 * Has one search made by several workers of a farm together, in a folder that all of them have.
 *
 * @throws InputError where there is no such server, or the folder is not for that
 */
export async function searchTogetherOn(url: string, planned: Planned, place: InFolder): Promise<Searched> {
  shareFolder(place)
  const sources = await sourcesOf(planned.job.file ?? planned.job.protocol)
  const asked = randomUUID()
  const orders = Array.from(
    { length: place.partitions ?? TOGETHER },
    (_, part): Order => ({
      planned,
      sources,
      together: { place: { ...place, resume: 'if there' }, id: `${asked}-${part}` },
    }),
  )
  const made = await carriedOut(url, orders, 1)
  const done = made.get(planned.index) ?? failed(planned, NOT_MADE)
  sayHowToGoOn(done.results, place)
  return { searches: [done], kept: 0 }
}

/** What came of orders, by the number of the search; of several of one search, an answer that is final before another one. */
async function carriedOut(
  url: string,
  orders: readonly Order[],
  of: number,
  onDone: (done: Done) => void = () => {},
): Promise<ReadonlyMap<number, Done>> {
  const made = new Map<number, Done>()
  if (orders.length === 0) return made
  const known = of - new Set(orders.map(({ planned: { index } }) => index)).size
  const tell = (more: string): void => standsAt(`${known + made.size}/${of}${more}`)
  const farm = await farmOn(serverAt(url), engine())
  const until = new AbortController()
  await interruptible(async () => {
    await withoutWorkers(farm)
    const looking = setInterval(() => interrupted() && until.abort(), LOOK_EVERY_MS)
    const news: News = {
      onDone: (one) => {
        if (!made.has(one.index) || checkTask.keeping!.isFinal([...one.results])) made.set(one.index, one)
        onDone(one)
        tell('')
      },
      onFailed: ({ planned: one }, why) => {
        if (!made.has(one.index)) made.set(one.index, failed(one, why))
      },
      onProgress: (told) => tell(` ${told}`),
    }
    try {
      await farm.carriedOut(orders, news, until.signal)
      if (interrupted()) await farm.withdraw(orders.filter(({ planned: { index } }) => !made.has(index)))
    } finally {
      clearInterval(looking)
    }
  }).finally(() => farm.close())
  return made
}

const NOT_MADE = 'it was not searched: the run was interrupted before a worker had made it.'

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
