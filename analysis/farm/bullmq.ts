import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, Queue, QueueEvents, Worker } from 'bullmq'
import { errors, InputError } from '../errors.ts'
import { digestOf } from '../kept/digest.ts'
import type { Done } from '../plan/plan.ts'
import { connected, LEAVE_MS, left, messageOf, over, pause } from './connection.ts'
import type { CarryOut, Farm, News, Order, Serving } from './farm.ts'
import { packed, unpacked } from './packed.ts'
import { NAME, type Server } from './server.ts'

/** An answer is kept for whoever asks for it again. */
const KEPT = { age: 86_400 }
const TRIES = 3
/** A search that takes its workers along each time, as by the memory that it needs, is given up. */
const MOST_DEATHS = 5
const AT_ONCE = 500
/** Of a search that nobody waits for any more; whoever still does hands it in anew. */
const TAKEN_BACK = 'it was taken back'
/** What was not heard of, since the server was away, is looked after now and then. */
const LOOK_EVERY_MS = 2000
/** A search that is told to end looks now and then, and tells what it has found. */
const WORK_ENDS_MS = 60_000

/**
 * A farm on BullMQ, whose queues lie in Redis or in PostgreSQL. A job of it is a search, under a name that the plan, the program and the search give: to hand it in twice
 * is to hand it in once.
 *
 * @param engine the digest of the program
 * @throws InputError where there is no such server, or a package for it is missing
 */
export async function farmOn(server: Server, engine: string): Promise<Farm> {
  const classes = await classesFor(server)
  const name = `${NAME}-${engine.slice(0, 16)}`
  const queue = await connected(() => new classes.Queue(name, { connection: server.connection }), server)
  return new BullFarm(server, queue, {
    events: () => new classes.QueueEvents(name, { connection: server.connection }),
    worker: (work, { workers, lease }) =>
      new classes.Worker(name, work, {
        connection: server.connection,
        concurrency: workers,
        lockDuration: lease * 1000,
        stalledInterval: (lease * 1000) / 2,
        maxStalledCount: MOST_DEATHS,
      }),
  })
}

interface Handed extends Order {
  /** Nobody waits for it any more. */
  readonly withdrawn?: boolean
}

type Work = (job: Job<Handed, string>, token?: string) => Promise<string>

/** What is made when it is needed. */
interface Make {
  readonly events: () => QueueEvents
  readonly worker: (work: Work, serving: Serving) => Worker<Handed, string>
}

/** The same classes whatever is behind them. */
interface Classes {
  readonly Queue: new (name: string, options: object) => Queue<Handed, string>
  readonly QueueEvents: new (name: string, options: object) => QueueEvents
  readonly Worker: new (name: string, work: Work, options: object) => Worker<Handed, string>
}

async function classesFor({ kind, told }: Server): Promise<Classes> {
  const needs = kind === 'redis' ? ['bullmq', 'ioredis'] : ['bullmq', 'pg']
  try {
    const [{ withBackend, createRedisBackend, createPostgresBackend }] = await Promise.all(
      needs.map((one) => import(one)),
    )
    return withBackend(kind === 'redis' ? createRedisBackend : createPostgresBackend) as Classes
  } catch (error) {
    throw errors.needsPackages(told, needs, messageOf(error))
  }
}

class BullFarm implements Farm {
  readonly #server: Server
  readonly #queue: Queue<Handed, string>
  readonly #make: Make

  constructor(server: Server, queue: Queue<Handed, string>, make: Make) {
    this.#server = server
    this.#queue = queue
    this.#make = make
  }

