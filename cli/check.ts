import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errors } from './errors.ts'
import { exitCodeOf } from './exit.ts'
import { type Job, prepare, type Result } from './job.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { asCheck, pageWith } from './page-file.ts'
import { Pool } from './pool.ts'
import { ProgressLine } from './progress.ts'
import { type Report, reporters } from './reporters/index.ts'
import { resolveTargets, type Target } from './target.ts'

export interface CheckFlags extends LimitFlags {
  readonly scenario?: readonly string[]
  readonly property?: readonly string[]
  readonly workers?: string
  readonly large?: boolean
  readonly reporter?: string
  readonly json?: boolean
  readonly out?: string
}

/** `doublejump check`: the exit code. */
export async function checkCommand(names: readonly string[], flags: CheckFlags): Promise<number> {
  const name = flags.json === true ? 'json' : (flags.reporter ?? 'pretty')
  const reporter = reporters[name]
  if (reporter === undefined) throw errors.notAReporter(name, Object.keys(reporters))
  const jobs = jobsFor(await resolveTargets(names), flags)
  const started = performance.now()
  const results = await runAll(jobs, wholeNumber('--workers', flags.workers ?? '2'))
  const seconds = (performance.now() - started) / 1000
  const exitCode = exitCodeOf(results)
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  const overview = names.length === 0 && flags.scenario === undefined && flags.property === undefined
  const report: Report = { results, exitCode, seconds, colour, overview }
  process.stdout.write(reporter(report))
  if (flags.out !== undefined) writeOut(flags.out, report)
  return exitCode
}

/** Runs jobs with a progress line; Ctrl-C ends them with what was found so far, a second one at once. */
export async function runAll(jobs: readonly Job[], workers: number): Promise<Result[]> {
  const line = new ProgressLine(process.stderr)
  const pool = new Pool({
    workers,
    onProgress: (job, progress) => line.searching(job, progress),
    onDone: (_, done, of) => line.finished(done, of),
  })
  const onInterrupt = (): void => {
    if (pool.interrupted) process.exit(130)
    line.clear()
    process.stderr.write('Interrupted: ending with what was found so far. Once more to end at once.\n')
    pool.interrupt()
  }
  process.on('SIGINT', onInterrupt)
  try {
    return (await pool.run(jobs)).flat()
  } finally {
    process.off('SIGINT', onInterrupt)
    line.clear()
  }
}

/** The searches that are asked for; the longest first would be better for two workers, but the order is kept for the reader. */
export function jobsFor(targets: readonly Target[], flags: CheckFlags): Job[] {
  const limits = limitsFrom(flags)
  const scenarios = new Set<string>()
  const properties = new Set<string>()
  const jobs = targets.flatMap((target) =>
    target.variants.flatMap((variant) =>
      variant.scenarios.flatMap((scenario): Job[] => {
        scenarios.add(scenario.name)
        const named = flags.scenario?.includes(scenario.name)
        if (flags.scenario !== undefined && named !== true) return []
        const asked = prepare(target, variant, scenario).properties.map((property) => property.id)
        for (const id of asked) properties.add(id)
        const wanted = asked.filter((id) => flags.property === undefined || flags.property.includes(id))
        const large = variant.large?.includes(scenario.name) === true
        if (wanted.length === 0 || (large && flags.large !== true && named !== true)) return []
        return [
          {
            file: target.file,
            protocol: target.protocol.name,
            variant: variant.name,
            scenario: scenario.name,
            properties: flags.property === undefined ? null : wanted,
            limits,
          },
        ]
      }),
    ),
  )
  for (const name of flags.scenario ?? []) if (!scenarios.has(name)) throw errors.noScenario(name, [...scenarios])
  for (const name of flags.property ?? []) if (!properties.has(name)) throw errors.noProperty(name, [...properties])
  return jobs
}

/** Every format of the report, and the story of each violation, as files. */
function writeOut(folder: string, { results, ...about }: Report): void {
  const out = resolve(folder)
  mkdirSync(resolve(out, 'counterexamples'), { recursive: true })
  const report = { ...about, results, colour: false }
  const files = {
    json: 'report.json',
    junit: 'junit.xml',
    sarif: 'report.sarif',
    markdown: 'report.md',
    pretty: 'report.txt',
  }
  for (const [reporter, file] of Object.entries(files)) writeFileSync(resolve(out, file), reporters[reporter]!(report))
  writeFileSync(resolve(out, 'index.html'), pageWith({ checks: results.map(asCheck) }))
  for (const result of results) {
    if (result.story === null || result.verdict !== 'violated') continue
    const name = [result.protocol, result.variant, result.scenario, result.property].join('.')
    writeFileSync(resolve(out, 'counterexamples', `${name}.json`), `${JSON.stringify(result.story, null, 1)}\n`)
  }
}
