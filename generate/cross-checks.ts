import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Guarded, guardedOf } from '../analysis/export/guarded.ts'
import { murphi } from '../analysis/export/murphi.ts'
import { promela } from '../analysis/export/promela.ts'
import { shipped, type TargetVariant } from '../analysis/target.ts'
import { worldOf } from '../analysis/world.ts'
import { check } from '../checker/check.ts'
import { type CrossRow, crossChecksText, SCENARIOS } from './cross-checks-text.ts'

/**
 * Writes `docs/cross-checks.json` and, of it, `docs/cross-checks.md`: what SPIN and Rumur find of the shipped variants, beside what we find. `npm run crosscheck` asks them of all
 * double jumps and single moves, which takes half an hour or more, `npm run crosscheck -- hip sip/direct` of some, and keeps the rest. Ends with 1 where they differ.
 */
/** Rumur takes minutes to compile what has more commands. */
const MOST_COMMANDS_FOR_RUMUR = 250
const asked = process.argv.slice(2)
const file = resolve(import.meta.dirname, '../../docs/cross-checks.json')

const known = new Map<string, CrossRow>(read().map((row) => [`${row.target} ${row.scenario}`, row]))
let differ = false
for (const target of shipped()) {
  for (const variant of target.variants) crossCheck({ ...target, variant })
}
process.exitCode = differ ? 1 : 0

function crossCheck(target: TargetVariant): void {
  const name = `${target.protocol.name}/${target.variant.name}`
  if (asked.length > 0 && !asked.some((one) => name === one || name.startsWith(`${one}/`))) return
  for (const scenario of target.variant.scenarios.filter((one) => SCENARIOS.includes(one.name))) {
    const { internet, properties } = worldOf(target, scenario)
    const verdicts = new Map(check(internet.model, properties).map((verdict) => [verdict.property, verdict.kind]))
    const { graph, guarded } = guardedOf(internet.model, properties)
    if (guarded === null) throw new Error(`${name} ${scenario.name} was not searched to its end`)
    const ours = { states: graph.store.count, transitions: graph.transitions }
    const seen = guarded.claims.map(({ id, kind }) => {
      const holds = verdicts.get(id) === 'holds' || verdicts.get(id) === 'vacuous'
      return [id, kind === 'reachable' ? holds : !holds] as const
    })
    const row: CrossRow = {
      target: name,
      scenario: scenario.name,
      ...ours,
      claims: seen.length,
      spin: compare({ ...ours, seen: Object.fromEntries(seen) }, spinOf(promela(guarded, name))),
      rumur: rumurOf(guarded, seen, ours),
    }
    known.set(`${row.target} ${row.scenario}`, row)
    differ ||= row.spin !== 'agrees' || !['agrees', 'too large'].includes(row.rumur)
    process.stderr.write(`${name} ${scenario.name}: ${row.states} states, SPIN ${row.spin}, Rumur ${row.rumur}\n`)
    save()
  }
}

interface Found {
  readonly states: number
  readonly transitions: number
  /** By claim: whether a state or step was seen that decides it. */
  readonly seen: Readonly<Record<string, boolean>>
}

function compare(ours: Found, theirs: Found | string): string {
  if (typeof theirs === 'string') return theirs
  const differences = [
    ...(ours.states === theirs.states ? [] : [`${theirs.states} states`]),
    ...(ours.transitions === theirs.transitions ? [] : [`${theirs.transitions} transitions`]),
    ...Object.keys(ours.seen).filter((id) => ours.seen[id] !== theirs.seen[id]),
  ]
  return differences.length === 0 ? 'agrees' : differences.join(', ')
}

function spinOf(model: string): Found | string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.pml'), model)
    execFileSync('spin', ['-a', 'model.pml'], { cwd: folder, stdio: 'ignore' })
    execFileSync('gcc', ['-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd: folder, stdio: 'ignore' })
    const { stdout } = spawnSync('./pan', ['-E', '-n', '-m2000000'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? Number.NaN)
    if (/max search depth too small|unknown:/.test(stdout)) return 'was cut off'
    const claims = [...stdout.matchAll(/^claim (.+): (\d+)$/gm)].map(
      ([, id, times]) => [id!, Number(times) > 0] as const,
    )
    return {
      states: number(/(\d+) states, stored/),
      // SPIN counts the initial state as the end of a transition.
      transitions: number(/(\d+) transitions/) - 1,
      seen: Object.fromEntries(claims),
    }
  })
}

/** Rumur stops at a claim that does not hold: it is asked the others. */
function rumurOf(
  guarded: Guarded,
  seen: readonly (readonly [string, boolean])[],
  ours: { states: number; transitions: number },
): string {
  const sight = new Map(seen)
  const claims = guarded.claims.filter(({ id, kind }) => sight.get(id) === (kind === 'reachable'))
  const model = murphi({ ...guarded, claims }, '')
  if ((model.match(/^rule /gm)?.length ?? 0) > MOST_COMMANDS_FOR_RUMUR) return 'too large'
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.m'), model)
    execFileSync('rumur', ['--deadlock-detection', 'off', '--output', 'model.c', 'model.m'], {
      cwd: folder,
      stdio: 'ignore',
    })
    execFileSync('gcc', ['-O0', '-w', '-mcx16', '-o', 'model', 'model.c', '-lpthread'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const { stdout, status } = spawnSync('./model', { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
    const [, states, fired] = /(\d+) states, (\d+) rules fired/.exec(stdout) ?? []
    const found = { states: Number(states), transitions: Number(fired), seen: {} }
    return status === 0
      ? compare({ ...ours, seen: {} }, found)
      : (/^.*(?:Error|error|not covered).*$/m.exec(stdout)?.[0] ?? 'fails')
  })
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'cross-check-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function read(): CrossRow[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

function save(): void {
  const order = shipped().flatMap((target) =>
    target.variants.map((variant) => `${target.protocol.name}/${variant.name}`),
  )
  const rows = [...known.values()].sort(
    (a, b) =>
      order.indexOf(a.target) - order.indexOf(b.target) ||
      SCENARIOS.indexOf(a.scenario) - SCENARIOS.indexOf(b.scenario),
  )
  writeFileSync(file, `${JSON.stringify(rows, null, 1)}\n`)
  writeFileSync(file.replace(/json$/, 'md'), crossChecksText(rows))
}
