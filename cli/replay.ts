import { createColors } from 'picocolors'
import { storyFiles } from '../analysis/load/stories.ts'
import { type ReplayFound, type ReplayGiven, replayTask } from '../analysis/tasks/replay.ts'
import type { Outcome } from '../analysis/threads/task.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { wholeNumber } from './options.ts'
import { runTasks } from './threads.ts'

interface ReplayFlags {
  readonly file?: string
  readonly workers?: string
  readonly json?: boolean
}

export const replay: Register = (program, end) => {
  program
    .command('replay')
    .summary("saved counterexamples against today's model")
    .description(
      "Takes the steps of saved counterexamples in today's model: each still happens, or it does not, and from which step on. Exit codes: 0 all still happen, 12 one does not, 10 one cannot be read or asked.",
    )
    .argument('<trace...>', "what 'explain --format json' or 'check --out' wrote, or a folder of it")
    .option('--file <path>', 'the .ts file that the protocol is in, where the trace does not name it')
    .option('--workers <n>', 'traces at a time', '2')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nA trace of a protocol of your own names its file, which is loaded: replay traces that you trust.\n\nExamples:\n  doublejump check my-protocol.ts --out report\n  doublejump replay report/counterexamples',
    )
    .action((paths: string[], flags: ReplayFlags) => end(replayCommand(paths, flags)))
}

/** `doublejump replay`: is what was once found still so? */
async function replayCommand(paths: readonly string[], flags: ReplayFlags): Promise<number> {
  const given = paths.flatMap(storyFiles).map((path): ReplayGiven => ({ path, file: flags.file }))
  const outcomes = await runTasks(replayTask, given, wholeNumber('--workers', flags.workers ?? '2'), ({ path }) => path)
  const code = codeOf(outcomes)
  process.stdout.write(flags.json === true ? asJson(given, outcomes, code) : told(given, outcomes))
  return code
}

function codeOf(outcomes: readonly Outcome<ReplayFound>[]): number {
  if (outcomes.some(({ kind }) => kind === 'failed')) return EXIT.badInput
  return outcomes.every(stillHappens) ? EXIT.asExpected : EXIT.safety
}

const stillHappens = (outcome: Outcome<ReplayFound>): boolean =>
  outcome.kind === 'done' && outcome.found.replayed.kind === 'still happens'

function asJson(given: readonly ReplayGiven[], outcomes: readonly Outcome<ReplayFound>[], exitCode: number): string {
  const traces = outcomes.map((outcome, i) => {
    const { path } = given[i]!
    if (outcome.kind === 'failed') return { path, verdict: 'failed', error: outcome.error.message }
    const { replayed, ...asked } = outcome.found
    const { kind, ...rest } = replayed
    return { path, ...asked, verdict: kind, ...rest }
  })
  return `${JSON.stringify({ version: 1, exitCode, traces }, null, 2)}\n`
}

function told(given: readonly ReplayGiven[], outcomes: readonly Outcome<ReplayFound>[]): string {
  const paint = createColors(process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '')
  const lines = outcomes.map((outcome, i) => {
    const { path } = given[i]!
    if (outcome.kind === 'failed') return `${paint.red('!')} ${path}: ${outcome.error.message}`
    const { replayed, target, scenario, property } = outcome.found
    const sign = replayed.kind === 'still happens' ? paint.green('✓') : paint.red('✗')
    return `${sign} ${path} (${target} · ${scenario} · ${property}): ${wordsFor(replayed)}`
  })
  return [...lines, `${outcomes.filter(stillHappens).length} of ${outcomes.length} still happen.`, ''].join('\n')
}

function wordsFor(replayed: ReplayFound['replayed']): string {
  switch (replayed.kind) {
    case 'still happens':
      return `still happens. ${replayed.reason}`
    case 'no longer violates':
      return `its steps can be taken, but it no longer violates it: ${replayed.because}.`
    case 'no longer possible': {
      const instead = replayed.instead.map((text) => `'${text}'`).join(', ')
      return `step ${replayed.step} is no longer possible: '${replayed.wanted}'. ${
        instead === '' ? 'Nothing can happen there.' : `The likeliest that is: ${instead}.`
      }`
    }
  }
}
