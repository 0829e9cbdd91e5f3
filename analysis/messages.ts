import { HANDED_OVER } from './load/bundled.ts'
import { nearest } from './nearest.ts'

/** Bad input: what is so, the likeliest cause, and what to do next. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

export const list = (names: readonly string[]): string => names.join(', ')

// What is said of targets, scenarios and properties, whoever asks for them: each by itself, so that a page carries those alone that it can say.

export const noProtocol = (name: string, nearest: readonly string[]) =>
  new InputError(
    `There is no protocol '${name}'. ${theNearest(nearest)}'doublejump list' shows all; a file of your own is given by its path, with .ts, .js or .mjs.`,
  )

/** @param target the protocol's name, or the file that it is in */
export const noVariant = (protocol: string, target: string, name: string, nearest: readonly string[]) =>
  new InputError(
    `Protocol '${protocol}' has no variant '${name}'. ${theNearest(nearest.map((n) => `${target}/${n}`))}'doublejump list ${target}' shows its variants.`,
  )

export const needsVariant = (target: string, variants: readonly string[]) =>
  new InputError(`'${target}' has several variants; name one: ${list(variants.map((v) => `${target}/${v}`))}.`)

export const noScenario = (name: string, known: readonly string[]) =>
  new InputError(`No variant that was asked for has a scenario '${name}'. They have: ${list(known)}.`)

export const noSharedScenario = (name: string | null, variants: readonly (readonly [string, readonly string[]])[]) =>
  new InputError(
    `They have no scenario${name === null ? '' : ` '${name}'`} in common: a run of the one can only be replayed in the same scenario of the other. ${variants.map(([variant, known]) => `${variant} has ${list(known)}`).join('; ')}.`,
  )

export const noProperty = (name: string, known: readonly string[]) =>
  new InputError(
    `No variant that was asked for has a property '${name}': it may be one of another protocol. They have: ${list(known)}.`,
  )

export const noParameter = (name: string, known: readonly string[]) =>
  new InputError(
    `Nothing that takes time is called '${name}' in what was asked for. ${theNearest(nearest(name, known))}'doublejump list <variant> --timed' shows all, with how long each takes.`,
  )

export const notALine = (where: string, what: string) =>
  new InputError(
    `${where} is no line of ${what}. Most likely it comes from another command, or another version. Lines of a plan come from 'doublejump check --plan', lines of results from 'doublejump run-job' or 'check --reporter ndjson'.`,
  )

export const cutOff = (where: string) =>
  new InputError(
    `${where} was cut off. Most likely what wrote it was ended, or not all of it was copied. Write the plan anew: 'doublejump check --plan' with the same options gives the same.`,
  )

export const nothingToMerge = () =>
  new InputError(
    "There is nothing to merge: no line of results was given. They come from 'doublejump run-job' or 'doublejump check --shard i/n --reporter ndjson'.",
  )

export const severalPlans = (one: string, other: string) =>
  new InputError(
    `These are results of several plans (${one} and ${other}). Most likely the parts were asked with different options, or one is from an earlier run. Merge those of one plan.`,
  )

export const severalEngines = (one: string, other: string) =>
  new InputError(
    `These results were made by several versions of the program (${one} and ${other}). Most likely a machine was not brought up to date. Make all parts with the same version, and the same Node.`,
  )

export const severalSources = (name: string) =>
  new InputError(
    `Results of '${name}' were made of different texts of it. Most likely machines have different versions of it, or it was changed in between. Make all of them with one.`,
  )

export const doNotAgree = (search: string) =>
  new InputError(
    `Two results of ${search} do not agree. Most likely a file was changed between the two; if not, please report it. Make both again.`,
  )

export const notAServer = (url: string) =>
  new InputError(
    `'${url.replace(/\/\/.*@/, '//…@').replace(/\?.*/, '')}' is no server that can hand out searches. Write redis://host:6379 or postgres://user@host/database.`,
  )

export const refused = (told: string, why: string) =>
  /Protocol error/.test(why)
    ? new InputError(
        `What answers at ${told} is no Redis (${why.split(' as reply')[0]}). Most likely another program listens there. Give the host and port of the server.`,
      )
    : new InputError(
        `The server at ${told} does not let this program in: ${why}. Most likely the user, the password or the database in the URL is another one. Mend the URL.`,
      )

export const noServer = (told: string, why: string) =>
  new InputError(
    `There is no server at ${told}: ${why}. Most likely it does not run, or not there. Start it${told.startsWith('redis') ? '; for one on this machine: redis-server --appendonly yes' : ', or give the host and port where it is'}.`,
  )