  async carriedOut(orders: readonly Order[], news: News, until: AbortSignal): Promise<void> {
    const open = new Map(orders.map((order) => [idOf(order), order]))
    const inWork = new Map<string, string>()
    const events = await connected(this.#make.events, this.#server)
    const trouble = (error: unknown): void => news.onTrouble(messageOf(error))
    events.on('error', trouble)
    this.#queue.on('error', trouble)
    const ended = ({ jobId }: { jobId: string }) => void this.#lookAfter([jobId], open, news).catch(() => {})
    events.on('completed', ended)
    events.on('failed', ended)
    events.on('progress', ({ jobId, data }) => {
      if (!open.has(jobId)) return
      inWork.set(jobId, String(data))
      for (const id of inWork.keys()) if (!open.has(id)) inWork.delete(id)
      news.onProgress(`${inWork.size} in work: ${[...inWork.values()].at(-1)}`)
    })
    // Whatever is asked of a server that is away may never be answered.
    const aborted = over(until)
    const insisting = async (work: () => Promise<void>): Promise<void> => {
      for (let isDone = false; !isDone && !until.aborted; ) {
        const failed = (error: unknown): false => {
          trouble(error)
          return false
        }
        isDone = await Promise.race([work().then(() => true, failed), aborted])
        if (!isDone) await pause(LOOK_EVERY_MS, until)
      }
    }
    try {
      for (const some of chunks([...open.keys()])) await insisting(() => this.#handIn(some, open, news))
      for (let from = 0; open.size > 0 && !until.aborted; from += AT_ONCE) {
        await pause(LOOK_EVERY_MS, until)
        if (from >= open.size) from = 0
        const some = [...open.keys()].slice(from, from + AT_ONCE)
        await insisting(() => this.#lookAfter(some, open, news))
      }
    } finally {
      this.#queue.off('error', trouble)
      await left(events)
    }
  }

  /** Those of an earlier try that have failed, or whose answer is not wanted, are tried anew. */
  async #handIn(ids: readonly string[], open: Map<string, Order>, news: News): Promise<void> {
    const known = await Promise.all(ids.map((id) => this.#queue.getJob(id)))
    await Promise.all(
      known.map(async (job) => {
        if (job === undefined || !isOver(job)) return
        const done = answerOf(job)
        if (done === null || !news.isWanted(done)) await job.remove()
      }),
    )
    const orders = ids.flatMap((id) => open.get(id) ?? [])
    await this.#add(orders)
    await this.#lookAfter(ids, open, news)
  }

  async #add(orders: readonly Order[]): Promise<void> {
    await this.#queue.addBulk(
      orders.map((order) => ({
        name: 'search',
        data: order,
        opts: {
          jobId: idOf(order),
          attempts: TRIES,
          backoff: { type: 'fixed', delay: 1000 },
          removeOnComplete: KEPT,
          removeOnFail: KEPT,
        },
      })),
    )
  }

  /** Tells of those that are done; what the server has lost is handed in anew. */
  async #lookAfter(ids: readonly string[], open: Map<string, Order>, news: News): Promise<void> {
    const jobs = await Promise.all(ids.map((id) => this.#queue.getJob(id)))
    const lost: Order[] = []
    for (const [i, job] of jobs.entries()) {
      const id = ids[i]!
      const order = open.get(id)
      if (order === undefined || (job !== undefined && !isOver(job))) continue
      const done = job === undefined ? null : answerOf(job)
      if (done !== null) {
        open.delete(id)
        news.onDone(order, done)
      } else if (job?.failedReason && job.failedReason !== TAKEN_BACK) {
        open.delete(id)
        news.onFailed(order, job.failedReason)
      } else {
        await job?.remove()
        lost.push(order)
      }
    }
    if (lost.length > 0) await this.#add(lost)
  }

  async withdraw(orders: readonly Order[]): Promise<void> {
    const taken = chunks(orders).map((some) =>
      Promise.all(
        some.map(async (order) => {
          const id = idOf(order)
          if ((await this.#queue.remove(id).catch(() => 0)) === 1) return
          // It is being carried out: who does that looks.
          await (await this.#queue.getJob(id))?.updateData({ ...order, withdrawn: true })
        }),
      ),
    )
    await Promise.race([Promise.allSettled(taken), sleep(LEAVE_MS, undefined, { ref: false })])
  }

  async workers(): Promise<number | null> {
    const count = this.#queue.getWorkersCount().catch(() => null)
    return Promise.race([count, sleep(LEAVE_MS, null, { ref: false })])
  }

  async serve(carryOut: CarryOut, serving: Serving, until: AbortSignal): Promise<void> {
    const { UnrecoverableError, WaitingError } = await import('bullmq')
    const carriedOut: Work = async (job, token) => {
      const withdrawn = new AbortController()
      const looking = setInterval(async () => {
        const now = await this.#queue.getJob(job.id!).catch(() => undefined)
        if (now?.data.withdrawn === true) withdrawn.abort()
      }, LOOK_EVERY_MS)
      try {
        const done = await carryOut(job.data, (told) => void job.updateProgress(told).catch(() => {}), withdrawn.signal)
        if (withdrawn.signal.aborted) throw new UnrecoverableError(TAKEN_BACK)
        if (done !== 'given back') return packed(done)
      } catch (error) {
        throw error instanceof InputError ? new UnrecoverableError(error.message) : error
      } finally {
        clearInterval(looking)
      }
      await Promise.race([job.moveToWait(token), sleep(LEAVE_MS, undefined, { ref: false })])
      throw new WaitingError()
    }
    const running = new Set<Promise<string>>()
    const work: Work = async (job, token) => {
      const search = carriedOut(job, token)
      running.add(search)
      return search.finally(() => running.delete(search))
    }
    const worker = await connected(() => this.#make.worker(work, serving), this.#server)
    worker.on('error', (error) => serving.onTrouble(messageOf(error)))
    await over(until)
    // It takes up nothing more. What a server that is away should hear of what ended here is not waited for.
    const inOrder = left(worker, WORK_ENDS_MS + LEAVE_MS)
    await Promise.race([inOrder, Promise.allSettled(running).then(() => left(worker))])
  }

  close(): Promise<void> {
    return left(this.#queue)
  }
}

const isOver = ({ finishedOn }: Job<Handed, string>): boolean => finishedOn !== undefined && finishedOn !== null

/** Also where it was found at a second try, after one that failed; null where there is none, or one that cannot be read. */
function answerOf({ returnvalue }: Job<Handed, string>): Done | null {
  try {
    return unpacked(returnvalue)
  } catch {
    return null
  }
}

/** What a search is of, down to the text of its protocol: to be handed in twice is to be handed in once, and after a change it is another one. BullMQ wants a letter in it. */
const idOf = ({ planned: { plan, index }, sources, together }: Order): string =>
  [`plan-${plan}`, index, digestOf(sources).slice(0, 16), ...(together === undefined ? [] : [together.id])].join('-')

const chunks = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE))
