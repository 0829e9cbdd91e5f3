import { join } from 'node:path'
import type { Figure } from '../claims/figures/figure.ts'
import { figures as all, figuresOf } from '../claims/figures/index.ts'
import type { Made } from '../claims/figures/made.ts'
import { valuesOf } from '../claims/figures/parameters.ts'
import { figureTask } from '../claims/figures/task.ts'
import { titleOf } from '../claims/figures/title.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { folderFor, write } from './files.ts'
import { runTasks } from './threads.ts'

export const figures: Register = (program, end) => {
  program
    .command('figures')
    .summary("the papers' figures, redrawn, for any parameters")
    .description(
      'Redraws figures and tables of the five papers from runs of the model and from exact formulas; without a name, lists them with their parameters.',
    )
    .argument('[figure...]', 'a figure, for example 003-fig-5, or a paper: 000, 001, 002, 003, 004')
    .option('--set <name=value...>', 'a parameter of the figure, for example alpha=0.3')
    .option('--out <folder>', 'an SVG of each there, and its numbers as CSV beside it')
    .option('--csv', 'the numbers to standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump figures 003-fig-5 --set alpha=0.3\n  doublejump figures 000-fig-6a --set gaps="uniform(0, 2)" --out figures\n  doublejump figures 000 --out figures',
    )
    .action((names: string[], flags: FiguresFlags) => end(figuresCommand(names, flags)))
}

interface FiguresFlags {
  readonly set?: readonly string[]
  readonly out?: string
  readonly csv?: boolean
}

/** `doublejump figures`: the list, or figures made now. */
async function figuresCommand(names: readonly string[], { set = [], out, csv }: FiguresFlags): Promise<number> {
  const asked = names.length === 0 && out !== undefined ? all : names.flatMap((name) => figuresOf(name))
  if (asked.length === 0) {
    process.stdout.write(`${all.map(listed).join('')}\n`)
    return EXIT.asExpected
  }
  // What cannot be set is said before anything is searched.
  for (const figure of asked) valuesOf(figure.id, figure.kind === 'chart' ? figure.parameters : {}, set)
  const folder = out === undefined ? null : folderFor(out)
  const drawn = asked.filter(({ kind }) => kind !== 'none')
  const outcomes = await runTasks(
    figureTask,
    drawn.map(({ id }) => ({ id, set })),
    2,
    ({ id }) => id,
  )
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') throw outcome.error
    process.stdout.write(folder === null ? shown(outcome.found!, csv === true) : written(outcome.found!, folder))
  }
  for (const figure of asked) if (figure.kind === 'none') process.stdout.write(listed(figure))
  return EXIT.asExpected
}

const shown = (made: Made, csv: boolean): string => (csv ? made.csv : `${made.text}\n`)

function written({ id, svg, csv }: Made, folder: string): string {
  const [picture, numbers] = [join(folder, `${id}.svg`), join(folder, `${id}.csv`)]
  write(picture, svg)
  write(numbers, csv)
  return `${picture}\n${numbers}\n`
}

/** A figure in the list: what it shows, and what may be set. */
function listed(figure: Figure): string {
  const head = `${figure.id.padEnd(16)} ${titleOf(figure)}\n`
  const indented = (text: string): string => `${''.padEnd(17)}${text}\n`
  switch (figure.kind) {
    case 'none':
      return head + indented(`not drawn: ${figure.because}`)
    case 'flow':
      return head + indented(figure.shows)
    case 'chart':
      return (
        head +
        Object.entries(figure.parameters)
          .map(([name, { means, usual }]) => indented(`--set ${name}=${usual ?? '…'}  ${means}`))
          .join('')
      )
  }
}
