import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What one run of another checker's verifier, which gcc makes of a model, came to. */
export interface VerifierRun {
  readonly states: number
  readonly transitions: number
  /** By claim of SPIN's: whether something was seen that decides it. */
  readonly seen: Readonly<Record<string, boolean>>
  readonly spent: Spent
  /** Bytes of all its memory, where it says so. */
  readonly memory: number | null
}

/** Seconds of a process: of all its threads together, and on the clock. */
export interface Spent {
  readonly processor: number
  readonly clock: number
}

export interface Verifier {
  /** A text where the verifier was cut off, or a claim fails that Rumur stops at. */
  run(): VerifierRun | string
}

/**
 * Does work with SPIN's verifier of a model in Promela. Needs `spin` and `gcc`.
 *
 * @param hashBits binary logarithm of the slots of its hash table
 */
export function withSpin<Result>(
  model: string,
  gcc: readonly string[],
  hashBits: number,
  work: (spin: Verifier) => Result,
): Result {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.pml'), model)
    execFileSync('spin', ['-a', 'model.pml'], { cwd: folder, stdio: 'ignore' })
    execFileSync('gcc', ['-w', '-DSAFETY', '-DNOREDUCE', ...gcc, '-o', 'pan', 'pan.c'], {
      cwd: folder,
      stdio: 'ignore',
    })
    let depth = 250_000
    const run = (): VerifierRun | string => {
      const { stdout, spent } = timed(['./pan', '-E', '-n', `-w${hashBits}`, `-m${depth}`], folder)
      // A stack that is too short cuts the search: SPIN gets the least that is enough, since it counts as its memory.
      if (stdout.includes('max search depth too small')) {
        depth *= 2
        return run()
      }
      if (stdout.includes('unknown:')) return 'was cut off'
      const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? Number.NaN)
      const claims = [...stdout.matchAll(/^claim (.+): (\d+)$/gm)].map(([, id, times]) => [id!, Number(times) > 0])
      return {
        states: number(/(\d+) states, stored/),
        transitions: transitionsOf(number(/([\d.e+]+) transitions/)),
        seen: Object.fromEntries(claims),
        spent,
        memory: number(/([\d.]+)\s+total actual memory usage/) * 2 ** 20,
      }
    }
    return work({ run })
  })
}

/** SPIN counts the initial state as the end of a transition; of large numbers it prints eight digits, and rounds the others. */
const transitionsOf = (printed: number): number => (printed < 1e8 ? printed - 1 : printed)

/**
 * What SPIN finds of claims of runs, with weak fairness: whether each holds; a text where it was cut off or takes too long. Needs `spin` and `gcc`.
 *
 * @param claims the names of its `ltl` claims
 * @param seconds of each claim
 */
export function fairlyWithSpin(model: string, claims: readonly string[], seconds: number): (boolean | string)[] {
  return inFolder((folder) => {
    const of = { cwd: folder, stdio: 'ignore' } as const
    writeFileSync(join(folder, 'model.pml'), model)
    execFileSync('spin', ['-a', 'model.pml'], of)
    const { level, hashBits, ...first } = model.length < MOST_OF_SMALL ? SMALL : LARGE
    execFileSync('gcc', [level, '-w', '-DNOREDUCE', '-DNFAIR=32', '-o', 'pan', 'pan.c'], of)
    return claims.map((claim) => {
      let { depth } = first
      for (;;) {
        const run = ['./pan', '-a', '-f', '-E', '-n', `-w${hashBits}`, `-m${depth}`, '-N', claim]
        const { stdout, status } = timed(['timeout', String(seconds), ...run], folder)
        if (status === 124) return 'too long'
        if (stdout.includes('unknown:')) return 'was cut off'
        const errors = /errors: (\d+)/.exec(stdout)?.[1]
        if (errors === undefined) return /^error: .*$/m.exec(stdout)?.[0] ?? 'fails'
        if (errors !== '0') return false
        if (stdout.includes('max search depth too small')) {
          depth *= 4
          continue
        }
        return stdout.includes('Search not completed') ? 'was cut off' : true
      }
    })
  })
}

/** How SPIN searches for runs: of a small model nearly all of the time would go into a faster verifier, and into memory for more. */
const SMALL = { level: '-O0', hashBits: 18, depth: 10_000 }
const LARGE = { level: '-O1', hashBits: 24, depth: 1_000_000 }
/** Characters of a model: of what ships, those of less have up to some thousand states in both-move. */
const MOST_OF_SMALL = 2 ** 17

