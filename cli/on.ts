import { randomUUID } from 'node:crypto'
import { InputError } from '../analysis/errors.ts'
import { farmOn } from '../analysis/farm/bullmq.ts'
import type { Farm, News, Order } from '../analysis/farm/farm.ts'
import { serverAt } from '../analysis/farm/server.ts'
import { failedResults, interruptedResults, isFinal } from '../analysis/job.ts'
import type { Done, Planned } from '../analysis/plan/plan.ts'
import { type InFolder, shareFolder } from '../analysis/resumable.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { errors } from './errors.ts'
import { asksAnew, engine, fromBefore, sourcesOf } from './kept.ts'
import { sayHowToGoOn } from './resumable.ts'
import type { Searched } from './searches.ts'
import { interruptible, standsAt } from './threads.ts'

/**
 * Has searches made by the workers of a farm; what was found earlier here is not asked again, and what they find is kept here.
 *
 * @throws InputError where there is no such server
 */
export async function searchAllOn(url: string, planned: readonly Planned[]): Promise<Searched> {
  const jobs = planned.map(({ job }) => job)
  const before = await fromBefore(checkTask, jobs, () => false)
  const known = new Map<number, Done>()
  const orders: Order[] = []
  for (const one of planned) {
    const found = before.outcomes.get(one.job)?.found
    const sources = await sourcesFor(one)
    if (found === undefined) orders.push({ planned: one, sources })
    else known.set(one.index, { ...one, engine: engine(), sources, results: found })
  }
  const byIndex = new Map(planned.map((one) => [one.index, one.job]))
  const keeping: Promise<void>[] = []
  const made = await carriedOut(url, orders, planned.length, ({ index, results }) => {
    keeping.push(before.keep(byIndex.get(index)!, { kind: 'done', found: [...results] }))
  })
  await Promise.all(keeping)
  return {
    searches: planned.map((one) => known.get(one.index) ?? made.get(one.index) ?? notMade(one)),
    kept: known.size,
  }
}

/** @throws InputError where what a worker searches may be another thing */
async function sourcesFor({ job }: Planned): Promise<readonly string[]> {
  const sources = await sourcesOf(job.file ?? job.protocol)
  if (sources === null) throw errors.notTheSameElsewhere(job.file ?? job.protocol)
  return sources
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
  const sources = await sourcesFor(planned)
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
  const done = made.get(planned.index) ?? notMade(planned)
  const [failure] = done.results.filter(({ verdict }) => verdict === 'failed')
  if (!made.has(planned.index) && failure !== undefined) throw new InputError(failure.reason ?? '')
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
  const open = new Set(orders)
  const news: News = {
    isWanted: ({ results }) => !asksAnew() && isFinal(results),
    onTrouble: troubleTeller(),
    onDone: (order, one) => {
      open.delete(order)
      if (!made.has(one.index) || isFinal(one.results)) made.set(one.index, one)
      onDone(one)
      tell('')
    },
    onFailed: (order, why) => {
      open.delete(order)
      const { planned, sources } = order
      if (made.has(planned.index)) return
      made.set(planned.index, without(planned, sources, failedResults(planned.job, new Error(why))))
    },
    onProgress: (told) => tell(` ${told}`),
  }
  const farm = await farmOn(serverAt(url), engine())
  await interruptible(async (until) => {
    const soon = setTimeout(() => void withoutWorkers(farm, open), NO_WORKER_MS)
    await farm.carriedOut(orders, news, until).finally(() => clearTimeout(soon))
    if (until.aborted) await farm.withdraw([...open])
  }).finally(() => farm.close())
  return made
}

const without = (planned: Planned, sources: Done['sources'], results: Done['results']): Done => ({
  ...planned,
  engine: engine(),
  sources,
  results,
})

const notMade = (planned: Planned): Done =>
  without(
    planned,
    null,
    interruptedResults(planned.job, 'it was not searched: the run was interrupted before a worker had made it.'),
  )

/** What BullMQ says of a job that another has now. */
const LOST = /not in the active state|[Mm]issing lock|[Mm]issing key|could not renew lock/

/** Says what goes wrong with a server, once, however often it is tried. */
export function troubleTeller(): (why: string) => void {
  let told = ''
  return (why) => {
    if (why !== told)
      process.stderr.write(
        `${LOST.test(why) ? `What was searched here was given to another worker meanwhile: the server was away, or this machine too busy to be heard of (${why})` : `Trouble with the server (${why}); trying again`}.\n`,
      )
    told = why
  }
}

const NO_WORKER_MS = 1500

async function withoutWorkers(farm: Farm, open: ReadonlySet<Order>): Promise<void> {
  if ((await farm.workers()) !== 0 || open.size === 0) return
  process.stderr.write(
    "No worker of this version is there yet: 'doublejump worker <url>', on this machine or others, is one. Waiting.\n",
  )
}
