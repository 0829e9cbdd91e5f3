import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, Queue, QueueEvents, Worker } from 'bullmq'
import { errors, InputError } from '../errors.ts'
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
const CONNECT_MS = 5000
const BEGIN_MS = 200

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

/** @throws InputError where the server is not there within some seconds */
async function connected<One extends Connecting>(make: () => One, { told }: Server): Promise<One> {
  const tooLate = AbortSignal.timeout(CONNECT_MS)
  for (;;) {
    const one = make()
    let trouble: unknown = new Error('it does not answer')
    one.on('error', (error) => {
      trouble = error
    })
    const isReady = one.waitUntilReady().then(
      () => true,
      (error: unknown) => {
        trouble = error
        return false
      },
    )
    if (await Promise.race([isReady, over(tooLate)])) return one
    void one.close().catch(() => {})
    if (tooLate.aborted || !isBeginning(trouble)) throw errors.noServer(told, messageOf(trouble))
    await pause(BEGIN_MS, tooLate)
  }
}

/** What of BullMQ has connections of its own. */
interface Connecting {
  on(event: 'error', hear: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(): Promise<unknown>
}

const over = (signal: AbortSignal): Promise<false> =>
  new Promise((done) => {
    if (signal.aborted) done(false)
    signal.addEventListener('abort', () => done(false), { once: true })
  })

/** A server that was begun just now, perhaps after a crash, and says so. PostgreSQL Appendix A: cannot_connect_now. */
const isBeginning = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '57P03'

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
    events.on('completed', ({ jobId }) => void this.#lookAfter([jobId], open, news).catch(() => {}))
    events.on('failed', ({ jobId }) => void this.#lookAfter([jobId], open, news).catch(() => {}))
    events.on('progress', ({ jobId, data }) => {
      if (!open.has(jobId)) return
      inWork.set(jobId, String(data))
      for (const id of inWork.keys()) if (!open.has(id)) inWork.delete(id)
      news.onProgress(`${inWork.size} in work: ${[...inWork.values()].at(-1)}`)
    })
    try {
      for (const some of chunks([...open.keys()])) {
        if (until.aborted) return
        await this.#handIn(some, open, news)
      }
      while (open.size > 0 && !until.aborted) {
        await pause(LOOK_EVERY_MS, until)
        // As many as can be asked for at once; what comes first was handed in first.
        await this.#lookAfter([...open.keys()].slice(0, AT_ONCE), open, news).catch(() => {})
      }
    } finally {
      await events.close().catch(() => {})
    }
  }

  /** Those of an earlier try that have failed are tried anew. */
  async #handIn(ids: readonly string[], open: Map<string, Order>, news: News): Promise<void> {
    const known = await Promise.all(ids.map((id) => this.#queue.getJob(id)))
    await Promise.all(known.map((job) => (job?.failedReason === undefined ? null : job.remove())))
    await this.#add(ids.map((id) => open.get(id)!))
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
      if (order === undefined) continue
      if (job === undefined) lost.push(order)
      else if (job.failedReason === TAKEN_BACK) {
        await job.remove()
        lost.push(order)
      } else if (job.finishedOn !== undefined && job.finishedOn !== null) {
        open.delete(id)
        if (job.failedReason) news.onFailed(order, job.failedReason)
        else news.onDone(unpacked(job.returnvalue))
      }
    }
    if (lost.length > 0) await this.#add(lost)
  }

  async withdraw(orders: readonly Order[]): Promise<void> {
    for (const some of chunks(orders))
      await Promise.all(
        some.map(async (order) => {
          const id = idOf(order)
          if ((await this.#queue.remove(id).catch(() => 0)) === 1) return
          // It is being carried out: who does that looks.
          await (await this.#queue.getJob(id))?.updateData({ ...order, withdrawn: true }).catch(() => {})
        }),
      )
  }

  workers(): Promise<number> {
    return this.#queue.getWorkersCount()
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
      } finally {
        clearInterval(looking)
      }
      await job.moveToWait(token)
      throw new WaitingError()
    }
    const worker = await connected(() => this.#make.worker(carriedOut, serving), this.#server)
    worker.on('error', (error) => serving.onTrouble(messageOf(error)))
    await over(until)
    await worker.close()
  }

  async close(): Promise<void> {
    await this.#queue.close().catch((error: unknown) => {
      throw new InputError(`${this.#server.told} could not be left in order: ${messageOf(error)}`)
    })
  }
}

/** BullMQ wants a letter in it. */
const idOf = ({ planned: { plan, index }, together }: Order): string =>
  `plan-${plan}-${index}${together === undefined ? '' : `-${together.id}`}`

const chunks = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE))

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {})

const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
