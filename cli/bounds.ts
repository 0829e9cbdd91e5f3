import { boundsTask } from '../analysis/tasks/bounds.ts'
import type { Bounds } from '../analysis/timing/bounds.ts'
import { Grid, type Varied } from '../analysis/timing/grid.ts'
import { conjunction, type Linear } from '../analysis/timing/linear.ts'
import { regionSvg } from '../analysis/timing/region-svg.ts'
import { ladder, noPaint, sentence } from '../counterexamples/index.ts'
import { type Register, several, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { runTask } from './threads.ts'
import { givenBy, intervalIn } from './timing.ts'

export const bounds: Register = (program, end) => {
  withLimits(
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
      .option('--max-searches <n>', 'in all: what is left after that is not known', '5000')
      .option('--format <name>', 'text, json, or svg (of two parameters)', 'text')
      .option('--json', 'the same as --format json'),
  )
    .addHelpText(
      'after',
      "\nExamples:\n  doublejump bounds mip-lr/revised-answers --property binding-eventually-correct --vary 'revision window=0..2000/100'\n  doublejump bounds mip-lr/revised-answers --property binding-eventually-correct --vary 'revision window=0..300/10' --vary 'blackout(b)=0..300/10' --given d=25 --given 'blackout(a)=100'\n\n'doublejump list <variant> --timed' shows what may be given or varied.",
    )
    .action((variant: string, flags: BoundsFlags) => end(boundsCommand(variant, flags)))
}

interface BoundsFlags extends LimitFlags {
  readonly property: string
  readonly vary: readonly string[]
  readonly scenario?: string
  readonly given?: readonly string[]
  readonly maxSearches?: string
  readonly format?: string
  readonly json?: boolean
}

const FORMATS = ['text', 'json', 'svg']

/** `doublejump bounds`: where a property holds, and the runs that say where not. */
async function boundsCommand(target: string, flags: BoundsFlags): Promise<number> {
  const format = flags.json === true ? 'json' : (flags.format ?? 'text')
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  const vary = flags.vary.map(variedIn)
  if (format === 'svg' && vary.length !== 2) throw errors.notTwo(vary.length)
  const given = givenBy({ given: flags.given ?? [], timed: true }).time!
  const both = vary.find(({ name }) => given[name] !== undefined)
  if (both !== undefined) throw errors.givenAndVaried(both.name)
  const found = await runTask(boundsTask, {
    target,
    scenario: flags.scenario ?? 'both-move',
    property: flags.property,
    vary,
    given,
    most: wholeNumber('--max-searches', flags.maxSearches ?? '5000'),
    limits: limitsFrom(flags),
  })
  process.stdout.write(format === 'json' ? asJson(found) : format === 'svg' ? regionSvg(found) : told(found))
  return found.complete ? EXIT.asExpected : EXIT.incomplete
}

/** 'T_h=0..2000/50'. */
function variedIn(text: string): Varied {
  const [, range = '', step] = /^(.*?)(?:\/([^/=]*))?$/.exec(text) ?? []
  const [name, [from, to]] = intervalIn('--vary', range)
  if (to === null) throw errors.withoutEnd(name)
  return { name, from, to, step: step === undefined ? 1 : wholeNumber(`The step of --vary ${name}`, step) }
}

const where = ({ parameters }: Bounds, forms: readonly Linear[]): string =>
  conjunction(
    forms,
    parameters.map(({ name }) => name),
  )

function told(found: Bounds): string {
  const { target, scenario, property, parameters, regions, summary, shows, verdicts, searches, complete, assumptions } =
    found
  const count = (wanted: boolean | null): number => verdicts.filter((verdict) => verdict === wanted).length
  const other = shows === 'fails' ? 'holds' : 'fails'
  const first = regions[0]
  return [
    `${target} · ${scenario}, timed · ${property}`,
    ...parameters.map(
      ({ name, from, to, step }) => `  ${name} from ${from} to ${to} ms${step === 1 ? '' : `, ${step} apart`}`,
    ),
    '',
    ...(regions.length === 0
      ? [
          count(shows === 'fails') === 0
            ? 'No point was decided.'
            : `It ${other} at every point${complete ? '' : ' that was decided'}.`,
        ]
      : [
          ...(summary.some((forms) => forms.length === 0)
            ? [`It ${shows} everywhere.`]
            : [
                `It ${shows} where`,
                ...summary.map((forms, i) => `  ${i === 0 ? '' : 'or '}${where(found, forms)}`),
                `and ${other} at all other points${complete ? '' : ' that were decided'}. At equality it ${shows}: of two things that are due at the same instant, any comes first.`,
              ]),
          '',
          'A run for each part of that:',
          ...regions.flatMap(({ forms, story }) => [`  ${where(found, forms)}`, `      ${sentence(story)}`]),
        ]),
    '',
    `${verdicts.length} points: it holds at ${count(true)}, fails at ${count(false)}${count(null) === 0 ? '' : `, is not known at ${count(null)}`}; ${searches} searches.${complete ? '' : ' INCOMPLETE: not every point was decided.'}`,
    ...table(found),
    '',
    `Assumed: ${assumptions.join(' · ')}`,
    '',
    ...(first === undefined ? [] : [ladder(first.story, noPaint)]),
  ].join('\n')
}

const MOST_COLUMNS = 100
const SIGN = (verdict: boolean | null): string => (verdict === null ? '?' : verdict ? '+' : '·')

/** One line a value of the first of two parameters; of one, a line. */
function table({ parameters, verdicts }: Bounds): string[] {
  const [first, second, ...more] = parameters
  if (more.length > 0) return []
  const across = second ?? first!
  const columns = Math.floor((across.to - across.from) / across.step) + 1
  if (columns > MOST_COLUMNS) return []
  const rows = Array.from({ length: verdicts.length / columns }, (_, row) =>
    verdicts
      .slice(row * columns, (row + 1) * columns)
      .map(SIGN)
      .join(''),
  )
  const labels = rows.map((_, row) => (second === undefined ? '' : String(first!.from + row * first!.step)))
  const width = Math.max(...labels.map((label) => label.length))
  return [
    '',
    `  + holds, · fails; ${across.name} from left to right${second === undefined ? '' : `, ${first!.name} downwards`}`,
    ...rows.map((row, i) => `  ${labels[i]!.padStart(width)} ${row}`),
  ]
}

function asJson(found: Bounds): string {
  const {
    target,
    scenario,
    property,
    parameters,
    given,
    assumptions,
    regions,
    summary,
    shows,
    verdicts,
    searches,
    complete,
  } = found
  const names = parameters.map(({ name }) => name)
  const points: object[] = []
  const grid = new Grid(parameters)
  grid.each(grid.all, (i, point) => {
    points.push({ at: Object.fromEntries(names.map((name, k) => [name, point[k]!])), holds: verdicts[i] })
  })
  const document = {
    version: 1,
    variant: target,
    scenario,
    property,
    parameters: Object.fromEntries(parameters.map(({ name, from, to, step }) => [name, { from, to, step }])),
    given,
    assumptions,
    ties: `at equality it ${shows}`,
    points,
    summary: summary.map((forms) => where(found, forms)),
    inequalities: regions.map(({ forms, story }) => ({
      text: where(found, forms),
      [shows]: 'where all of these are at most 0',
      coefficients: forms.map(({ constant, coefficients }) => ({
        constant,
        ...Object.fromEntries(names.map((name, k) => [name, coefficients[k]!])),
      })),
      run: story,
    })),
    searches,
    complete,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
