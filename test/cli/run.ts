import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const built = resolve(import.meta.dirname, '../../dist/joined/cli.program.js')

/** What came of a command: its exit code, and what it wrote. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  /** The same as bytes: not all that it writes is text. */
  readonly bytes: Buffer
  readonly err: string
}

interface Options {
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly input?: string
}

/** Runs the program as a user would, in a process of its own; the build must be there (`npm test` makes it). */
export function doublejumpAlone(args: readonly string[], options: Options = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
    maxBuffer: 2 ** 28,
  })
  return ran(status, stdout, stderr.toString())
}

const ran = (code: number | null, bytes: Buffer, err: string): Ran => ({ code, out: bytes.toString(), bytes, err })

/** What a process holds on to: the connection to a server. */
const ONCE = ['--on', 'worker']

/** Runs the program: in a process that has run it before, where that makes no difference, since to start and load it takes longer than most of what is asked. */
export function doublejump(args: readonly string[], options: Options = {}): Ran {
  const alone = options.env !== undefined || options.input !== undefined || args.some((arg) => ONCE.includes(arg))
  return alone ? doublejumpAlone(args, options) : running().ask({ args, cwd: options.cwd ?? process.cwd() })
}

/** One for all test files of a process. */
const shared = globalThis as { doublejumpRunning?: Running }

function running(): Running {
  shared.doublejumpRunning ??= new Running()
  return shared.doublejumpRunning
}

/** A process that is asked through pipes, and waited for. */
class Running {
  readonly #asking: number
  readonly #answers: number

  constructor() {
    // Whoever waits at a pipe for a program that is not there waits for ever.
    if (!existsSync(built)) throw new Error(`There is no ${built}: make it first, by npm run build.`)
    const folder = mkdtempSync(join(tmpdir(), 'doublejump-running-'))
    const [asked, answers] = [join(folder, 'asked'), join(folder, 'answers')]
    execFileSync('mkfifo', [asked, answers])
    const child = spawn(process.execPath, [join(import.meta.dirname, 'again.mjs'), asked, answers], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.unref()
    this.#asking = openSync(asked, 'w')
    this.#answers = openSync(answers, 'r')
    rmSync(folder, { recursive: true })
  }

  ask(asked: { readonly args: readonly string[]; readonly cwd: string }): Ran {
    writeSync(this.#asking, `${JSON.stringify(asked)}\n`)
    const parts: Buffer[] = []
    for (;;) {
      const part = Buffer.alloc(2 ** 16)
      const length = readSync(this.#answers, part)
      if (length === 0) throw this.#ended(asked.args)
      parts.push(part.subarray(0, length))
      if (part[length - 1] !== NEW_LINE) continue
      const { code, out, err } = JSON.parse(Buffer.concat(parts).toString())
      return ran(code, Buffer.from(out, 'base64'), err)
    }
  }

  #ended(args: readonly string[]): Error {
    for (const pipe of [this.#asking, this.#answers]) closeSync(pipe)
    delete shared.doublejumpRunning
    return new Error(`The process that runs the program ended when it was asked: ${args.join(' ')}`)
  }
}

const NEW_LINE = 10
