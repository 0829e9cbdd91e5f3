import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { type BreaksFlags, breaksCommand } from './breaks.ts'
import { type CheckFlags, checkCommand } from './check.ts'
import { type ClaimsFlags, claimsCommand } from './claims.ts'
import { type CompareFlags, compareCommand } from './compare.ts'
import { type ConformFlags, conformCommand } from './conform.ts'
import { endWith } from './end.ts'
import { EXIT } from './exit.ts'
import { type ExplainFlags, explainCommand } from './explain.ts'
import { type GraphFlags, graphCommand } from './graph.ts'
import { type InspectFlags, inspectCommand } from './inspect.ts'
import { listCommand } from './list.ts'
import { wholeNumber } from './options.ts'
import { type TestsFlags, testsCommand } from './tests.ts'
import { allowSilence } from './threads.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const program = new Command('doublejump')
  .description(
    'Model checking for mobility signaling: what happens when both ends of a session move at about the same time.',
  )
  .version(version)
  .option('--max-silence <seconds>', 'end a search, or the loading of a file, that gives no sign of life (default 30)')
  .hook('preAction', (_, command) => {
    const { maxSilence } = command.optsWithGlobals<{ maxSilence?: string }>()
    if (maxSilence !== undefined) allowSilence(wholeNumber('--max-silence', maxSilence))
  })
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    '\nExit codes: 0 all as expected, 10 bad input, 11 deadlock, 12 safety violated, 13 liveness violated,\n14 an expected violation did not show, 15 vacuous, 16 incomplete, 75 a spec threw, 255 internal.',
  )

const several = (value: string, before: readonly string[] = []): string[] => [...before, value]

function withLimits(command: Command): Command {
  return command
    .option('--max-states <n>', 'stop after so many states: the verdict is then incomplete')
    .option('--max-memory <size>', 'memory of one search, for example 8GiB (default 4GiB)')
    .option('--max-seconds <n>', 'time of one search')
}

withLimits(
  program
    .command('check')
    .summary('check properties: the verdict matrix')
    .description('Checks every property of every variant in every scenario, and compares with what is expected.')
    .argument('[target...]', 'protocol, protocol/variant, or a .ts file of your own; none: everything that ships')
    .option('--scenario <name>', 'only this scenario (repeatable); names a large one to run it', several)
    .option('--property <name>', 'only this property (repeatable)', several)
    .option('--large', 'also the scenarios that take minutes or gigabytes')
    .option('--workers <n>', 'searches at a time', '2')
    .option('--reporter <name>', 'pretty, json, junit, sarif, github or markdown', 'pretty')
    .option('--json', 'the same as --reporter json')
    .option('--out <dir>', 'write every report and the story of each violation there'),
)
  .addHelpText(
    'after',
    '\nExamples:\n  doublejump check\n  doublejump check sip/direct --json\n  doublejump check my-protocol.ts --property binding-eventually-correct',
  )
  .action(async (targets: string[], flags: CheckFlags) => finish(await checkCommand(targets, flags)))

program
  .command('list')
  .summary('protocols, variants, scenarios, properties')
  .description('Lists protocols, their variants, scenarios and properties, with their sources.')
  .argument('[target...]')
  .option('--json', 'one JSON document')
  .addHelpText('after', '\nExample:\n  doublejump list mipv6')
  .action(async (targets: string[], flags: { json?: boolean }) => finish(await listCommand(targets, flags)))

withLimits(
  program
    .command('explain')
    .summary('one counterexample, told and drawn')
    .description('Shows a shortest run that violates a property, or, for a reachability property, one that gets there.')
    .argument('<target>', 'protocol/variant, or a .ts file of your own')
    .requiredOption('--property <name>', 'which property')
    .option('--scenario <name>', 'in which scenario (default: the first in which there is a run to show)')
    .option('--format <name>', 'text, svg, html, msc, mermaid, plantuml, dot, itf, json, or pcapng (sip)', 'text')
    .option('--json', 'the same as --format json'),
)
  .addHelpText(
    'after',
    '\nExamples:\n  doublejump explain sip/direct --property binding-eventually-correct\n  doublejump explain mipv6/ro-seed --property an-update-is-lost-after-return-routability --format svg > fig3.svg',
  )
  .action(async (target: string, flags: ExplainFlags) => finish(await explainCommand(target, flags)))

withLimits(
  program
    .command('inspect')
    .summary('the page: one HTML file to step through runs')
    .description(
      'Writes one self-contained page: the table of what survives, verdicts, runs to step through, what if. Opens from disk.',
    )
    .argument(
      '[what...]',
      'protocols, variants, or .ts files of your own, checked first; or a report.json or trace.json',
    )
    .option('--out <file>', 'where to write it', 'doublejump.html')
    .option('--workers <n>', 'searches at a time', '2'),
)
  .addHelpText(
    'after',
    '\nExamples:\n  doublejump inspect\n  doublejump inspect sip --out sip.html\n  doublejump inspect my-protocol.ts',
  )
  .action(async (what: string[], flags: InspectFlags) => finish(await inspectCommand(what, flags)))

