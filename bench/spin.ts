import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measured {
  readonly states: number
  readonly transitions: number
  /** Of the whole process, on the wall. */
  readonly seconds: number
  readonly bytesPerState: number
  readonly how: string
}

/** Flags worth trying: the fastest of them is SPIN's figure. */
const WAYS: readonly (readonly string[])[] = [
  ['-DSAFETY'],
  ['-DSAFETY', '-DNOREDUCE'],
  ['-DSAFETY', '-DNOREDUCE', '-DNOBOUNDCHECK', '-DNOFAIR'],
]

export function hasSpin(): boolean {
  return spawnSync('spin', ['-V']).status === 0 && spawnSync('gcc', ['--version']).status === 0
}

/** SPIN's best single core on a model: compiled with each set of flags, the quickest run of each of `rounds`. */
export function measureSpin(model: string, rounds: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'))
  try {
    writeFileSync(join(folder, 'dj.pml'), model)
    execFileSync('spin', ['-a', 'dj.pml'], { cwd: folder, stdio: 'ignore' })
    const runs = WAYS.flatMap((flags) => {
      execFileSync('gcc', ['-O3', '-march=native', '-w', ...flags, '-o', 'pan', 'pan.c'], {
        cwd: folder,
        stdio: 'ignore',
      })
      return Array.from({ length: rounds }, () => runPan(folder, flags))
    })
    return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function runPan(folder: string, flags: readonly string[], hashBits = 23, depth = 250_000): Measured {
  const started = performance.now()
  const args = [`-m${depth}`, `-w${hashBits}`, '-n']
  const { stdout } = spawnSync('./pan', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
  const seconds = (performance.now() - started) / 1000
  // A stack that is too short cuts the search: SPIN gets the least that is enough, since it counts as its memory.
  if (stdout.includes('max search depth too small')) return runPan(folder, flags, hashBits, depth * 2)
  const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? Number.NaN)
  const states = number(/(\d+) states, stored/)
  return {
    states,
    // SPIN counts the initial state as the end of a transition.
    transitions: number(/(\d+) transitions/) - 1,
    seconds,
    bytesPerState: (number(/([\d.]+)\s+total actual memory usage/) * 2 ** 20) / states,
    how: `gcc -O3 -march=native ${flags.join(' ')}, pan ${args.join(' ')}`,
  }
}
