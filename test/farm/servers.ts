import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server on the loopback, in a folder of its own, that keeps what it was told when it is killed. */
export interface Server {
  readonly url: string
  /** As by a power cut. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it, and takes its folder away. */
  remove(): Promise<void>
}

const POSTGRES = '/usr/lib/postgresql'

/** Null where Debian's package is not installed. */
export const SERVERS: Readonly<Record<'redis' | 'postgres', (() => Promise<Server>) | null>> = {
  redis: existsSync('/usr/bin/redis-server') ? redis : null,
  postgres: existsSync(POSTGRES) ? postgres : null,
}

async function redis(): Promise<Server> {
  const [folder, port] = [mkdtempSync(join(tmpdir(), 'redis-')), await freePort()]
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes']
  return served(`redis://127.0.0.1:${port}`, port, folder, () =>
    spawn('/usr/bin/redis-server', [...args, '--appendfsync', 'always'], { stdio: 'ignore' }),
  )
}

async function postgres(): Promise<Server> {
  const [folder, port] = [mkdtempSync(join(tmpdir(), 'postgres-')), await freePort()]
  const programs = join(POSTGRES, readdirSync(POSTGRES).at(-1)!, 'bin')
  // It refuses to run as root.
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
  const as = { uid: uid!, gid: gid!, cwd: folder }
  chownSync(folder, uid!, gid!)
  chmodSync(folder, 0o700)
  execFileSync(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'dj'], {
    ...as,
    stdio: 'ignore',
  })
  const args = ['-D', join(folder, 'data'), '-p', `${port}`, '-k', folder, '-c', 'listen_addresses=127.0.0.1']
  return served(`postgres://dj@127.0.0.1:${port}/postgres`, port, folder, () => {
    // What a killed server leaves.
    rmSync(join(folder, 'data', 'postmaster.pid'), { force: true })
    return spawn(join(programs, 'postgres'), args, { ...as, stdio: 'ignore', detached: true })
  })
}

async function served(url: string, port: number, folder: string, run: () => ChildProcess): Promise<Server> {
  let process: ChildProcess
  const start = async (): Promise<void> => {
    process = run()
    while (!(await answers(port))) await sleep(50)
  }
  const kill = async (): Promise<void> => {
    const over = new Promise((resolve) => process.once('exit', resolve))
    process.kill('SIGKILL')
    await over
    while (await answers(port)) await sleep(50)
  }
  await start()
  return {
    url,
    kill,
    start,
    remove: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
