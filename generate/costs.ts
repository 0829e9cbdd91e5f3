import { writeFileSync } from 'node:fs'
import { checkVariant } from '../analysis/job.ts'
import { scenarioOf, variantOf } from '../analysis/target.ts'
import { durationOf, extremeInWords } from '../analysis/timing/durations.ts'
import type { MeasureName } from '../analysis/timing/measure.ts'
import { type Given, parametersOf } from '../analysis/timing/parameters.ts'
import { worldOf } from '../analysis/world.ts'
import { costOf } from '../claims/costs/cost.ts'
import { everyHandoff } from '../claims/costs/every.ts'
import { costsPage } from '../claims/costs/text.ts'
import { NoAnswer } from '../claims/no-answer.ts'
import { Searches } from '../claims/searches.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { REACH } from '../spec/property-ids.ts'
import { bytesOf } from './bytes-of.ts'

/** Writes `docs/costs.md`: what a handoff costs, of each variant of each protocol. `npm run costs`; some minutes. */
const LIMITS = { states: 300_000 }
/** One way, and how long a host is nowhere, in milliseconds. */
const [WAY, BLACKOUT] = [25, 500]

function lasts(target: string, scenario: string, measure: MeasureName): string {
  const variant = variantOf(target)
  const parameters = parametersOf(worldOf(variant, scenarioOf(variant, scenario)).internet)
  // A host that keeps its old address for an overlap is never nowhere.
  const isNowhere = parameters.some(({ name }) => name.startsWith('blackout'))
  const given: Given = { d: [WAY, WAY], ...(isNowhere && { blackout: [BLACKOUT, BLACKOUT] }) }
  const { longest, complete } = durationOf(variant, { scenario, property: REACH, measure, given, limits: LIMITS })
  if (!complete) return '?'
  return longest === null ? '0 ms' : extremeInWords(longest)
}

const searches = new Searches()
const leftOut: string[] = []
const rows = everyHandoff().flatMap((target) => {
  try {
    const cost = costOf(searches, target, bytesOf)
    const survives = checkVariant(variantOf(target), DOUBLE_JUMP, { properties: [REACH] })[0]!.verdict === 'holds'
    const timed = {
      target,
      disruption: lasts(target, 'one-moves', 'wrong'),
      repair: lasts(target, DOUBLE_JUMP, 'repair'),
    }
    process.stderr.write(`${target}: ${JSON.stringify(timed)}\n`)
    return [{ cost, timed, survives }]
  } catch (error) {
    // No run in which one host moves and all is said: there is no handoff to count.
    if (error instanceof NoAnswer) {
      leftOut.push(target)
      return []
    }
    throw error
  }
})
writeFileSync(new URL('../../docs/costs.md', import.meta.url), costsPage(rows, leftOut))
