import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Exact } from '../analysis/odds/exact.ts'
import { type Tally, together } from '../analysis/odds/odds.ts'
import { aboutOddsTask, drawOddsTask, exactOddsTask } from '../analysis/tasks/odds.ts'
import type { Outcome } from '../analysis/threads/task.ts'
import { type Register, several } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { folderFor, write } from './files.ts'
import { oddsSvg } from './odds-svg.ts'
import { type OddsFound, type OddsHead, oddsCsv, oddsJson, oddsText } from './odds-text.ts'
import { wholeNumber } from './options.ts'
import { interrupted, runTask, runTasks } from './threads.ts'

export const odds: Register = (program, end) => {
  program
    .command('odds')
    .summary('how likely it is, and how long it takes, where times are random')
    .description(
      'Draws runs in which latencies, handoffs, timers and losses are as likely as is said, and tells how often a property holds and how long a repair takes; with --exact, goes through all that chance may do.',
    )
    .argument('<variants...>', 'protocol/variant, one or several side by side')
    .requiredOption('--property <name>', 'which property')
    .option('--scenario <name>', 'in which scenario', 'both-move')
    .option(
      '--given <name=time>',
      'how long it takes, in milliseconds: 25, 10..40, 10..40/5, 10|20, exp(600000), pareto(1.5,1000); of hosts that move together: leaves(a)+0..200; what is not given is as its standard says, all times of an interval alike (repeatable)',
      several,
    )
    .option('--loss <chance>', 'how likely it is that a packet is lost on its way', '0')
    .option('--runs <n>', 'drawn runs of each variant', '10000')
    .option('--seed <n>', 'the same seed draws the same runs (default: a new one, which is told)')
    .option('--horizon <s>', 'a run is judged so many seconds after the last move, if it has not come to an end', '600')
    .option('--exact', 'no runs: all that chance may do, where each time is one of finitely many')
    .option('--prism <folder>', "with --exact, of one variant: writes what was gone through as PRISM's explicit files")
    .option('--workers <n>', 'threads; what comes out does not depend on it', '2')
    .option('--format <name>', 'text, json, or which share of the runs has it by when: csv, svg', 'text')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      "\nExamples:\n  doublejump odds sip/direct sip/resend-replace-branch --property session-survives --given 'leaves(a)=5000' --given 'leaves(b)=0..10000'\n  doublejump odds mip-lr/direct --property binding-eventually-correct --given d=25 --given blackout=100 --given 'leaves(a)=1000' --given 'leaves(b)=0..2000/5' --exact\n\n'doublejump list <variant> --timed' shows what may be given.",
    )
    .action((variants: readonly string[], flags: OddsFlags) => end(oddsCommand(variants, flags)))
}

interface OddsFlags {
  readonly property: string
  readonly scenario: string
  readonly given?: readonly string[]
  readonly loss: string
  readonly runs: string
  readonly seed?: string
  readonly horizon: string
  readonly exact?: boolean
  readonly prism?: string
  readonly workers: string
  readonly format: string
  readonly json?: boolean
}

const FORMATS = ['text', 'json', 'csv', 'svg']
const MOST_SEED = 2 ** 31 - 1

/** `doublejump odds`: how likely it is. */
async function oddsCommand(targets: readonly string[], flags: OddsFlags): Promise<number> {
  const format = flags.json === true ? 'json' : flags.format
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  if (flags.prism !== undefined && (flags.exact !== true || targets.length > 1)) throw errors.prismOfOne()
  const { scenario, property } = flags
  const asked = { scenario, property, given: givenIn(flags.given ?? []), loss: chanceIn('--loss', flags.loss) }
  const drawing = {
    runs: wholeNumber('--runs', flags.runs),
    seed: flags.seed === undefined ? randomInt(1, MOST_SEED) : wholeNumber('--seed', flags.seed),
    horizon: 1000 * wholeNumber('--horizon', flags.horizon),
  }
  const workers = wholeNumber('--workers', flags.workers)
  const folder = flags.prism === undefined ? null : folderFor(flags.prism)
  const told = new Set<string>()
  for (const target of targets) for (const one of await runTask(aboutOddsTask, { target, ...asked })) told.add(one)
  const found: OddsFound[] = []
  for (const target of targets) {
    if (interrupted()) break
    if (flags.exact === true) {
      const exact: Exact = await runTask(exactOddsTask, {
        target,
        ...asked,
        horizon: drawing.horizon,
        prism: folder !== null,
      })
      if (folder !== null) writePrism(folder, exact)
      found.push({ target, tally: null, exact })
      continue
    }
    const shares = Array.from({ length: workers }, (_, first) => ({
      target,
      ...asked,
      ...drawing,
      share: { first, every: workers },
    }))
    const outcomes = await runTasks(drawOddsTask, shares, workers, () => `${target} · ${scenario} · ${property}`)
    found.push({ target, tally: together(outcomes.map(foundOf)), exact: null })
  }
  const head: OddsHead = { scenario, property, told: [...told], loss: asked.loss, ...drawing }
  process.stdout.write(
    format === 'json'
      ? oddsJson(head, found)
      : format === 'csv'
        ? oddsCsv(found)
        : format === 'svg'
          ? await oddsSvg(head, found)
          : oddsText(head, found),
  )
  const cut = found.length < targets.length || found.some(({ tally }) => tally !== null && tally.runs < drawing.runs)
  return cut ? EXIT.incomplete : EXIT.asExpected
}

/** `model.tra`, `model.lab` and `model.props`: 'prism -importmodel model.tra,lab -mdp model.props'. */
function writePrism(folder: string, { prism }: Exact): void {
  for (const [ending, text] of Object.entries(prism!)) write(join(folder, `model.${ending}`), text)
}

function foundOf(outcome: Outcome<Tally>): Tally {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
}

/** 'leaves(b)=exp(600000)'. */
function givenIn(texts: readonly string[]): Readonly<Record<string, string>> {
  const given: Record<string, string> = {}
  for (const text of texts) {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? []
    if (name === undefined || value === undefined) throw errors.notGiven('--given', text)
    if (given[name.trim()] !== undefined) throw errors.givenTwice(name.trim())
    given[name.trim()] = value.trim()
  }
  return given
}

function chanceIn(option: string, text: string): number {
  const chance = Number(text)
  if (text.trim() === '' || Number.isNaN(chance)) throw errors.notAChance(option, text)
  return chance
}
