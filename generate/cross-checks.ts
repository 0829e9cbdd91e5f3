import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { shipped, type TargetVariant } from '../analysis/target.ts'
import { worldOf } from '../analysis/world.ts'
import { type CrossRow, crossChecksText, runsText, SCENARIOS } from './cross-checks-text.ts'
import { type Found, ours, rumurOf, spinOf, spinOfRuns, tlcOf, tlcOfRuns } from './other-checkers.ts'
import { tlaTools } from './verifiers.ts'

/**
 * Writes `docs/cross-checks.json` and, of it, `docs/cross-checks.md`: what SPIN and Rumur find of the shipped variants, beside what we find. `npm run crosscheck` asks them of all
 * double jumps and single moves, which takes half an hour or more, `npm run crosscheck -- hip sip/direct` of some, and keeps the rest. Where the
 * variable TLA_TOOLS names TLC's jar, what TLC finds is said as well, of whole runs too, and not kept. Ends with 1 where they differ.
 */
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
    const { guarded, found, holds } = ours(internet.model, properties)
    const rumur = rumurOf(guarded, found)
    const row: CrossRow = {
      target: name,
      scenario: scenario.name,
      states: found.states,
      transitions: found.transitions,
      claims: guarded.claims.length,
      spin: compare(found, spinOf(guarded)),
      rumur: compare(found, rumur),
      runs: spinOfRuns(guarded, holds),
    }
    known.set(`${row.target} ${row.scenario}`, row)
    differ ||= row.spin !== 'agrees' || row.rumur !== 'agrees' || row.runs.differ.length > 0
    process.stderr.write(
      `${name} ${scenario.name}: ${row.states} states, SPIN ${row.spin}, of runs: ${runsText(row.runs)}, Rumur ${row.rumur}\n`,
    )
    save()
    if (tlaTools() === undefined) continue
    saysTlc(`${name} ${scenario.name}`, compare(found, tlcOf(guarded, found)))
    saysTlcOfRuns(`${name} ${scenario.name}`, tlcOfRuns(guarded, holds))
  }
}

function saysTlc(model: string, said: string): void {
  differ ||= said !== 'agrees'
  process.stderr.write(`${model}: TLC ${said}\n`)
}

/** What takes too long, or ends in an error, is no difference. */
function saysTlcOfRuns(model: string, said: Readonly<Record<string, string>>): void {
  differ ||= Object.values(said).includes('differ')
  const others = Object.entries(said).flatMap(([id, how]) => (how === 'agree' ? [] : [`${id}: ${how}`]))
  const all = Object.keys(said).length
  process.stderr.write(`${model}: TLC of runs: ${[`${all - others.length} of ${all}`, ...others].join(', ')}\n`)
}

function compare(mine: Found, theirs: Found | string): string {
  if (typeof theirs === 'string') return theirs
  const differences = [
    ...(mine.states === theirs.states ? [] : [`${theirs.states} states`]),
    ...(mine.transitions === theirs.transitions ? [] : [`${theirs.transitions} transitions`]),
    ...Object.keys(mine.seen).filter((id) => mine.seen[id] !== theirs.seen[id]),
  ]
  return differences.length === 0 ? 'agrees' : differences.join(', ')
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
