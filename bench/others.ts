import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Spent, timed, type Verifier, type VerifierRun, withRumur, withSpin } from '../generate/verifiers.ts'
import { type Asked, INSTANCES, type Instance } from './instances.ts'

/** What a checker needed for a search: the median of some runs, and bytes of memory a state. */
export interface Needed {
  readonly spent: Spent
  readonly bytesPerState: number | null
}

/** One search by all of us, with equal counts. */
export interface Row {
  readonly name: string
  readonly asked: Asked
  readonly states: number
  readonly transitions: number
  readonly ours: Needed
  /** Ours with sleep sets: the same states by so many steps. */
  readonly asleep: Needed & { readonly transitions: number }
  readonly spin: Needed
  /** Null where it is not asked: it stops at a claim that does not hold. */
  readonly rumur: Needed | null
}

/** Runs of each, in turns with those of the others, since the machine may be shared; one where it takes minutes. */
export const ROUNDS = 3
/** A verifier that takes longer, in seconds, runs once. */
export const ONCE_FROM = 8
export const SPIN_FLAGS = ['-O3', '-march=native', '-DNOBOUNDCHECK', '-DNOFAIR']
export const RUMUR_FLAGS = ['-O2', '-march=native']

/** @param only the name of an instance, or its beginning; without it, all that do not take minutes */
export function* compareAll(only?: string, withRumurToo = true): Generator<Row> {
  for (const instance of INSTANCES) {
    if (only === undefined ? instance.long : !instance.name.startsWith(only)) continue
    for (const asked of instance.asked) {
      process.stderr.write(`${instance.name}, ${asked}: written and compiled for the others, which may take minutes\n`)
      yield compare(instance, asked, withRumurToo)
    }
  }
}

/** @throws Error where not all find the same */
function compare(instance: Instance, asked: Asked, withRumurToo: boolean): Row {
  const { name, byHand } = instance
  const suffix = asked === 'safety' ? '-safety' : ''
  const model = byHand?.promela ?? ask(name, `promela${suffix}`)
  const first = ours(name, asked)
  const hash = hashBits(first.states)
  return withSpin(model, SPIN_FLAGS, hash, (spin) => {
    const race = (rumur: Verifier | null): Row => {
      const runs = { ours: [first], asleep: [] as VerifierRun[], spin: [] as VerifierRun[], rumur: [] as VerifierRun[] }
      for (let round = 0; round < (instance.long ? 1 : ROUNDS); round++) {
        if (round > 0) runs.ours.push(ours(name, asked))
        const asleep = ours(name, asked, '--sleep')
        same(`ours with sleep sets on ${name}`, { ...asleep, transitions: first.transitions }, first)
        runs.asleep.push(asleep)
        runs.spin.push(same(`SPIN on ${name}`, spin.run(), first))
        const slow = (runs.rumur[0]?.spent.clock ?? 0) > ONCE_FROM
        if (rumur !== null && !slow) runs.rumur.push(same(`Rumur on ${name}`, rumur.run(), first))
      }
      const { states, transitions } = first
      const needed = (of: readonly VerifierRun[]) => ({
        spent: { processor: median(of, 'processor'), clock: median(of, 'clock') },
        bytesPerState: of[0]!.memory === null ? null : of[0]!.memory / states,
      })
      return {
        name,
        asked,
        states,
        transitions,
        ours: needed(runs.ours),
        asleep: { ...needed(runs.asleep), transitions: runs.asleep[0]!.transitions },
        spin: needed(runs.spin),
        rumur: rumur === null ? null : needed(runs.rumur),
      }
    }
    return asked === 'safety' || !withRumurToo
      ? race(null)
      : withRumur(byHand?.murphi ?? ask(name, 'murphi'), RUMUR_FLAGS, (rumur) => race(rumur))
  })
}

/** SPIN's hash table has about two slots a state. */
const hashBits = (states: number): number => Math.min(28, Math.max(18, Math.ceil(Math.log2(states)) + 1))

const script = fileURLToPath(new URL('./ours.js', import.meta.url))

const ask = (name: string, asked: string): string =>
  execFileSync(process.execPath, [script, name, asked], { encoding: 'utf8', maxBuffer: 2 ** 26 })

function ours(name: string, asked: Asked, ...how: readonly '--sleep'[]): VerifierRun {
  const { stdout, spent } = timed([process.execPath, script, name, asked, ...how])
  const { states, transitions, bytes, seen } = JSON.parse(stdout)
  return { states, transitions, seen, spent, memory: bytes }
}

function same(what: string, run: VerifierRun | string, first: VerifierRun): VerifierRun {
  if (typeof run === 'string') throw new Error(`${what}: ${run}`)
  // As many digits as SPIN prints.
  const told = ({ states, transitions }: VerifierRun) =>
    `${states} states, ${Number(transitions.toPrecision(8))} transitions`
  if (told(run) !== told(first)) throw new Error(`${what}: ${told(run)}; here ${told(first)}`)
  for (const [claim, seen] of Object.entries(run.seen))
    if (seen !== first.seen[claim]) throw new Error(`${what}: '${claim}' is seen by one and not by the other`)
  return run
}

function median(runs: readonly VerifierRun[], of: keyof Spent): number {
  const sorted = runs.map(({ spent }) => spent[of]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
