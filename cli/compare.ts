import { compareTask } from '../analysis/tasks/compare.ts'
import { type Comparison, comparisonSvg, ladder } from '../counterexamples/index.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { runTask } from './threads.ts'

export const compare: Register = (program, end) => {
  program
    .command('compare')
    .summary("where a fix bites: one variant's counterexample replayed on another")
    .description(
      'Shows a least run that violates a property of the first variant, and what becomes of it in the second.',
    )
    .argument('<variant>', 'protocol/variant whose counterexample is shown')
    .argument('<other>', 'protocol/variant on which it is replayed')
    .requiredOption('--property <name>', 'which property')
    .option('--scenario <name>', 'in which scenario (default: the first that both have in which there is a run)')
    .option('--format <name>', 'text, svg or json', 'text')
    .addHelpText(
      'after',
      '\nExample:\n  doublejump compare sip-paper/direct sip-paper/interceptor --property binding-eventually-correct --format svg > bites.svg',
    )
    .action((left: string, right: string, flags: CompareFlags) => end(compareCommand(left, right, flags)))
}

interface CompareFlags {
  readonly property: string
  readonly scenario?: string
  readonly format?: string
}

const formats: Readonly<Record<string, (comparison: Comparison) => string>> = {
  text: (comparison) => {
    const paint = paintFor(process.stdout)
    return [comparison.sentence, '', ladder(comparison.left, paint), ladder(comparison.right, paint)].join('\n')
  },
  svg: comparisonSvg,
  json: (comparison) => `${JSON.stringify({ version: 1, ...comparison }, null, 2)}\n`,
}

/** `doublejump compare`: a counterexample of one variant, replayed on another: where the fix bites. */
async function compareCommand(left: string, right: string, flags: CompareFlags): Promise<number> {
  const render = formats[flags.format ?? 'text']
  if (render === undefined) throw errors.notAFormat(flags.format!, Object.keys(formats))
  const { property, scenario } = flags
  const comparison = await runTask(compareTask, { broken: left, fixed: right, property, scenario })
  if (comparison === null) {
    process.stderr.write(`There is no run of ${left} that violates '${flags.property}' to replay on ${right}.\n`)
    return EXIT.asExpected
  }
  if ('notKnown' in comparison) {
    process.stderr.write(
      `It is not known where ${right} differs: ${comparison.notKnown}. A smaller scenario (--scenario) may tell.\n`,
    )
    return EXIT.incomplete
  }
  process.stdout.write(render(comparison))
  return EXIT.asExpected
}
