import { aboutBoundsTask, boxTask } from '../analysis/tasks/bounds.ts'
import type { Outcome } from '../analysis/threads/task.ts'
import { type BoundsAsked, MOST_SEARCHES } from '../analysis/timing/bounds.ts'
import { boundsByOthers, type DecidedBox, type SearchBoxes } from '../analysis/timing/by-others.ts'
import { Grid, type GridBox, type Varied } from '../analysis/timing/grid.ts'
import type { Given } from '../analysis/timing/parameters.ts'
import { regionSvg } from '../analysis/timing/region-svg.ts'
import { wallClock } from '../checker/limits.ts'
import { boundsJson, boundsText } from './bounds-text.ts'
import { type Register, several } from './command.ts'
import { problemOfBox } from './decided-boxes.ts'
import { type AskedOf, readDecided, saveDecided } from './decided-file.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { fileFor } from './files.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { interrupted, interruptible, runPart, standsAt } from './threads.ts'
import { givenBy, intervalIn } from './timing.ts'

export const bounds: Register = (program, end) => {
  program
    .command('bounds')
    .summary('for which latencies, handoffs and timers a property holds')
    .description(
      'Decides a property, with a clock, for every value of the parameters that vary, and says where it fails as inequalities, each with a run that shows it.',
    )
    .argument('<variant>', 'protocol/variant')
    .requiredOption('--property <name>', 'which property')
    .requiredOption(
      '--vary <name=from..to>',
      'a parameter that takes these values, in milliseconds; from..to/step for larger steps (repeatable)',
      several,
    )
    .option('--scenario <name>', 'in which scenario', 'both-move')
    .option('--given <name=ms>', 'what is not as usual, and does not vary (repeatable)', several)
    .option('--workers <n>', 'searches at a time; what comes out does not depend on it', '2')
    .option('--max-searches <n>', 'in all: what is left after that is not known', String(MOST_SEARCHES))
    .option('--max-states <n>', 'of each search; beyond that it is not known')
    .option(
      '--max-memory <size>',
      'memory of each search, and of the process while one search runs, for example 8GiB (default 4GiB)',
    )
    .option('--max-seconds <n>', 'of all searches together; what was found by then is told')
    .option('--save <file>', 'write down what was decided')
    .option('--resume <file>', 'go on from what --save wrote')
    .option('--format <name>', 'text, json, or svg (of two parameters)', 'text')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      "\nExamples:\n  doublejump bounds mip-lr/revised-answers --property binding-eventually-correct --vary 'revision window=0..2000/100'\n  doublejump bounds mip-lr/revised-answers --property binding-eventually-correct --vary 'revision window=0..300/10' --vary 'blackout(b)=0..300/10' --given d=25 --given 'blackout(a)=100'\n\n'doublejump list <variant> --timed' shows what may be given or varied.",
    )
    .action((variant: string, flags: BoundsFlags) => end(boundsCommand(variant, flags)))
}

interface BoundsFlags extends LimitFlags {
  readonly property: string
  readonly vary: readonly string[]
  readonly scenario: string
  readonly given?: readonly string[]
  readonly workers: string
  readonly maxSearches: string
  readonly save?: string
  readonly resume?: string
  readonly format: string
  readonly json?: boolean
}

const FORMATS = ['text', 'json', 'svg']

/** `doublejump bounds`: where a property holds, and the runs that say where not. */
async function boundsCommand(target: string, flags: BoundsFlags): Promise<number> {
  const format = flags.json === true ? 'json' : flags.format
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  const vary = flags.vary.map(variedIn)
  if (format === 'svg' && vary.length !== 2) throw errors.notTwo(vary.length)
  const given = givenBy({ given: flags.given ?? [], timed: true }).time!
  mustBeApart(vary, given)
  const { scenario, property } = flags
  const grid = new Grid(vary)
  const { seconds, ...limits } = limitsFrom(flags)
  const question: AskedOf = {
    command: 'bounds',
    target,
    scenario,
    property,
    vary: vary.map((one) => ({ ...one })),
    given,
    maxStates: limits.states ?? null,
    maxMemory: limits.memory ?? null,
  }
  const workers = wholeNumber('--workers', flags.workers)
  const most = wholeNumber('--max-searches', flags.maxSearches)
  const before = flags.resume === undefined ? [] : decidedIn(flags.resume, question, grid.all)
  const save = flags.save === undefined ? null : fileFor(flags.save)
  const asked: BoundsAsked = { scenario, property, vary, given, most, limits, ...(seconds && { seconds }) }
  const { bounds: found, decided } = await interruptible(() => decide(target, asked, workers, before))
  if (save !== null) saveDecided(save, question, decided)
  process.stdout.write(format === 'json' ? boundsJson(found) : format === 'svg' ? regionSvg(found) : boundsText(found))
  return found.complete ? EXIT.asExpected : EXIT.incomplete
}

/** @throws InputError where they cannot be gone on from */
function decidedIn(path: string, question: AskedOf, all: GridBox): readonly DecidedBox[] {
  const decided = readDecided<DecidedBox>(path, question, (one) => problemOfBox(one, all))
  if (decided.length > 0 && !decided.some(({ box }) => String(box) === String(all)))
    throw errors.notDecided(path, question.command, 'the whole grid is not among its searches.')
  return decided
}

/** Asks threads for the boxes that are due. */
async function decide(target: string, asked: BoundsAsked, workers: number, decided: readonly DecidedBox[]) {
  const name = `${target} · ${asked.scenario} · ${asked.property}`
  const [outcome] = await runPart(aboutBoundsTask, [{ target, ...asked }], 1, () => name)
  const about = foundIn(outcome!)
  const { vary } = asked
  const grid = new Grid(vary)
  const search: SearchBoxes = async (boxes) => {
    const givens = boxes.map((one) => ({ target, asked: about, ...one }))
    const outcomes = await runPart(boxTask, givens, workers, ({ box }) =>
      [name, ...grid.valuesOf(box).map(([from, to], i) => `${vary[i]!.name} ${from}..${to}`)].join(' · '),
    )
    return outcomes.map((one) => () => foundIn(one))
  }
  const standing = (points: number, of: number): void => standsAt(`${points}/${of} points`)
  return boundsByOthers(about, asked, { search, atOnce: workers, decided, standing }, { ...wallClock, interrupted })
}

function foundIn<Found>(outcome: Outcome<Found>): Found {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
}

/** Each parameter is given, or varies, once. */
function mustBeApart(vary: readonly Varied[], given: Given): void {
  const names = vary.map(({ name }) => name)
  const again = names.find((name, i) => names.indexOf(name) !== i)
  if (again !== undefined) throw errors.variedTwice(again)
  const both = names.find((name) => given[name] !== undefined)
  if (both !== undefined) throw errors.givenAndVaried(both)
}

/** 'T_h=0..2000/50'. */
function variedIn(text: string): Varied {
  const [, range = '', step] = /^(.*?)(?:\/([^/=]*))?$/.exec(text) ?? []
  const [name, [from, to]] = intervalIn('--vary', range)
  if (to === null) throw errors.withoutEnd(name)
  const by = step === undefined ? 1 : wholeNumber(`The step of --vary ${name}`, step)
  if ((to - from) % by !== 0) throw errors.stepsPastEnd(name, from, to, by)
  return { name, from, to, step: by }
}