/** Does work with Rumur's verifier of a model in Murphi, on one thread. Needs `rumur` and `gcc`. */
export function withRumur<Result>(model: string, gcc: readonly string[], work: (rumur: Verifier) => Result): Result {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.m'), model)
    const rumur = ['--deadlock-detection', 'off', '--threads', '1', '--output', 'model.c', 'model.m']
    execFileSync('rumur', rumur, { cwd: folder, stdio: 'ignore' })
    execFileSync('gcc', ['-w', '-mcx16', ...gcc, '-o', 'model', 'model.c', '-lpthread'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const run = (): VerifierRun | string => {
      const { stdout, status, spent } = timed(['./model'], folder)
      if (status !== 0) return /^.*(?:Error|error|not covered).*$/m.exec(stdout)?.[0] ?? 'fails'
      const [, states, fired] = /(\d+) states, (\d+) rules fired/.exec(stdout) ?? []
      return { states: Number(states), transitions: Number(fired), seen: {}, spent, memory: null }
    }
    return work({ run })
  })
}

/** What one run of TLC came to. */
export interface TlcRun {
  /** Distinct ones: all of them, or those until a violation. */
  readonly states: number
  /** The initial state, and those that steps lead to, each as often as one does. */
  readonly generated: number
  /** The operator that TLC stopped at. */
  readonly violated: string | null
}

/** TLC's jar, or the folder of its classes; undefined where the environment names none. */
export const tlaTools = (): string | undefined => process.env.TLA_TOOLS || undefined

/**
 * Does work with TLC and a module that is called `model`, on one thread. Needs `java`, and TLC where the variable TLA_TOOLS says.
 *
 * @param work gets what runs TLC with a configuration; a text where it ends in an error that is no violation
 */
export function withTlc<Result>(module: string, work: (run: (config: string) => TlcRun | string) => Result): Result {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.tla'), module)
    return work((config) => {
      writeFileSync(join(folder, 'model.cfg'), config)
      const { stdout } = timed(tlcIn(folder), folder)
      const [, violated = null] = /^Error: (?:Invariant|Action property) (\w+) is violated/m.exec(stdout) ?? []
      const [, generated, states, left] =
        /^(\d+) states generated, (\d+) distinct states found, (\d+) states left/m.exec(stdout) ?? []
      if (violated === null && left !== '0') return why(stdout)
      return { states: Number(states), generated: Number(generated), violated }
    })
  })
}

/**
 * What TLC finds of claims of runs: whether each holds; a text where it ends in another error, or takes too long. Needs `java`, and TLC where the variable TLA_TOOLS says.
 *
 * @param configs of each claim
 * @param seconds of each claim
 */
export function fairlyWithTlc(module: string, configs: readonly string[], seconds: number): (boolean | string)[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.tla'), module)
    return configs.map((config) => {
      writeFileSync(join(folder, 'model.cfg'), config)
      const run = ['timeout', String(seconds), ...tlcIn(folder), '-lncheck', 'final']
      const { stdout, status } = timed(run, folder)
      if (status === 124) return 'too long'
      if (/^Error: Temporal propert(?:y \w+ was|ies were) violated/m.test(stdout)) return false
      return /^Model checking completed. No error has been found/m.test(stdout) ? true : why(stdout)
    })
  })
}

const tlcIn = (folder: string): string[] => [
  ...['java', '-XX:+UseParallelGC', `-Djava.io.tmpdir=${folder}`, '-cp', resolve(tlaTools() ?? '')],
  ...['tlc2.TLC', '-nowarning', '-noGenerateSpecTE', '-deadlock', '-workers', '1'],
  ...['-config', 'model.cfg', 'model.tla'],
]

const why = (stdout: string): string =>
  /unknown: [\w ]+/.exec(stdout)?.[0] ?? /^(?:Error: .*|\*\*\* .*|Fatal errors .*)$/m.exec(stdout)?.[0] ?? 'was cut off'

/** Runs a program to its end, and says what it spent: the shell knows what its children took. */
export function timed(
  command: readonly string[],
  cwd?: string,
): { readonly stdout: string; readonly status: number | null; readonly spent: Spent } {
  const script = ['-c', 'TIMEFORMAT="spent %U %S %R"; time "$@"', 'timed', ...command]
  const { stdout, stderr, status } = spawnSync('bash', script, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
  const [, user, system, clock] = /^spent ([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(stderr) ?? []
  return { stdout, status, spent: { processor: Number(user) + Number(system), clock: Number(clock) } }
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'other-checker-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