export const needsPackages = (told: string, packages: readonly string[], why: string) =>
  new InputError(
    `To use ${told} the packages ${packages.join(' and ')} have to be installed, and they cannot be loaded (${why.split('\n')[0]}). Install them: npm install ${packages.join(' ')}.`,
  )

export const modelFails = (message: string) =>
  new InputError(`${message} 'doublejump check' of the same shows the way there.`)

export const noMeasure = (measure: string, property: string, known: readonly string[]) =>
  new InputError(
    known.length === 0
      ? `Nothing of '${property}' can be measured: it is not about states that come and go. Ask for a property that says what is always, or at last, so.`
      : `'${measure}' cannot be measured of '${property}'. What can: ${list(known)}.`,
  )

export const noChance = (option: string, value: number) =>
  new InputError(
    `${option} ${value} is no chance: that is a number from 0 up to, but not, 1. The likeliest cause is per cent. Give 0.05 for 5 %.`,
  )

export const tooManyChances = (states: number, most: number) =>
  new InputError(
    `That is more than ${most.toLocaleString('en')} states (${states.toLocaleString('en')} and more to come), too many to be exact. The likeliest cause is a time that may be many values. Give fewer (--given 'leaves(b)=0..2000/100'), or draw runs (without --exact).`,
  )

export const notFinite = (name: string, what: string) =>
  new InputError(
    `'${name}' is ${what}, which is any of infinitely many times, and what is exact goes through all. Give it in steps (--given '${name}=10..40/5'), or one time.`,
  )

export const noTie = (option: string, text: string, name: string) =>
  new InputError(
    `${option} '${text}' makes one time depend on another, and '${name}' is none of a host. The likeliest cause is a time of packets or timers, which are drawn anew for each. Give leaves, stays, blackout or overlap of one host, and of the other: 'leaves(b)=leaves(a)+0..200'.`,
  )

export const tiedToItself = (option: string, text: string) =>
  new InputError(
    `${option} '${text}' makes a time depend on itself. Most likely the other host is meant. Name that one.`,
  )

export const tiedToNothing = (option: string, text: string, name: string) =>
  new InputError(
    `${option} '${text}': how long '${name}' takes is not given, or depends on another itself. The likeliest cause is that it was left out. Give it as well: ${option} '${name}=5000'.`,
  )

export const tiedBefore = (option: string, name: string, to: string, least: number) =>
  new InputError(
    `${option} makes '${name}' ${least} ms at the least, and no time is below 0. The likeliest cause is that '${to}' may be shorter than what is taken off. Give a longer '${to}', or take off less.`,
  )

export const offsetEnds = (option: string, text: string) =>
  new InputError(
    `${option} '${text}' ends before it begins, or goes on by steps of 0. Most likely a sign is wrong. Write, for example, 'leaves(b)=leaves(a)-100..100/10'.`,
  )

export const noOdds = (property: string) =>
  new InputError(
    `'${property}' has no odds: it is not about states that come and go. Ask for a property that says what is always, at last, or ever so.`,
  )

export const anyTime = (name: string, from: number) =>
  new InputError(
    `'${name}' may be any time from ${from} ms on, which says nothing of chances. Give a distribution: --given '${name}=exp(600000)' (its mean), or --given '${name}=0..2000' (all as likely).`,
  )

export const variesNothing = (name: string, of: readonly string[]) =>
  new InputError(
    `That ${name} varies makes no difference: each that it stands for (${list(of)}) is given, or varies, by itself. Leave one of the two out.`,
  )

export const tooManyPoints = (points: number, most: number) =>
  new InputError(
    `That is ${points.toLocaleString('en')} points, and at most ${most.toLocaleString('en')} can be decided. Vary fewer parameters, a shorter range, or in larger steps: T_h=0..2000/50.`,
  )

export const onlyLarge = (names: readonly string[]) =>
  new InputError(
    `Nothing was searched: only large scenarios ask that (${list(names)}), and those take minutes or gigabytes. --large asks them all, --scenario one.`,
  )

export const noRole = (name: string, known: readonly string[]) =>
  new InputError(`There is no node '${name}' in this variant. There are: ${list(known)}.`)

export const cannotCompose = (target: string, scenario: string, why: string) =>
  new InputError(
    `${target} cannot be put together for scenario '${scenario}': ${why} The likeliest cause is a name or an address in the variant or scenario.`,
  )

