import { InputError } from '../errors.ts'
import type { Phase } from './signals.ts'

/** What is said of a thread that did not come back: the likeliest cause is in the file that it ran. */

export function stalled(phase: Phase, doing: string, seconds: number): InputError {
  const what =
    phase === 'loading'
      ? 'A file was loaded, or a protocol put together, and that has not come back'
      : 'A search has given no sign of life'
  const where = doing === '' ? '' : ` It was in: ${doing}.`
  return new InputError(
    `${what} for ${Math.round(seconds)} s: it was ended.${where} The likeliest cause is a loop that does not end${
      phase === 'loading'
        ? ' at the top of the file, or in what makes its nodes'
        : ' in a step, in a property, or in what a role says of its state'
    }.`,
  )
}

export const died = (phase: Phase, code: number): InputError =>
  new InputError(
    `The thread that ${phase === 'loading' ? 'loaded a file' : 'searched'} was ended from inside, with code ${code}. The likeliest cause is a 'process.exit' in the file, or in something that it imports: a step must be a function of its input.`,
  )

export const outOfMemory = (): InputError =>
  new InputError(
    'A search ran out of memory outside of its tables. The likeliest cause is a state that grows without a bound, such as a list that only gets longer; --max-states shows where it grows.',
  )

export const notAsked = (): InputError =>
  new InputError('It was not asked: another search did not come back. Mend that one first.')
