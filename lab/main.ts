import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timelineOf } from './course.ts'
import { type Experiment, perform } from './experiment.ts'
import { mipv6Experiments } from './mipv6/experiments.ts'
import { tableOfBugs } from './mipv6/table.ts'
import { withNetwork } from './network.ts'
import { prediction } from './prediction.ts'
import { quicExperiments } from './quic.ts'
import { sipExperiments } from './sip.ts'
import { NEEDS, runSipp, SUITES } from './sipp.ts'
import { strongSwanExperiments } from './strongswan.ts'
import { wireGuardExperiments } from './wireguard.ts'

const experiments: Readonly<Record<string, Experiment>> = {
  ...sipExperiments,
  ...mipv6Experiments,
  ...wireGuardExperiments,
  ...strongSwanExperiments,
  ...quicExperiments,
}

/** `npm run lab -- <experiment> [--install] [--until end]`: real software that moves, and the verdict of `conform`; `--list`: what there is. */
process.exitCode = await lab(process.argv.slice(2))

async function lab(args: readonly string[]): Promise<number> {
  if (args.includes('--list')) {
    process.stdout.write(`${listed()}\n`)
    return 0
  }
  const [name] = args.filter((one, i) => !one.startsWith('--') && args[i - 1] !== '--until')
  const until = args.includes('--until') ? args[args.indexOf('--until') + 1] : 'settled'
  if (until !== 'settled' && until !== 'end') {
    process.stderr.write(`--until is 'settled' or 'end', not '${until ?? ''}'.\n`)
    return 10
  }
  if (name === 'mipv6-bugs') {
    process.stdout.write(tableOfBugs())
    return 0
  }
  if (name !== undefined && name in SUITES) return sipp(name, args.includes('--install'))
  const experiment = experiments[name ?? '']
  if (experiment === undefined) {
    process.stderr.write(
      `${name === undefined ? 'Which experiment?' : `There is no experiment '${name}'.`} There are:\n${listed()}\n`,
    )
    return 10
  }
  const problem = obstacle(experiment.needs, args.includes('--install'))
  if (problem !== null) {
    process.stderr.write(`Skipped: ${problem}\n`)
    return 10
  }
  const folder = mkdtempSync(join(tmpdir(), `doublejump-lab-`))
  process.stdout.write(`${name}: ${experiment.title}.\n`)
  const tell = (words: string): unknown => process.stdout.write(`${words}\n`)
  tell(prediction(experiment.variant, experiment.course))
  const capture = await withNetwork((network) => perform(experiment, { network, folder, tell }, until))
  const root = join(import.meta.dirname, '../..')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/doublejump.js'), 'conform', capture, '--protocol', experiment.variant, '--json'],
    { encoding: 'utf8' },
  )
  process.stdout.write(`The capture is ${capture}; logs of the software are beside it.\n`)
  if (status === 10) {
    process.stderr.write(stderr)
    return 10
  }
  const report = JSON.parse(stdout) as {
    verdict: string
    consumed: number
    of: number
    divergesAt: { words: string } | null
  }
  const fate = experiment.fateOf(capture)
  process.stdout.write(
    report.verdict === 'conforms'
      ? `${fate}, as the model says: all ${report.of} lines are those of a run of ${experiment.variant}.\n`
      : `${fate}, but the run is none of ${experiment.variant} (${report.verdict}): ${report.consumed} of ${report.of} lines fit${report.divergesAt === null ? '' : `, and then came ${report.divergesAt.words}`}.\n`,
  )
  return status ?? 255
}

/** Each experiment in a line, and what happens in it in another. */
function listed(): string {
  return [
    ...Object.entries(experiments).map(([id, { title, course }]) => `  ${id}: ${title}\n      ${timelineOf(course)}`),
    ...Object.entries(SUITES).map(([id, { title }]) => `  ${id}: ${title}`),
    '  mipv6-bugs: which technique finds which mistake in our own Mobile IPv6; no network is needed',
  ].join('\n')
}

/** The generated scenarios against a real user agent. */
async function sipp(suite: string, install: boolean): Promise<number> {
  const problem = obstacle(NEEDS, install)
  if (problem !== null) {
    process.stderr.write(`Skipped: ${problem}\n`)
    return 10
  }
  const folder = mkdtempSync(join(tmpdir(), 'doublejump-lab-'))
  const outcomes = await withNetwork((network) =>
    runSipp(suite, network, folder, (words) => process.stdout.write(`${words}\n`)),
  )
  const passed = outcomes.filter((one) => one.passed).length
  process.stdout.write(`${passed} of ${outcomes.length} tests pass; scenarios and messages are in ${folder}.\n`)
  return passed === outcomes.length ? 0 : 12
}

/** Why the lab cannot run here; null if it can. */
function obstacle(needs: Readonly<Record<string, string>>, install: boolean): string | null {
  if (process.getuid?.() !== 0) return 'network namespaces need root. Run it as root, or in a container of its own.'
  const has = (command: string): boolean => spawnSync('which', [command]).status === 0
  const missing = Object.entries(needs).filter(([command]) => !has(command))
  if (missing.length > 0 && install) {
    spawnSync('apt-get', ['update', '-qq'])
    spawnSync('apt-get', ['install', '-y', '-qq', ...missing.flatMap(([, names]) => names.split(' '))], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  const still = Object.entries(needs).filter(([command]) => !has(command))
  if (still.length > 0)
    return `${still.map(([command]) => command).join(', ')} is not installed. Debian's packages are: ${still.map(([, name]) => name).join(' ')}; --install gets them.`
  const probe = `doublejump-${process.pid}-probe`
  const { status, stderr } = spawnSync('ip', ['netns', 'add', probe], { encoding: 'utf8' })
  if (status !== 0) return `no network namespace can be made here (${stderr.trim()}).`
  spawnSync('ip', ['netns', 'del', probe])
  return null
}
