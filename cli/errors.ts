/**
 * Bad input: what is so, the likeliest cause, and what to do next. All wording of the command line's own errors is here.
 */
export class InputError extends Error {
  override readonly name = 'InputError'
}

const list = (names: readonly string[]): string => names.join(', ')

export const errors = {
  noProtocol: (name: string, nearest: readonly string[]) =>
    new InputError(
      `There is no protocol '${name}'. ${didYouMean(nearest)}'doublejump list' shows all; a file of your own is given by its path, with .ts, .js or .mjs.`,
    ),
  noVariant: (protocol: string, name: string, nearest: readonly string[]) =>
    new InputError(
      `Protocol '${protocol}' has no variant '${name}'. ${didYouMean(nearest.map((n) => `${protocol}/${n}`))}'doublejump list ${protocol}' shows its variants.`,
    ),
  noScenario: (name: string, known: readonly string[]) =>
    new InputError(`No variant that was asked for has a scenario '${name}'. They have: ${list(known)}.`),
  noProperty: (name: string, known: readonly string[]) =>
    new InputError(
      `No variant that was asked for has a property '${name}': it may be one of another protocol. They have: ${list(known)}.`,
    ),
  noClaim: (id: string, known: readonly string[]) =>
    new InputError(
      `There is no claim '${id}'. Claims are numbered by paper, from '${known[0]}' to '${known.at(-1)}'; 'doublejump claims' lists them.`,
    ),
  noPaper: (paper: string, known: readonly string[]) =>
    new InputError(`There is no paper '${paper}' among the claims. There are: ${list(known)}.`),
  notPositive: (option: string, value: string) =>
    new InputError(
      `${option} is ${value}, but it must be a whole number above 0. Leave it out, and the default holds.`,
    ),
  notASize: (value: string) =>
    new InputError(
      `--max-memory is '${value}', which is no size. Write a number and a unit, for example 512MiB or 8GiB.`,
    ),
  tooBigToDraw: (states: number, most: number) =>
    new InputError(
      `There are ${states} states, which is too many to draw: at most ${most} are. Take a smaller scenario (one-moves), or raise --most; a drawing of more than a few hundred is no use.`,
    ),
  noPackets: (protocol: string, written: readonly string[]) =>
    new InputError(
      `Runs of '${protocol}' cannot be written as packets yet: its messages have no form on the wire here. Those of ${list(written)} can.`,
    ),
  binaryToTerminal: () =>
    new InputError('A capture is binary, and this is a terminal. Send it to a file: … --format pcapng > run.pcapng.'),
  noRole: (name: string, known: readonly string[]) =>
    new InputError(`There is no node '${name}' in this variant. There are: ${list(known)}.`),
  notACover: (cover: string, known: readonly string[]) =>
    new InputError(`There is no cover '${cover}'. There are: ${list(known)}.`),
  noTests: (target: string, scenario: string, role: string, cover: string) =>
    new InputError(
      `There is nothing to test: '${role}' of ${target} has no part in any of the ${cover} in '${scenario}'. Try another --scenario, or --cover transitions.`,
    ),
  noSipp: (target: string, role: string) =>
    new InputError(
      `SIPp cannot play the world around '${role}' of ${target}: it is the peer of a user agent of SIP. Ask for role a or b of a variant of sip, or for --format json.`,
    ),
  needsOut: (format: string) =>
    new InputError(`The format '${format}' is several files: say with --out in which folder they should be.`),
  noTshark: () =>
    new InputError(
      "A capture is read by tshark, which is not on the PATH. Debian's package is 'tshark'; a log of JSON lines needs none.",
    ),
  notACapture: (path: string, problem: string) =>
    new InputError(
      `'${path}' cannot be read as a capture: ${problem}. It may be cut off, or a capture of something else.`,
    ),
  notALog: (path: string, line: number, problem: string) =>
    new InputError(
      `'${path}', line ${line}: ${problem}. A log is one JSON object a line, with 'time' in seconds (docs/log.schema.json).`,
    ),
  notJudged: (path: string, problem: string) => new InputError(`'${path}' cannot be judged: ${problem}`),
  notAReport: (path: string, problem: string) =>
    new InputError(
      `'${path}' is neither a report nor a trace that can be shown: ${problem} A report comes from 'check --json', a trace from 'explain --format json'.`,
    ),
  noPage: () => new InputError("The page has not been built. 'npm run build' builds it."),
  noFile: (path: string) => new InputError(`There is no file '${path}'. The path is taken from the current folder.`),
  cannotLoad: (path: string, why: string) =>
    new InputError(
      `'${path}' could not be loaded: ${why}\nThe likeliest cause is a mistake in the file itself; docs/tutorial.md shows one that works.`,
    ),
  notAProtocol: (path: string, problem: string) =>
    new InputError(
      `'${path}' loads, but does not describe a protocol: ${problem}. Its default export must be a Protocol, as in docs/tutorial.md.`,
    ),
  cannotCompose: (target: string, scenario: string, why: string) =>
    new InputError(
      `${target} cannot be put together for scenario '${scenario}': ${why} The likeliest cause is a name or an address in the variant or scenario.`,
    ),
  notAFormat: (format: string, known: readonly string[]) =>
    new InputError(`There is no format '${format}'. There are: ${list(known)}.`),
  notAReporter: (reporter: string, known: readonly string[]) =>
    new InputError(`There is no reporter '${reporter}'. There are: ${list(known)}.`),
  needsVariant: (target: string, variants: readonly string[]) =>
    new InputError(`'${target}' has several variants; name one: ${list(variants.map((v) => `${target}/${v}`))}.`),
}

function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `The nearest: ${names.map((name) => `'${name}'`).join(', ')}. `
}
