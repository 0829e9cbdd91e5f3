import type { Leaning } from '../analysis/assumptions/leaning.ts'
import { nameOf, shipped } from '../analysis/target.ts'
import { leaningTask } from '../analysis/tasks/leaning.ts'
import { Pool } from '../analysis/threads/pool.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { savedLeanings, saveLeanings } from './leaning-file.ts'

/**
 * Writes `docs/leans-on.json`: what the survival of each variant leans on, which `npm run survival` puts into its page. `npm run leans-on` does all of them,
 * `npm run leans-on -- hip mip/co-located` some, and keeps the rest.
 */
const asked = process.argv.slice(2)
const all = shipped().flatMap((target) =>
  target.variants
    .filter(({ scenarios }) => scenarios.some(({ name }) => name === DOUBLE_JUMP))
    .map((variant) => nameOf({ protocol: target.protocol, variant })),
)
const wanted = all.filter(
  (name) => asked.length === 0 || asked.some((one) => name === one || name.startsWith(`${one}/`)),
)
const pool = new Pool({ workers: 2 })
const outcomes = await pool.run(leaningTask, wanted, {
  onDone: (name, done, of) => process.stderr.write(`${done}/${of} ${name}\n`),
})
const found = outcomes.map((outcome): Leaning => {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
})
const known = new Map([...savedLeanings(), ...found].map((row) => [row.target, row]))
saveLeanings(all.flatMap((name) => known.get(name) ?? []))
