import { InputError } from '../analysis/errors.ts'
import { checkVariant, type Result } from '../analysis/job.ts'
import { DEFAULT_LIMITS } from '../analysis/limits.ts'
import type { Limits } from '../checker/limits.ts'
import { matchers as conformance } from '../conform/matchers.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { type Check, resultOf } from './checks.ts'
import { targetOf } from './subject.ts'
import { otherCost, told } from './words.ts'

/** Where a property is asked, and what the search may spend. */
export interface Circumstances {
  /** `both-move`, the double jump, where it does not say. */
  readonly scenario?: string
  /** 4 GiB of memory, and any number of states and seconds, where it does not say. */
  readonly limits?: Limits
}

/** What a least run that violates a property spends; what is not said is not compared. */
export interface Violation extends Circumstances {
  readonly moves?: number
  readonly faults?: number
}

/** What vitest and jest give a matcher, and what they want of it. */
interface Asserting {
  readonly isNot?: boolean
}
interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

const search = (asked: unknown, property: string, { scenario = DOUBLE_JUMP, limits }: Circumstances): Result =>
  checkVariant(targetOf(asked), scenario, { properties: [property], limits: limits ?? DEFAULT_LIMITS, least: true })[0]!

/** What is neither one nor the other fails the test, with `.not` as well: nothing is known. */
const neither = ({ isNot = false }: Asserting, result: Result): Outcome => ({
  pass: isNot,
  message: () => told(result),
})

/**
 * For vitest or jest: `expect.extend(matchers)`. Properties are asked of a variant, by one search a property; what does not come out as the test
 * says is told with a ladder of the least run.
 *
 * Each throws InputError where there is no such variant, scenario or property.
 */
export const matchers = {
  /** The property holds, not vacuously, after a search that saw everything. */
  toHold(this: Asserting, asked: unknown, property: string, circumstances: Circumstances = {}): Outcome {
    const result = search(asked, property, circumstances)
    if (result.verdict !== 'holds' && result.verdict !== 'violated') return neither(this, result)
    return { pass: result.verdict === 'holds', message: () => told(result) }
  },

  /** The property is violated, and the least run that does it spends so many moves and faults. */
  toViolate(this: Asserting, asked: unknown, property: string, violation: Violation = {}): Outcome {
    const result = search(asked, property, violation)
    if (result.verdict !== 'holds' && result.verdict !== 'violated') return neither(this, result)
    if (result.verdict === 'holds') return { pass: false, message: () => told(result) }
    // What cannot be reached has no run: it spends nothing that could be compared.
    const { moves = result.moves, faults = result.faults } = violation
    const pass = moves === result.moves && faults === result.faults
    return { pass, message: () => (pass ? told(result) : `${otherCost(result, violation)}\n${told(result)}`) }
  },

  /** What an entry of `checksOf` says will come out does. */
  toComeOutAsExpected(
    this: Asserting,
    check: Check,
    { limits = DEFAULT_LIMITS }: Pick<Circumstances, 'limits'> = {},
  ): Outcome {
    if (typeof check !== 'object' || check === null || !('expected' in check))
      throw new InputError('toComeOutAsExpected is asked of an entry of checksOf(protocol).')
    const { target, scenario, property, expected } = check
    const result = resultOf(check, limits)
    if (result.asExpected) return { pass: true, message: () => told(result) }
    const known = result.verdict !== 'incomplete' && result.verdict !== 'failed'
    return {
      pass: known ? false : (this.isNot ?? false),
      message: () => {
        // The search was one of all properties, with shortest runs; what is shown is the least.
        const [least] = checkVariant(target, scenario, { properties: [property], limits, least: true })
        return `Expected: ${expected}. ${told(least!)}`
      },
    }
  },

  ...conformance,
}