program
  .command('breaks')
  .summary('what it takes to break a property, and what one that holds leans on')
  .description(
    'Finds the least moves, losses, duplicates and reordering under which a property fails; and, where it holds, drops each assumption in turn.',
  )
  .argument('<variant>', 'protocol/variant')
  .requiredOption('--property <name>', 'which property')
  .option('--scenario <name>', 'whose other assumptions are kept', 'both-move')
  .option('--max-states <n>', 'of each search; beyond that it is not known', '300000')
  .option('--json', 'one JSON document')
  .addHelpText('after', '\nExample:\n  doublejump breaks hip/rvs-when-sent-again --property binding-eventually-correct')
  .action(async (variant: string, flags: BreaksFlags) => finish(await breaksCommand(variant, flags)))

program
  .command('tests')
  .summary('a test suite for an implementation of one role')
  .description(
    'Makes tests that take every transition of one role in a scenario: what happens to it, and what it must send. Exit code 16 if the scenario was too big to look at whole.',
  )
  .argument('<variant>', 'protocol/variant')
  .requiredOption('--role <node>', 'the node that is the system under test')
  .option('--scenario <name>', 'the world that it is tested in', 'both-move')
  .option('--format <name>', 'json, vitest, or sipp', 'json')
  .option('--out <folder>', 'where the scenarios of SIPp go')
  .option('--cover <what>', 'transitions, pairs of them, or counterexamples', 'transitions')
  .option('--max-states <n>', 'look at so many states of the scenario', '100000')
  .addHelpText(
    'after',
    '\nExamples:\n  doublejump tests sip/direct --role a --format vitest > direct.test.ts\n  doublejump tests sip/direct --role b --scenario one-moves-twice --format sipp --out sipp',
  )
  .action(async (variant: string, flags: TestsFlags) => finish(await testsCommand(variant, flags)))

program
  .command('conform')
  .summary('is this real run a run of the model?')
  .description(
    'Looks for a run of a variant that explains a capture (by tshark) or a log of JSON lines. Exit codes: 0 conforms (one variant at least), 12 diverges, 16 inconclusive.',
  )
  .argument('<log>', 'capture.pcapng, capture.pcap, or log.ndjson')
  .requiredOption('--protocol <variant>', 'protocol/variant; or a protocol, to ask which of its variants')
  .option('--tolerance <percent>', 'how much earlier than its standard says a timer may fire', '10')
  .option('--latency <milliseconds>', 'a packet is on its way for so long at most', '400')
  .option('--max-states <n>', 'stop after so many states: inconclusive', '150000')
  .option('--json', 'one JSON document')
  .addHelpText('after', '\nExample:\n  doublejump conform capture.pcapng --protocol sip/direct')
  .action(async (log: string, flags: ConformFlags) => finish(await conformCommand(log, flags)))

program
  .command('graph')
  .summary('every state of a small scenario, drawn; or how two variants differ')
  .description(
    'Draws the reachable states of a variant, those in which somebody is wrong marked; with --against, what each of two variants has alone.',
  )
  .argument('<variant>', 'protocol/variant')
  .option('--scenario <name>', 'a small one', 'one-moves')
  .option('--against <variant>', 'the difference to this variant')
  .option('--format <name>', 'svg or dot', 'svg')
  .option('--most <n>', 'so many states are drawn at most', '150')
  .addHelpText(
    'after',
    '\nExample:\n  doublejump graph wireguard/roaming --against wireguard/newest-packet > difference.svg',
  )
  .action(async (variant: string, flags: GraphFlags) => finish(await graphCommand(variant, flags)))

program
  .command('compare')
  .summary("where a fix bites: one variant's counterexample replayed on another")
  .description('Shows a least run that violates a property of the first variant, and what becomes of it in the second.')
  .argument('<variant>', 'protocol/variant whose counterexample is shown')
  .argument('<other>', 'protocol/variant on which it is replayed')
  .requiredOption('--property <name>', 'which property')
  .option('--scenario <name>', 'in which scenario (default: the first that both have in which there is a run)')
  .option('--format <name>', 'text, svg or json', 'text')
  .addHelpText(
    'after',
    '\nExample:\n  doublejump compare sip-paper/direct sip-paper/interceptor --property binding-eventually-correct --format svg > bites.svg',
  )
  .action(async (left: string, right: string, flags: CompareFlags) => finish(await compareCommand(left, right, flags)))

program
  .command('claims')
  .summary('the claims of the papers, decided')
  .description(
    'Decides every checkable claim of the five papers by search or calculation; with ids, shows those in full.',
  )
  .argument('[id...]', 'a claim, for example 004-22')
  .option('--paper <number>', 'only those of one paper: 000, 001, 002, 003, 004')
  .option('--json', 'one JSON document')
  .addHelpText('after', '\nExamples:\n  doublejump claims --paper 000\n  doublejump claims 000-22')
  .action(async (ids: string[], flags: ClaimsFlags) => finish(await claimsCommand(ids, flags)))

/** What the command that ran ended with. */
let code: number = EXIT.asExpected

/** Lets what was written reach a pipe before the process ends. */
function finish(found: number): void {
  code = found
}

endWith(async () => {
  await program.parseAsync()
  return code
})
