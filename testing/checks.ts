import { describe } from '../analysis/describe.ts'
import { checkVariant, type Result } from '../analysis/job.ts'
import { expectedOf, shippedTarget, type Target, type TargetVariant } from '../analysis/target.ts'
import type { Limits } from '../checker/limits.ts'
import type { Expected, Protocol } from '../spec/protocol.ts'

/** One thing that a protocol says will come out: a property of a variant in a scenario. */
export interface Check {
  /** `hello/direct · both-move · binding-eventually-correct is violated`. */
  readonly title: string
  readonly target: TargetVariant
  readonly scenario: string
  readonly property: string
  readonly expected: Expected
}

/**
 * Everything that a protocol says will come out, an entry a variant, scenario and property, in the order of reports:
 *
 * ```ts
 * for (const check of checksOf(hello)) test(check.title, () => expect(check).toComeOutAsExpected())
 * ```
 *
 * @param protocol one's own, or the name of one that ships
 * @param properties what it is asked besides what every protocol is asked: what its file exports as `properties`
 * @param options `large`: also the scenarios that take minutes or gigabytes
 * @throws InputError where there is no protocol of the name, or a variant cannot be put together
 */
export function checksOf(
  protocol: string | Protocol,
  properties?: Target['properties'],
  options: { readonly large?: boolean } = {},
): Check[] {
  const whole: Target =
    typeof protocol === 'string' ? shippedTarget(protocol) : { protocol, variants: protocol.variants, file: null }
  const target = properties === undefined ? whole : { ...whole, properties }
  return describe(target).variants.flatMap(({ name, scenarios }, i) => {
    const { variants, ...rest } = target
    const variant = variants[i]!
    const asked: TargetVariant = { ...rest, variant }
    return scenarios
      .filter(({ large }) => !large || options.large === true)
      .flatMap((scenario) =>
        scenario.properties.map((property): Check => {
          const expected = expectedOf(variant, scenario.name, property)
          const comesOut = { holds: 'holds', violated: 'is violated', vacuous: 'is vacuous' }[expected]
          return {
            title: `${target.protocol.name}/${name} · ${scenario.name} · ${property} ${comesOut}`,
            target: asked,
            scenario: scenario.name,
            property,
            expected,
          }
        }),
      )
  })
}

/** What searches have found: all properties of a variant in a scenario come out of one. */
const found = new WeakMap<TargetVariant, Map<string, Result[]>>()

/** What came out of a check. */
export function resultOf({ target, scenario, property }: Check, limits: Limits): Result {
  const searches = found.get(target) ?? new Map<string, Result[]>()
  found.set(target, searches)
  const search = `${scenario} ${JSON.stringify(limits)}`
  const results = searches.get(search) ?? checkVariant(target, scenario, { limits })
  searches.set(search, results)
  return results.find((result) => result.property === property)!
}
