import { durationTask } from '../analysis/tasks/durations.ts'
import { type Duration, extremeInWords, type ToldExtreme } from '../analysis/timing/durations.ts'
import { MEASURES, type MeasureName } from '../analysis/timing/measure.ts'
import { ladder, noPaint } from '../counterexamples/index.ts'
import { type Register, several, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { runTask } from './threads.ts'
import { givenBy } from './timing.ts'

const NAMES = Object.keys(MEASURES) as MeasureName[]

export const durations: Register = (program, end) => {
  withLimits(
    program
      .command('durations')
      .summary('how long something takes, at least and at most, with the run of each')
      .description(
        `Finds, with a clock, the shortest and the longest of a duration over all runs, exactly:\n${NAMES.map((name) => `  ${name.padEnd(8)}${MEASURES[name]}`).join('\n')}`,
      )
      .argument('<variant>', 'protocol/variant')
      .requiredOption('--property <name>', 'of which property')
      .option('--measure <name>', `${NAMES.join(', ')}: repair, or of a property that is never to fail, lasts`)
      .option('--scenario <name>', 'in which scenario', 'both-move')
      .option('--given <name=ms>', 'what is not as usual (repeatable)', several)
      .option('--at-most <ms>', 'ends with 12 where it can be longer, and with 0 where not')
      .option('--format <name>', 'text or json', 'text')
      .option('--json', 'the same as --format json'),
  )
    .addHelpText(
      'after',
      "\nExamples:\n  doublejump durations sip/direct --property session-survives --given d=25\n  doublejump durations sip/resend-replace-branch --property binding-eventually-correct --given d=25 --at-most 5000\n\n'doublejump list <variant> --timed' shows what may be given.",
    )
    .action((variant: string, flags: DurationFlags) => end(durationsCommand(variant, flags)))
}

interface DurationFlags extends LimitFlags {
  readonly property: string
  readonly measure?: string
  readonly scenario: string
  readonly given?: readonly string[]
  readonly atMost?: string
  readonly format: string
  readonly json?: boolean
}

const FORMATS = ['text', 'json']

/** `doublejump durations`: the shortest and the longest that it takes. */
async function durationsCommand(target: string, flags: DurationFlags): Promise<number> {
  const format = flags.json === true ? 'json' : flags.format
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  const measure = flags.measure as MeasureName | undefined
  if (measure !== undefined && !NAMES.includes(measure)) throw errors.notAMeasure(measure, NAMES)
  const atMost = flags.atMost === undefined ? null : wholeNumber('--at-most', flags.atMost, 0)
  const asked = {
    target,
    scenario: flags.scenario,
    property: flags.property,
    ...(measure !== undefined && { measure }),
    given: givenBy({ given: flags.given ?? [], timed: true }).time!,
    limits: limitsFrom(flags),
  }
  const found = await runTask(durationTask, asked, `${target} · ${flags.scenario} · ${flags.property}`)
  const longer = atMost === null ? null : isLonger(found, atMost)
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ version: 1, ...found, atMost, isLonger: longer }, null, 2)}\n`
      : told(found, atMost, longer),
  )
  if (longer === true) return EXIT.safety
  return found.complete ? EXIT.asExpected : EXIT.incomplete
}

/** Null where that is not known: what was found is not longer, and not all was searched. */
function isLonger({ longest, complete }: Duration, atMost: number): boolean | null {
  if (longest !== null && (longest.milliseconds ?? Number.POSITIVE_INFINITY) > atMost) return true
  return complete ? false : null
}

function told(found: Duration, atMost: number | null, longer: boolean | null): string {
  const { target, scenario, property, measure, shortest, longest, searches, complete, assumptions } = found
  const line = (name: string, extreme: ToldExtreme | null): string =>
    `  ${name.padEnd(12)}${extreme === null ? (complete ? 'in no run' : 'not known') : extremeInWords(extreme)}`
  return [
    `${target} · ${scenario}, timed · ${property}`,
    `  ${measure}: ${MEASURES[measure]}`,
    '',
    line('at least', shortest),
    line('at most', longest),
    ...(atMost === null
      ? []
      : [
          `  ${longer === null ? 'not known whether longer' : longer ? 'longer' : 'not longer'} than the ${atMost.toLocaleString('en')} ms that were asked for`,
        ]),
    '',
    `${searches} ${searches === 1 ? 'search' : 'searches'}.${complete ? '' : ' INCOMPLETE: some search did not come to its end, so that there may be shorter and longer ones.'}`,
    '',
    ...(longest === null && shortest === null ? [`Assumed: ${assumptions.join(' · ')}`, ''] : []),
    ...runOf('The longest', longest),
    ...runOf('The shortest', shortest),
  ].join('\n')
}

const runOf = (name: string, extreme: ToldExtreme | null): string[] =>
  extreme === null ? [] : [`${name}:`, '', ladder(extreme.story, noPaint)]
