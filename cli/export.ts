import { basename, extname } from 'node:path'
import { EXPORT_FORMATS, type ExportFormat } from '../analysis/export/index.ts'
import { runSpin } from '../analysis/export/promela.ts'
import { isModuleName, RUN_TLC } from '../analysis/export/tla-config.ts'
import { exportTask } from '../analysis/tasks/export.ts'
import { type Register, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { fileFor, write } from './files.ts'
import { type LimitFlags, limitsFrom } from './options.ts'
import { runTask } from './threads.ts'

export const exporting: Register = (program, end) => {
  withLimits(
    program
      .command('export')
      .summary("a variant as another checker's model")
      .description(
        'Searches a variant in a scenario and writes what its rules say of all that can be reached as another checker has it: small integers with their meaning in comments, rules as tables, patience as guards, and what is claimed of states and steps. How to run it is in its first lines, or in docs/cross-checks.md.',
      )
      .argument('<variant>', 'protocol/variant, or a .ts file of your own')
      .requiredOption('--scenario <name>', 'one of its scenarios; without time')
      .option(
        '--format <name>',
        `${EXPORT_FORMATS.join(', ')}: for SPIN, for SPIN with what is claimed of whole runs, for Rumur, for TLC, for CADP and mCRL2, for Graphviz`,
        'promela',
      )
      .option('--out <file>', 'write it there; of tla, the .cfg beside it as well'),
  )
    .addHelpText(
      'after',
      `\nExample:\n  doublejump export sip/direct --scenario both-move --out model.pml\n  ${runSpin()}\n  doublejump export sip/direct --scenario both-move --format tla --out model.tla\n  ${RUN_TLC}`,
    )
    .action((variant: string, flags: ExportFlags) => end(exportCommand(variant, flags)))
}

interface ExportFlags extends LimitFlags {
  readonly scenario: string
  readonly format: string
  readonly out?: string
}

/** `doublejump export`: the model for another checker, on standard output or in a file. */
async function exportCommand(target: string, flags: ExportFlags): Promise<number> {
  const { scenario, format, out } = flags
  if (!isFormat(format)) throw errors.notAFormat(format, [...EXPORT_FORMATS])
  const file = out === undefined ? null : fileFor(out)
  const named = file === null ? {} : { name: format === 'tla' ? moduleOf(file) : basename(file) }
  const { text, beside, states, transitions } = await runTask(exportTask, {
    target,
    scenario,
    format,
    limits: limitsFrom(flags),
    ...named,
  })
  if (file === null) process.stdout.write(text)
  else {
    write(file, text)
    if (beside !== null) write(`${withoutEnding(file)}.${beside.ending}`, beside.text)
  }
  process.stderr.write(
    `${states} states, ${transitions} transitions: another checker should come to as many${format === 'murphi' ? ', but for Rumur where a claim fails: it ends there' : ''}.\n`,
  )
  return EXIT.asExpected
}

const isFormat = (name: string): name is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(name)

const withoutEnding = (file: string): string => file.slice(0, file.length - extname(file).length)

/** A module of TLA+ is called as its file. */
function moduleOf(file: string): string {
  if (extname(file) !== '.tla') throw errors.noTlaFile(file)
  const name = basename(withoutEnding(file))
  if (!isModuleName(name)) throw errors.notAModule(name)
  return name
}
