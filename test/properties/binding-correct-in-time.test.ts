import { expect, test } from 'vitest'
import { bindingCorrectInTime } from '../../properties/index.ts'
import { IN_TIME } from '../../spec/property-ids.ts'
import { protocols } from '../../spec/protocols.ts'
import { ask } from '../protocols/ask.ts'

const bounded = protocols.flatMap((protocol) =>
  protocol.variants.flatMap((variant) =>
    Object.entries(variant.subject.within ?? {}).map(([scenario, steps]) => ({
      target: `${protocol.name}/${variant.name}`,
      scenario,
      steps,
    })),
  ),
)

test.each(bounded)(
  '$target, $scenario: $steps steps are enough, and one less is not',
  ({ target, scenario, steps }) => {
    const verdicts = ask(target, scenario, {
      more: (checked) => {
        const tighter = { ...checked.subject, within: { [scenario]: steps - 1 } }
        return [{ ...bindingCorrectInTime({ ...checked, subject: tighter })!, id: 'one step less' }]
      },
    })
    expect(verdicts[IN_TIME]!.kind).toBe('holds')
    expect(verdicts['one step less']!.kind).toBe('violated')
  },
)

test('a bound is asked of several protocols', () => expect(bounded.length).toBeGreaterThanOrEqual(5))
