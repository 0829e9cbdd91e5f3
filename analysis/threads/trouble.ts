import { InputError } from '../errors.ts'
import type { Phase } from './signals.ts'

/** What is said of a thread that did not come back: the likeliest cause is in the file that it ran. */

/** What it was doing, where it said so: the function that ran, and under it what it looked at. */
const whereItWas = (doing: string): string => (doing === '' ? ' ' : `\nIt was in: ${doing}\n`)

export function stalled(phase: Phase, doing: string, seconds: number): InputError {
  if (phase === 'starting')
    return new InputError(
      `A thread did not take up its next task for ${Math.round(seconds)} s: it was ended. The likeliest cause is something that a file started and that does not end, such as a timer or a promise. Take it out: a step is a function of its input.`,
    )
  const loading = phase === 'loading' && doing === ''
  const what = loading
    ? 'A file was loaded, or a protocol put together, and that has not come back'
    : 'A protocol was run, and that has given no sign of life'
  const loop = loading
    ? 'at the top of the file, in what makes its nodes, or in a belief'
    : 'in a step, in a property, or in what a role says of its state'
  return new InputError(
    `${what} for ${Math.round(seconds)} s: it was ended.${whereItWas(doing)}The likeliest cause is a loop that does not end ${loop}. Mend the loop; where it only takes long, --max-silence lets it.`,
  )
}

export const died = (phase: Phase, doing: string, code: number): InputError =>
  new InputError(
    `The thread that ${phase === 'loading' && doing === '' ? 'loaded a file' : 'ran a protocol'} was ended from inside, with code ${code}.${whereItWas(doing)}The likeliest cause is a 'process.exit' in the file, or in something that it imports. Take it out: a step is a function of its input.`,
  )

/** @param error that nothing caught: no step, property or loading of a file was to blame for it */
export const threwOutside = (error: unknown): InputError =>
  new InputError(
    `Something threw that no step and no property waited for: ${error instanceof Error ? error.message : String(error)}. The likeliest cause is a timer or a promise that a file started. Take it out: a step is a function of its input.`,
  )

export const outOfMemory = (): InputError =>
  new InputError(
    'A search ran out of memory outside of its tables. The likeliest cause is a state that grows without a bound, such as a list that only gets longer; --max-states shows where it grows.',
  )

/** Something was not begun, after another thing that did not come back. */
export class NotAsked extends InputError {
  constructor() {
    super('It was not asked: another search did not come back. Mend that one first.')
  }
}
