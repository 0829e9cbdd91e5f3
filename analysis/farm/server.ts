import type { RedisOptions } from 'bullmq'
import { errors } from '../errors.ts'

/** Where a farm's server is: BullMQ's queues lie in Redis or in PostgreSQL. */
export type Server =
  | { readonly kind: 'redis'; readonly told: string; readonly connection: RedisOptions }
  | { readonly kind: 'postgres'; readonly told: string; readonly connection: PostgresOptions }

interface PostgresOptions {
  readonly connectionString: string
  readonly schema: string
  /** The tables are made where they are missing. */
  readonly migrate: true
}

/** All that is kept in PostgreSQL lies in a schema of its own, in Redis under a prefix. */
export const NAME = 'doublejump'

/** A worker that is busy asks again; what waits for an answer waits until the server is back. */
const RETRY_MS = 1000

/**
 * Reads `redis://host:6379/0`, `rediss://…`, `postgres://user@host/database`.
 *
 * @throws InputError where it is neither
 */
export function serverAt(url: string): Server {
  if (!URL.canParse(url)) throw errors.notAServer(url)
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  const told = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}${pathname}`
  if (protocol === 'redis:' || protocol === 'rediss:') {
    const database = pathname.slice(1)
    if (!/^\d*$/.test(database)) throw errors.notAServer(url)
    const login = {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    }
    return {
      kind: 'redis',
      told,
      connection: {
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        port: port === '' ? 6379 : Number(port),
        ...login,
        db: Number(database),
        ...(protocol === 'rediss:' ? { tls: {} } : {}),
        maxRetriesPerRequest: null,
        retryStrategy: () => RETRY_MS,
      },
    }
  }
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw errors.notAServer(url)
  return { kind: 'postgres', told, connection: { connectionString: url, schema: NAME, migrate: true } }
}
