import { InputError, errors as targetErrors } from '../../analysis/errors.ts'

/** What is said of a log that cannot be read or judged. */
export const errors = {
  noFile: targetErrors.noFile,
  noTshark: () =>
    new InputError(
      "A capture is read by tshark, which is not on the PATH. Debian's package is 'tshark'; a log of JSON lines needs none.",
    ),
  notACapture: (path: string, problem: string) =>
    new InputError(
      `'${path}' cannot be read as a capture: ${problem}. It may be cut off, or a capture of something else.`,
    ),
  isEmpty: (path: string) =>
    new InputError(
      `'${path}': the log is empty. The likeliest cause is a capture that was stopped before anything was written: give the program that captures a moment, or capture again.`,
    ),
  notALog: (path: string, line: number, problem: string) =>
    new InputError(
      `'${path}', line ${line}: ${problem}. A log is one JSON object a line, with 'time' in seconds (docs/log.schema.json).`,
    ),
  notJudged: (path: string, problem: string) => new InputError(`'${path}' cannot be judged: ${problem}`),
}
