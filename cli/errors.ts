import { InputError, list } from '../analysis/errors.ts'

/** Bad input to the command line: what is so, the likeliest cause, and what to do next. */
export const errors = {
  noClaim: (id: string, known: readonly string[]) =>
    new InputError(
      `There is no claim '${id}'. Claims are numbered by paper, from '${known[0]}' to '${known.at(-1)}'; 'doublejump claims' lists them.`,
    ),
  caseOfOneClaim: (number: string) =>
    new InputError(
      `--case ${number} is of one claim, and several were asked for. Name it: doublejump claims 000-22 --case ${number}`,
    ),
  noCase: (id: string, number: number, cases: number) =>
    new InputError(`Claim '${id}' has no case ${number}. It has ${cases}; 'doublejump claims ${id}' lists them.`),
  noAblation: (ablation: string, known: readonly string[]) =>
    new InputError(`There is no ablation '${ablation}'. There are: ${list(known)}.`),
  needsPaper: () =>
    new InputError(
      '--format md is the page of one paper, and none is named. Name it: doublejump claims --paper 003 --format md.',
    ),
  noPaper: (paper: string, known: readonly string[]) =>
    new InputError(`There is no paper '${paper}' among the claims. There are: ${list(known)}.`),
  notWhole: (option: string, value: string, least: 0 | 1) =>
    new InputError(
      `${option} is ${value}, but it must be a whole number ${least === 0 ? 'from 0 on' : 'above 0'}. Write one, or leave it out.`,
    ),
  notAShare: (value: string) =>
    new InputError(
      `--shard is '${value}', which is no share. The second of eight is written --shard 2/8; the first is 1/8.`,
    ),
  noIndex: (index: number, of: number, path: string, lines: number) =>
    new InputError(
      index < of
        ? `--index ${index} is not in ${path}, which has ${lines} of the plan's ${of} searches. Most likely it was cut off, or is a part. Give the whole plan: 'doublejump check --plan' with the same options gives the same.`
        : `--index ${index} is not in ${path}, whose ${of} searches are numbered from 0 to ${of - 1}. Most likely it was counted from 1.`,
    ),
  indexAndShard: () => new InputError('--index and --shard both say which searches are meant. Give one of them.'),
  indexOfWhat: () =>
    new InputError('--index and --shard are of a plan, and none is named. Name its file: --plan jobs.ndjson.'),
  noJobs: (where: string) =>
    new InputError(`There is nothing to do: ${where} has no line of a plan. 'doublejump check --plan' prints one.`),
  notBelow100: (option: string, value: string) =>
    new InputError(
      `${option} is ${value} percent, with which a timer may fire at once. Give less than 100, or leave it out, and the default holds.`,
    ),
  notASize: (value: string) =>
    new InputError(
      `--max-memory is '${value}', which is no size. Write a number and a unit, for example 512MiB or 8GiB.`,
    ),
  notGiven: (option: string, text: string) =>
    new InputError(
      `${option} ${text} says nothing of the form name=interval. Write whole milliseconds, for example ${option} 'd=10..40', ${option} 'blackout(a)=500' or ${option} 'leaves(b)=0..', without an end.`,
    ),
  endsBefore: (option: string, name: string, earliest: number, latest: number) =>
    new InputError(
      `${option} ${name}=${earliest}..${latest} ends before it begins. Most likely the two were exchanged: ${name}=${latest}..${earliest}.`,
    ),
  notMilliseconds: (option: string, name: string, value: string) =>
    new InputError(
      `${option} ${name} is '${value}', which is no time. Give whole milliseconds, from 0 to some centuries: ${name}=25, or ${name}=10..40.`,
    ),
  noHandoff: (target: string, why: string) =>
    new InputError(
      `'${target}' has no handoff to count: ${why}. 'doublejump list ${target}' shows its scenarios, docs/costs.md which variants have one.`,
    ),
  notReadable: (option: string, path: string, why: string) =>
    new InputError(`${option} ${path} cannot be read: ${why}. Name a file that holds JSON, or lines of it.`),
  prismOfOne: () =>
    new InputError(
      '--prism writes what --exact goes through, of one variant. The likeliest cause is that --exact is missing. Give both: odds <variant> … --exact --prism folder.',
    ),
  noScenarioIn: (target: string, scenario: string) =>
    new InputError(
      `'${target}' has no scenario '${scenario}'. The likeliest cause is a plan of another version. Print it anew: check --plan.`,
    ),
  anotherPlan: (path: string) =>
    new InputError(
      `The results are of another plan than ${path}. The likeliest cause is a file that an earlier run left. Name the plan that they were made of.`,
    ),
  notResumable: (option: string, missing: string) =>
    new InputError(
      `${option} is of a search that is kept, and none is. The likeliest cause is that ${missing} is missing. Add it.`,
    ),
  resumableTwice: () =>
    new InputError(
      'A search is kept in a folder (--on-disk) or in a file (--checkpoint), not in both: what is in a folder goes on from there anyway. Leave one out.',
    ),
  resumableElsewhere: () =>
    new InputError(
      'With --on, searches are made by workers, on other machines, and --checkpoint keeps one that is made here. Leave out the one or the other; --on-disk keeps one that workers make together.',
    ),
  reducedAndKept: () =>
    new InputError(
      '--reduce is of a search in memory: what it needs to know is not kept by --on-disk and --checkpoint. Leave out the one or the other.',
    ),
  notTheSameElsewhere: (name: string) =>
    new InputError(
      `A worker may search something else than ${name}: it imports Node's own modules or asks its environment, and what it finds there is another thing on another machine. Take that out, or search without --on.`,
    ),
  planWith: (option: string) =>
    new InputError(
      `--plan prints what is to be searched, and searches nothing: ${option} says nothing of it. Leave it out.`,
    ),
  resumesOneSearch: (option: string, searches: number) =>
    new InputError(
      `${option} keeps one search, and ${searches} were asked for. Name one variant and one scenario: check sip/direct --scenario both-move ${option} …`,
    ),
  notAChance: (option: string, text: string) =>
    new InputError(`${option} '${text}' is no number. A chance is from 0 up to, but not, 1: 0.05 for 5 %.`),
  givenTwice: (name: string) =>
    new InputError(`--given says twice how long ${name} takes. Give it once; an interval is written ${name}=10..40.`),
  variedTwice: (name: string) => new InputError(`${name} varies twice. Leave out one --vary ${name}.`),
  stepsPastEnd: (name: string, from: number, to: number, step: number) =>
    new InputError(
      `--vary ${name}=${from}..${to}/${step} never comes to ${to}: its last value is ${to - ((to - from) % step)}. Give that as its end, or a step that divides ${to - from}.`,
    ),
  givenAndVaried: (name: string) =>
    new InputError(`${name} is given, and varies as well. Leave out --given ${name}, or --vary ${name}.`),
  notTwo: (parameters: number) =>
    new InputError(`A region is drawn of two parameters, and ${parameters} vary. Give --vary twice, or --format text.`),
  withoutEnd: (name: string) =>
    new InputError(
      `--vary ${name} has no end, and what varies is decided value by value. Give it one: ${name}=0..2000/50.`,
    ),
  noPackets: (protocol: string, written: readonly string[]) =>
    new InputError(
      `Runs of '${protocol}' cannot be written as packets yet: its messages have no form on the wire here. Those of ${list(written)} can.`,
    ),
  binaryToTerminal: () =>
    new InputError('A capture is binary, and this is a terminal. Send it to a file: … --format pcapng > run.pcapng.'),
  nothingToWatch: () =>
    new InputError(
      'There is nothing to watch: what ships does not change. --watch is for a file of your own: doublejump check my-protocol.ts --watch.',
    ),
  notAWayToChoose: (choosing: string, known: readonly string[]) =>
    new InputError(`There is no way '${choosing}' to choose steps. There are: ${list(known)}.`),
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
  notDecided: (path: string, command: string, problem: string) =>
    new InputError(
      `'${path}' cannot be gone on from: ${problem} Such a file comes from '${command} --save' of the same version and the same question. Begin anew, without --resume.`,
    ),
  notAReport: (path: string, problem: string) =>
    new InputError(
      `'${path}' is neither a report nor a trace that can be shown: ${problem} A report comes from 'check --json', a trace from 'explain --format json'.`,
    ),
  cannotWrite: (path: string, { code, message }: NodeJS.ErrnoException) =>
    new InputError(
      `'${path}' cannot be written (${code ?? message}). The likeliest cause is that ${REASONS[code ?? ''] ?? message}. Give another place.`,
    ),
  inTheWay: (folder: string, files: readonly string[]) =>
    new InputError(
      `Nothing was written: '${folder}' has ${files.length === 1 ? 'a file' : 'files'} that would be overwritten: ${list(files)}. Give another folder, or move ${files.length === 1 ? 'it' : 'them'} away.`,
    ),
  notAName: (name: string, better: string) =>
    new InputError(
      `'${name}' cannot be the name of a package and a protocol, which is that of the folder: small letters, digits and single dashes, a letter first. For example: doublejump init ${better}.`,
    ),
  nameTaken: (name: string, by: string) =>
    new InputError(`'${name}' is the name of ${by} already. Give the folder another: doublejump init my-${name}.`),
  twoOfOneName: (protocol: string, file: string, other: string) =>
    new InputError(
      `'${file}' and '${other}' both describe a protocol '${protocol}', and the page tells protocols by their names. Rename one of them, or write a page for each.`,
    ),
  noPage: () => new InputError("The page has not been built. 'npm run build' builds it."),
  notAFormat: (format: string, known: readonly string[]) =>
    new InputError(`There is no format '${format}'. There are: ${list(known)}.`),
  notAMeasure: (measure: string, known: readonly string[]) =>
    new InputError(`There is no measure '${measure}'. There are: ${list(known)}.`),
  noTlaFile: (out: string) =>
    new InputError(
      `--out is ${out}, and TLC reads a module from a file that ends in .tla alone. Give it that ending: --out model.tla.`,
    ),
  notAModule: (name: string) =>
    new InputError(
      `A module of TLA+ is called as its file, and none can be called '${name}': letters, digits and _, and no name of a standard module.`,
    ),
  notAReporter: (reporter: string, known: readonly string[]) =>
    new InputError(`There is no reporter '${reporter}'. There are: ${list(known)}.`),
}

/** What keeps a file from being written, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file where a folder is wanted',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, and a file is wanted',
  ENOENT: 'the folder that it is in does not exist',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'what it is on can only be read',
  ENOSPC: 'the disk is full',
}
