import { createColors } from 'picocolors'
import { errors as targetErrors } from '../analysis/errors.ts'
import type { Result } from '../analysis/job.ts'
import { jobsFor } from '../analysis/jobs.ts'
import { planOf } from '../analysis/plan/plan.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import {
  causesSvg,
  dot,
  itf,
  ladder,
  ladderSvg,
  mermaid,
  msc,
  type Paint,
  plantuml,
  type Story,
} from '../counterexamples/index.ts'
import { written } from '../wire/index.ts'
import { captureTask } from '../wire/task.ts'
import { type Register, withLimits, withReduce } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { type LimitFlags, limitsFrom } from './options.ts'
import { pageWith } from './page-file.ts'
import { whyIncomplete } from './reporters/words.ts'
import { refuseUnfit, searchAll } from './searches.ts'
import { runTask } from './threads.ts'
import { givenBy, type TimeFlags, withTime } from './timing.ts'

export const explain: Register = (program, end) => {
  withTime(
    withReduce(
      withLimits(
        program
          .command('explain')
          .summary('one counterexample, told and drawn')
          .description(
            'Shows a shortest run that violates a property, or, for a reachability property, one that gets there.',
          )
          .argument('<target>', 'protocol/variant, or a .ts file of your own')
          .requiredOption('--property <name>', 'which property')
          .option('--scenario <name>', 'in which scenario (default: the first in which there is a run to show)')
          .option(
            '--format <name>',
            'text, svg, causes, html, msc, mermaid, plantuml, dot, itf, json, or pcapng (sip, mipv6, mip, hip)',
            'text',
          )
          .option('--json', 'the same as --format json'),
      ),
    ),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump explain sip/direct --property binding-eventually-correct\n  doublejump explain mipv6/ro-seed --property an-update-is-lost-after-return-routability --format svg > fig3.svg',
    )
    .action((target: string, flags: ExplainFlags) => end(explainCommand(target, flags)))
}

interface ExplainFlags extends LimitFlags, TimeFlags {
  readonly property: string
  readonly scenario?: string
  readonly format?: string
  readonly json?: boolean
  readonly reduce?: readonly string[]
}

/** How a run is shown, by the name of the format. */
export const formats: Readonly<Record<string, (story: Story) => string | Promise<string>>> = {
  text: (story) => ladder(story, paintFor(process.stdout)),
  dot,
  svg: (story) => ladderSvg(story),
  causes: causesSvg,
  msc,
  mermaid,
  plantuml,
  itf,
  html: (story) => pageWith({ story }),
  json: (story) => `${JSON.stringify({ version: 1, ...story }, null, 2)}\n`,
}

/** `doublejump explain`: one counterexample, told and drawn, from the first scenario in which there is one. */
async function explainCommand(name: string, flags: ExplainFlags): Promise<number> {
  const format = flags.json === true ? 'json' : (flags.format ?? 'text')
  const render = formats[format]
  if (render === undefined && format !== 'pcapng') throw errors.notAFormat(format, [...Object.keys(formats), 'pcapng'])
  const targets = await runTask(describeTask, [name])
  const variants = targets.flatMap((target) => target.variants.map((variant) => variant.name))
  if (variants.length > 1) throw targetErrors.needsVariant(name, variants)
  if (format === 'pcapng' && !written.includes(targets[0]!.protocol))
    throw errors.noPackets(targets[0]!.protocol, written)
  const jobs = jobsFor(targets, {
    limits: limitsFrom(flags),
    ...givenBy(flags),
    properties: [flags.property],
    ...(flags.reduce === undefined ? {} : { reduce: flags.reduce }),
    ...(flags.scenario === undefined ? {} : { scenarios: [flags.scenario] }),
  })
  await refuseUnfit(jobs)
  const tried: Result[] = []
  for (const job of jobs) {
    const { searches } = await searchAll(planOf([{ ...job, least: true }]), 1)
    const [result] = searches[0]!.results
    if (result === undefined) continue
    tried.push(result)
    if (result.verdict === 'failed') {
      process.stderr.write(`${result.reason}\n`)
      // The way to where it throws.
      if (result.story !== null && render !== undefined) process.stdout.write(await render(result.story))
      return result.own ? EXIT.badInput : EXIT.specThrew
    }
    if (result.story !== null) {
      if (format === 'pcapng') await writeCapture(name, job.scenario, result.story)
      else process.stdout.write(await render!(result.story))
      return EXIT.asExpected
    }
  }
  return nothingToShow(tried, flags.property, format)
}

/** A run as packets; what has no form on the wire is said, not hidden. */
async function writeCapture(target: string, scenario: string, story: Story): Promise<void> {
  const { capture, leftOut, isPossible } = await runTask(captureTask, { target, scenario, story })
  if (process.stdout.isTTY === true) throw errors.binaryToTerminal()
  process.stdout.write(capture)
  if (leftOut > 0) process.stderr.write(`${leftOut} of the run's packets have no form on the wire, and are left out.\n`)
  if (!isPossible)
    process.stderr.write(
      'No clock could have this run: a timer that should have fired did not, since without a clock shorter ones come first, or a packet was on its way for too long. Its packets keep to how early timers may fire; --given d=25 has a run with a clock.\n',
    )
}

function nothingToShow(tried: readonly Result[], property: string, format: string): number {
  const lines = tried.map((result) => {
    const why = result.reason ?? (result.verdict === 'incomplete' ? whyIncomplete(result) : null)
    return `  ${result.scenario}: ${result.verdict}${why === null ? '' : ` (${why})`}`
  })
  const message = `There is no run to show of '${property}':\n${lines.join('\n')}\n`
  if (format === 'json')
    process.stdout.write(
      `${JSON.stringify({ version: 1, story: null, verdicts: tried.map(({ scenario, verdict, reason }) => ({ scenario, verdict, reason })) }, null, 2)}\n`,
    )
  else process.stderr.write(message)
  return tried.some((result) => result.verdict === 'incomplete') ? EXIT.incomplete : EXIT.asExpected
}

/** Colours, where the stream is a terminal. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  const colours = createColors(stream.isTTY === true && (process.env.NO_COLOR ?? '') === '')
  return {
    dead: colours.red,
    move: colours.green,
    timer: colours.yellow,
    faint: colours.dim,
    strong: colours.bold,
  }
}