export const tooBigToDraw = (states: number, most: number) =>
  new InputError(
    `There are ${states} states, which is too many to draw: at most ${most} are. Take a smaller scenario (--scenario), or raise --most; a drawing of more than a few hundred is no use.`,
  )

export const notAllOfIt = (target: string, scenario: string, states: number, because: string) =>
  new InputError(
    `The search of ${target} in ${scenario} stopped after ${states} states (out of ${because}): what was not searched cannot be exported. Raise --max-states, --max-memory or --max-seconds, or take a smaller scenario.`,
  )

export const noStories = (folder: string) =>
  new InputError(
    `There is no trace in '${folder}': it has no .json file. 'check --out report' writes them to report/counterexamples.`,
  )

export const notAStory = (path: string, problem: string) =>
  new InputError(
    `'${path}' is no trace. ${problem.replace(/\.?$/, '.')} A trace comes from 'explain --format json', or from 'check --out', in its folder counterexamples.`,
  )

export const needsClock = (property: string) =>
  new InputError(
    `'${property}' is of how long something lasts, which only a clock says. Ask with --timed, or give what takes how long: --given d=25.`,
  )

export const noReduction = (name: string, known: readonly string[]) =>
  new InputError(`There is no reduction '${name}'. There are: ${list(known)}. Give one of them to --reduce.`)

export const symmetricAsleep = () =>
  new InputError(
    'What sleeps in a state is not what sleeps in the one that stands for it, so --reduce symmetry and --reduce sleep-sets do not go together. Leave out the one or the other.',
  )

export const reducedTimed = () =>
  new InputError(
    'With a clock nothing is reduced: each packet in flight and each timer has a clock of its own, and what happens meanwhile counts. Leave out --reduce, or --timed and --given.',
  )

export const notFit = (property: string, target: string, scenario: string, because: string) =>
  new InputError(
    `'${property}' cannot be asked of ${target} in '${scenario}' with --reduce: ${because}. Ask for it without.`,
  )

export const decidedOfAnotherModel = (
  target: string,
  scenario: string,
  then: { readonly states: number; readonly transitions: number },
  now: { readonly states: number; readonly transitions: number },
) =>
  new InputError(
    `What was decided before is not of today's ${target}: in '${scenario}' it had ${then.states} states and ${then.transitions} steps, and has ${now.states} and ${now.transitions}. The likeliest cause is a protocol that was changed since. Begin anew, without --resume.`,
  )

export const storyOfNoProtocol = (path: string, protocol: string) =>
  new InputError(
    `'${path}' is of a protocol '${protocol}', which is none that ships. The likeliest cause is that it is of a file of your own, which the trace does not name: give it with --file.`,
  )

export const storyOfAnother = (path: string, protocol: string, file: string, other: string) =>
  new InputError(
    `'${path}' is of a protocol '${protocol}', but '${file}' describes '${other}'. Give the file that it is of with --file.`,
  )

export const noFile = (path: string) =>
  new InputError(`There is no file '${path}'. The path is taken from the current folder.`)

export const isFolder = (path: string) =>
  new InputError(`'${path}' is a folder. Give a .ts file that describes a protocol.`)

export const cannotLoad = (path: string, why: string) =>
  new InputError(
    `'${path}' could not be loaded: ${why}\nThe likeliest cause is a mistake in the file itself; docs/tutorial.md shows one that works.`,
  )

export const noEntry = (path: string, entry: string, known: readonly string[]) =>
  new InputError(`'${path}' imports '${entry}', which there is not. What it can import: ${list(known)}.`)

export const noExport = (where: string, name: string, entry: string, nearest: readonly string[]) =>
  new InputError(
    `'${where}' takes '${name}' from '${entry}', which has none of that name.${nearest.length === 0 ? '' : ` The nearest: ${list(nearest)}.`} Correct the import.`,
  )

export const cannotBundle = (path: string, why: string) =>
  new InputError(
    `'${path}' could not be put into the page: ${why}\nThe likeliest cause is an import of a package that is not installed; 'doublejump check' says whether the file loads at all.`,
  )

export const notForThePage = (path: string, module: string, importer: string) =>
  new InputError(
    `'${path}' could not be put into the page: ${importer} uses '${module}', which a browser does not have. A page takes ${list(HANDED_OVER.map((name) => `'${name}'`))}, other files, and packages that need nothing of Node. Move what needs '${module}' to a file that the protocol does not import; 'doublejump check' and 'explain' take it as it is.`,
  )

const theNearest = (names: readonly string[]): string =>
  names.length === 0 ? '' : `The nearest: ${names.map((name) => `'${name}'`).join(', ')}. `
