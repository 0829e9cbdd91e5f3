import { compareTask } from '../analysis/tasks/compare.ts'
import { type Comparison, comparisonSvg, ladder } from '../counterexamples/index.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { runTask } from './threads.ts'

export interface CompareFlags {
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
export async function compareCommand(left: string, right: string, flags: CompareFlags): Promise<number> {
  const render = formats[flags.format ?? 'text']
  if (render === undefined) throw errors.notAFormat(flags.format!, Object.keys(formats))
  const { property, scenario } = flags
  const comparison = await runTask(compareTask, { broken: left, fixed: right, property, scenario })
  if (comparison === null) {
    process.stderr.write(`There is no run of ${left} that violates '${flags.property}' to replay on ${right}.\n`)
    return EXIT.asExpected
  }
  process.stdout.write(render(comparison))
  return EXIT.asExpected
}
