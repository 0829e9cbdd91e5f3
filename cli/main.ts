import { Command } from 'commander'
import { bounds } from './bounds.ts'
import { breaks } from './breaks.ts'
import { check } from './check.ts'
import { claims } from './claims.ts'
import { compare } from './compare.ts'
import { conform } from './conform.ts'
import { costs } from './costs.ts'
import { coverage } from './coverage.ts'
import { durations } from './durations.ts'
import { endWith } from './end.ts'
import { EXIT } from './exit.ts'
import { explain } from './explain.ts'
import { exporting } from './export.ts'
import { figures } from './figures.ts'
import { graph } from './graph.ts'
import { init } from './init.ts'
import { inspect } from './inspect.ts'
import { keepNothing } from './kept.ts'
import { list } from './list.ts'
import { merge } from './merge.ts'
import { odds } from './odds.ts'
import { wholeNumber } from './options.ts'
import { replay } from './replay.ts'
import { runJob } from './run-job.ts'
import { simulate } from './simulate.ts'
import { tests } from './tests.ts'
import { allowSilence } from './threads.ts'
import { version } from './version.ts'
import { worker } from './worker.ts'

/** In the order of the help. */
const commands = [
  check,
  runJob,
  merge,
  worker,
  list,
  explain,
  inspect,
  breaks,
  bounds,
  durations,
  simulate,
  odds,
  costs,
  replay,
  coverage,
  tests,
  conform,
  exporting,
  graph,
  compare,
  claims,
  figures,
  init,
]

const program = new Command('doublejump')
  .description(
    'Model checking for mobility signaling: what happens when both ends of a session move at about the same time.',
  )
  .version(version)
  .option('--max-silence <seconds>', 'end a search, or the loading of a file, that gives no sign of life (default 30)')
  .option('--no-cache', 'search anew what an earlier run has found, and keep nothing for the next one')
  .hook('preAction', (_, command) => {
    const { maxSilence, cache } = command.optsWithGlobals<{ maxSilence?: string; cache: boolean }>()
    if (!cache) keepNothing()
    if (maxSilence !== undefined) allowSilence(wholeNumber('--max-silence', maxSilence))
  })
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    '\nExit codes: 0 all as expected, 10 bad input, 11 deadlock, 12 safety violated, 13 liveness violated,\n14 an expected violation did not show, 15 vacuous, 16 incomplete, 75 a spec threw, 255 internal.',
  )

/** What the command that ran ended with. */
let code: number = EXIT.asExpected

for (const register of commands)
  register(program, async (found) => {
    code = await found
  })

endWith(async () => {
  await program.parseAsync()
  return code
})
