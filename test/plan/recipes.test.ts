import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { doublejump } from '../cli/run.ts'
import { slurm } from './slurm.ts'

/** The recipes of docs/scale.md, as they stand there, come to what one process comes to. */
const root = resolve(import.meta.dirname, '../..')
const TARGETS = 'hip/direct sims/credentials'

let folder: string
beforeEach(() => {
  // A project that has doublejump among its packages.
  folder = mkdtempSync(join(tmpdir(), 'recipe-'))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(join(root, 'bin/doublejump.js'), join(folder, 'node_modules/.bin/doublejump'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(script: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, TARGETS, ...env },
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return stdout
}

const recipe = (name: string): string => {
  const [, found] = new RegExp(`\`\`\`sh\\n(# recipe: ${name}\\n[^]*?)\`\`\``).exec(
    readFileSync(join(root, 'docs/scale.md'), 'utf8'),
  )!
  return found!
}

/** But for how long it took: only that has a point in it. */
const withoutSeconds = (report: string): string => report.replaceAll(/ *\d+\.\d+/g, '')

const asByOne = (...more: readonly string[]): string =>
  withoutSeconds(doublejump(['check', ...TARGETS.split(' '), ...more]).out)

test.skipIf(!existsSync('/usr/bin/parallel'))('GNU parallel', () => {
  expect(withoutSeconds(run(recipe('parallel')))).toBe(asByOne())
})

test.skipIf(slurm === null)('Slurm', async () => {
  const cluster = await slurm!()
  try {
    const [submitted, ...report] = run(recipe('slurm'), cluster.env).split('\n')
    expect(submitted).toMatch(/^Submitted batch job/)
    expect(withoutSeconds(report.join('\n'))).toBe(asByOne())
  } finally {
    await cluster.remove()
  }
})

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string
        readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }
        readonly steps: readonly { readonly run?: string }[]
      }
    >
  >
}

test('GitHub Actions', () => {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/sweep.yml'), 'utf8')) as Workflow
  // In the order in which they need each other; what one leaves lies there for the next, as by way of artifacts.
  for (const { needs, strategy, steps } of Object.values(jobs)) {
    expect(needs === undefined || needs in jobs).toBe(true)
    for (const shard of strategy?.matrix.shard ?? [0])
      for (const { run: script } of steps) {
        if (script === undefined || script === 'npm ci') continue
        const filled = script.replaceAll('$' + '{{ matrix.shard }}', String(shard))
        expect(filled).not.toContain('$' + '{{')
        run(filled, { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') })
      }
  }
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8')
  expect(withoutSeconds(summary)).toBe(asByOne('--large', '--reporter', 'markdown'))
})
