import type { Decided } from '../analysis/assumptions/searches.ts'
import { MOST_AT_ONCE, MOST_STATES } from '../analysis/breaks.ts'
import { breaksTask } from '../analysis/tasks/breaks.ts'
import { breaksText } from './breaks-text.ts'
import type { Register } from './command.ts'
import { type AskedOf, problemOfStory, readDecided, saveDecided } from './decided-file.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { fileFor } from './files.ts'
import { wholeNumber } from './options.ts'
import { runTask } from './threads.ts'

export const breaks: Register = (program, end) => {
  program
    .command('breaks')
    .summary('what a verdict leans on, and what it takes to break a property')
    .description(
      'Of a property that holds, finds the minimal sets of assumptions without which it fails; of one that fails, those that would save it. And the least moves, losses, duplicates and reordering under which it fails.',
    )
    .argument('<variant>', 'protocol/variant')
    .requiredOption('--property <name>', 'which property')
    .option('--scenario <name>', 'whose assumptions are weakened or strengthened', 'both-move')
    .option('--most-at-once <n>', 'so many assumptions at once', String(MOST_AT_ONCE))
    .option('--max-states <n>', 'of each search; beyond that it is not known', String(MOST_STATES))
    .option('--max-seconds <n>', 'of all searches together; what was found by then is told')
    .option('--save <file>', 'write down what was decided')
    .option('--resume <file>', 'go on from what --save wrote')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump breaks hip/rvs-when-sent-again --property binding-eventually-correct\n  doublejump breaks sip/direct --property session-survives --max-seconds 60 --save sip.json\n  doublejump breaks sip/direct --property session-survives --resume sip.json',
    )
    .action((variant: string, flags: BreaksFlags) => end(breaksCommand(variant, flags)))
}

interface BreaksFlags {
  readonly property: string
  readonly scenario: string
  readonly mostAtOnce: string
  readonly maxStates: string
  readonly maxSeconds?: string
  readonly save?: string
  readonly resume?: string
  readonly json?: boolean
}

/** `doublejump breaks`: what a verdict leans on, and what it takes to break a property. */
async function breaksCommand(name: string, flags: BreaksFlags): Promise<number> {
  const states = wholeNumber('--max-states', flags.maxStates)
  const { scenario, property } = flags
  const asked: AskedOf = { command: 'breaks', target: name, scenario, property, maxStates: states }
  const mostAtOnce = wholeNumber('--most-at-once', flags.mostAtOnce)
  const seconds = flags.maxSeconds === undefined ? {} : { seconds: wholeNumber('--max-seconds', flags.maxSeconds) }
  const resumed = flags.resume === undefined ? {} : { decided: decidedIn(flags.resume, asked) }
  const save = flags.save === undefined ? null : fileFor(flags.save)
  const { breaks, decided } = await runTask(breaksTask, {
    target: name,
    property,
    scenario,
    states,
    mostAtOnce,
    ...seconds,
    ...resumed,
  })
  if (save !== null) saveDecided(save, asked, decided)
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ version: 2, ...breaks, target: name }, null, 2)}\n`
      : breaksText(name, breaks),
  )
  return breaks.complete && breaks.inScenario.kind !== 'not known' ? EXIT.asExpected : EXIT.incomplete
}

/** @throws InputError where they cannot be gone on from */
function decidedIn(path: string, asked: AskedOf): readonly Decided[] {
  const decided = readDecided<Decided>(path, asked, problemOf)
  if (decided.length > 0 && !decided.some(({ at }) => at === ''))
    throw errors.notDecided(path, asked.command, 'the scenario itself is not among its searches.')
  return decided
}

/** What is wrong with one of the searches that a file says were decided; null where nothing is. */
function problemOf(one: unknown): string | null {
  const { at, states, transitions, judged } = (one ?? {}) as Partial<Decided>
  if (typeof at !== 'string' || typeof states !== 'number' || typeof transitions !== 'number')
    return 'a search in it does not say what it was of.'
  switch (judged?.kind) {
    case 'holds':
    case 'vacuous':
      return null
    case 'not known':
      return typeof judged.because === 'string' ? null : 'a search in it does not say why nothing is known.'
    case 'violated':
      return judged.shown === null ? null : problemOfStory(judged.shown)
    default:
      return 'a search in it has no outcome.'
  }
}
