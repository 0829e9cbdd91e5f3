import { join } from 'node:path'
import { referenceText } from '../conform/reference.ts'
import { keysOf, sippScenarios } from '../conform/sipp.ts'
import type { Suite } from '../conform/suite.ts'
import { testsTask } from '../conform/tasks/tests.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { folderFor, write } from './files.ts'
import { wholeNumber } from './options.ts'
import { runTask } from './threads.ts'

export const tests: Register = (program, end) => {
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
    .option(
      '--describe [format]',
      'instead: what events, timers and messages the role has, for who writes an adapter; text, or json',
    )
    .option('--max-states <n>', 'look at so many states of the scenario', '100000')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump tests sip/direct --role a --format vitest > direct.test.ts\n  doublejump tests sip/direct --role b --scenario one-moves-twice --format sipp --out sipp\n  doublejump tests sip/direct --role b --describe',
    )
    .action((variant: string, flags: TestsFlags) => end(testsCommand(variant, flags)))
}

interface TestsFlags {
  readonly role: string
  readonly scenario?: string
  readonly format?: string
  readonly out?: string
  readonly cover?: string
  readonly maxStates?: string
  readonly describe?: string | true
}

const formats = ['json', 'vitest', 'sipp']
const descriptions = ['text', 'json']
const covers = ['transitions', 'pairs', 'counterexamples'] as const
/** Whose suites SIPp can run: user agents. */
const SIPP = { protocol: 'sip', roles: ['a', 'b'] }

/** `doublejump tests`: a suite for an implementation of one role, which takes each of its transitions. */
async function testsCommand(name: string, flags: TestsFlags): Promise<number> {
  const format = flags.format ?? 'json'
  if (!formats.includes(format)) throw errors.notAFormat(format, formats)
  const wanted = flags.scenario ?? 'both-move'
  const cover = flags.cover ?? 'transitions'
  if (!covers.some((one) => one === cover)) throw errors.notACover(cover, covers)
  const description = flags.describe === true ? 'text' : flags.describe
  if (description !== undefined && !descriptions.includes(description))
    throw errors.notAFormat(description, descriptions)
  if (format === 'sipp' && flags.out === undefined) throw errors.needsOut(format)
  const folder = flags.out === undefined ? null : folderFor(flags.out)
  const most = wholeNumber('--max-states', flags.maxStates ?? '100000')
  const { suite, reference, scenarios, source, protocol } = await runTask(testsTask, {
    target: name,
    scenario: wanted,
    role: flags.role,
    cover: cover as (typeof covers)[number],
    most,
  })
  if (format === 'sipp' && (protocol !== SIPP.protocol || !SIPP.roles.includes(flags.role)))
    throw errors.noSipp(name, flags.role)
  if (suite.tests.length === 0) throw errors.noTests(name, wanted, flags.role, cover)
  if (description !== undefined) {
    const as = { version: 1, protocol: name, scenario: wanted, ...reference, scenarios }
    process.stdout.write(
      description === 'json' ? `${JSON.stringify(as, null, 2)}\n` : referenceText(reference, scenarios),
    )
    return suite.complete ? EXIT.asExpected : EXIT.incomplete
  }
  const what = { transitions: 'transitions', pairs: 'pairs of transitions', counterexamples: 'runs' }[cover as 'pairs']
  const about = `${name}, ${wanted}: ${suite.tests.length} tests take ${suite.transitions} ${what} of ${flags.role}`
  process.stderr.write(
    `${about}${suite.complete ? '' : `; the bound of ${most} states was hit, so that there may be more`}.\n`,
  )
  if (format === 'sipp') {
    writeScenarios(suite, folder!)
    return suite.complete ? EXIT.asExpected : EXIT.incomplete
  }
  const head = { version: 1, protocol: name, scenario: wanted, source }
  process.stdout.write(
    format === 'json' ? `${JSON.stringify({ ...head, ...suite }, null, 2)}\n` : vitest(about, head.source, suite),
  )
  return suite.complete ? EXIT.asExpected : EXIT.incomplete
}

/** A file a test, and how to run them. */
function writeScenarios(suite: Suite, folder: string): void {
  const scenarios = sippScenarios(suite)
  for (const { name, xml } of scenarios) write(join(folder, `${name}.xml`), xml)
  const keys = keysOf(suite).map((key) => `-key ${key} ADDRESS`)
  const moving = scenarios.filter(({ moves }) => moves).length
  process.stderr.write(
    `${scenarios.length} scenarios are in ${folder}. Each runs with: sipp USER-AGENT:5060 -sf ${join(folder, `${scenarios[0]!.name}.xml`)} -m 1 -p 5060 -pause_msg_ign -key here ADDRESS ${keys.join(' ')}${moving === 0 ? '' : " -key move 'COMMAND'"}\n${
      moving === 0 ? '' : `${moving} of them have the user agent moved, by the command 'move'.\n`
    }`,
  )
}

function vitest(about: string, source: string, suite: Suite): string {
  return `// ${about} (${source}).
import { expect, test } from 'vitest'
// Yours: makes a system that is in the first state, and hands it one event; it gives back what it sends.
import { makeSystem } from './system.js'

const start = ${JSON.stringify(suite.start)}

test.each(${JSON.stringify(suite.tests, null, 2)})('$name', async ({ steps }) => {
  const system = await makeSystem(${JSON.stringify(suite.role)}, start)
  for (const { text, event, sends } of steps) expect(await system.step(event), text).toEqual(sends)
})
`
}
