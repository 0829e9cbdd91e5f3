import { CommanderError } from 'commander'
import { InputError } from '../analysis/errors.ts'
import { EXIT } from './exit.ts'

/** With what it ends; null until that is known. */
let code: number | null = null

/** Ends the program as it stands. */
export function endAtOnce(found: number): never {
  code = found
  process.exit()
}

/**
 * How the program ends: with one of its own codes, whatever happens. Node's codes never stand for ours: 13, for one, is Node's word for
 * 'nothing left to do', and ours for a liveness property that is violated.
 */
export function endWith(command: () => Promise<number>): void {
  const streams = { 'standard output': process.stdout, 'standard error': process.stderr }
  for (const [name, stream] of Object.entries(streams)) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever read has gone: there is nobody to tell, and nothing is wrong.
      if (error.code === 'EPIPE') return
      code = EXIT.badInput
      if (stream !== process.stderr)
        process.stderr.write(
          `doublejump: ${name} could not be written to (${error.message}). The likeliest cause is a full disk: the report is not complete. Make room, and run it again.\n`,
        )
    })
  }
  process.on('uncaughtException', (error) => {
    endAtOnce(tell(error))
  })
  process.on('exit', () => {
    if (code === null) {
      process.stderr.write('doublejump: it ended without a result. This is an internal error, please report it.\n')
      code = EXIT.internal
    }
    process.exitCode = code
  })
  command().then(
    (found) => {
      code ??= found
      endSoon()
    },
    (error: unknown) => {
      code = tell(error)
      endSoon()
    },
  )
}

const LINGER_MS = 1000

/** All is done: what still has something open, as a connection to a server that went away, is not waited for. */
function endSoon(): void {
  const over = (): void => {
    if (process.stdout.writableLength + process.stderr.writableLength > 0) endSoon()
    else process.exit()
  }
  setTimeout(over, LINGER_MS).unref()
}

/** Says what went wrong, and gives the code for it. */
export function tell(error: unknown): number {
  if (error instanceof InputError) {
    process.stderr.write(`doublejump: ${error.message}\n`)
    return EXIT.badInput
  }
  // Commander has said it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.badInput
  process.stderr.write(
    `doublejump: an internal error, please report it.\n${error instanceof Error ? error.stack : error}\n`,
  )
  return EXIT.internal
}
