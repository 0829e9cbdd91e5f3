import { Command } from 'commander'
import { commandsFor } from './commands.ts'
import { EXIT } from './exit.ts'
import { keepAnswers } from './kept.ts'
import { wholeNumber } from './options.ts'
import { allowSilence } from './threads.ts'
import { version } from './version.ts'

/**
 * Does what a command line asks; it may be asked again in the same process.
 *
 * @param args what comes after the program's name
 * @returns the exit code
 * @throws InputError, or CommanderError, which has been told by then
 */
export async function run(args: readonly string[]): Promise<number> {
  let code: number = EXIT.asExpected
  const program = new Command('doublejump')
    .description(
      'Model checking for mobility signaling: what happens when both ends of a session move at about the same time.',
    )
    .version(version)
    .option(
      '--max-silence <seconds>',
      'end a search, or the loading of a file, that gives no sign of life (default 30)',
    )
    .option('--no-cache', 'search anew what an earlier run has found, and keep nothing for the next one')
    .hook('preAction', (_, command) => {
      const { maxSilence, cache } = command.optsWithGlobals<{ maxSilence?: string; cache: boolean }>()
      keepAnswers(cache)
      allowSilence(maxSilence === undefined ? undefined : wholeNumber('--max-silence', maxSilence))
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 all as expected, 10 bad input, 11 deadlock, 12 safety violated, 13 liveness violated,\n14 an expected violation did not show, 15 vacuous, 16 incomplete, 75 a spec threw, 255 internal.',
    )
  // What comes before a command is known without it.
  const [name] = program.parseOptions([...args]).operands
  for (const register of await commandsFor(name))
    register(program, async (found) => {
      code = await found
    })
  await program.parseAsync(args, { from: 'user' })
  return code
}
