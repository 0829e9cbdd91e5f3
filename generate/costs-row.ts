import { checkVariant } from '../analysis/job.ts'
import { scenarioOf, variantOf } from '../analysis/target.ts'
import { taskOf } from '../analysis/threads/task.ts'
import { durationOf, extremeInWords } from '../analysis/timing/durations.ts'
import type { MeasureName } from '../analysis/timing/measure.ts'
import { type Given, parametersOf } from '../analysis/timing/parameters.ts'
import { worldOf } from '../analysis/world.ts'
import type { Control } from '../checker/limits.ts'
import { costOf } from '../claims/costs/cost.ts'
import type { CostsRow } from '../claims/costs/text.ts'
import { NoAnswer } from '../claims/no-answer.ts'
import { Searches } from '../claims/searches.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { REACH } from '../spec/property-ids.ts'
import { onTheWire } from './on-the-wire.ts'

const LIMITS = { states: 300_000 }
/** One way, and how long a host is nowhere, in milliseconds. */
const [WAY, BLACKOUT] = [25, 500]

function lasts(target: string, scenario: string, measure: MeasureName, control: Control): string {
  const variant = variantOf(target)
  const parameters = parametersOf(worldOf(variant, scenarioOf(variant, scenario)).internet)
  // A host that keeps its old address for an overlap is never nowhere.
  const isNowhere = parameters.some(({ name }) => name.startsWith('blackout'))
  const given: Given = { d: [WAY, WAY], ...(isNowhere && { blackout: [BLACKOUT, BLACKOUT] }) }
  const asked = { scenario, property: REACH, measure, given, limits: LIMITS, only: 'longest' } as const
  const { longest, complete } = durationOf(variant, asked, control)
  if (!complete) return '?'
  return longest === null ? '0 ms' : extremeInWords(longest)
}

/** What a handoff of a variant costs, searched for now; null where there is no handoff to count. */
export function costsRow(target: string, control: Control): CostsRow | null {
  const { found: _, ...quiet } = control
  try {
    return {
      cost: costOf(new Searches(undefined, quiet), target, onTheWire),
      timed: {
        target,
        disruption: lasts(target, 'one-moves', 'wrong', quiet),
        repair: lasts(target, DOUBLE_JUMP, 'repair', quiet),
      },
      survives: checkVariant(variantOf(target), DOUBLE_JUMP, { properties: [REACH] })[0]!.verdict === 'holds',
    }
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

export const costsRowTask = taskOf(import.meta.url, 'costsRowTask', costsRow)
