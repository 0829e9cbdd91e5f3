// By the public entries, as a user's tests have them: the build must be there (`npm test` makes it).
import { scenario } from 'doublejump'
import { InputError, shippedTarget, variantOf } from 'doublejump/analysis'
import { always, type Checked, everyStep, predicate } from 'doublejump/properties'
import { checksOf, matchers } from 'doublejump/vitest'
import { describe, expect, test } from 'vitest'
import hello from '../../examples/hello.ts'

expect.extend(matchers)

const BINDING = 'binding-eventually-correct'
const direct = variantOf(hello, 'direct')
const rendezvous = variantOf(hello, 'rendezvous')

/** What is said where an expectation is not met. */
function failure(expectation: () => void): string {
  try {
    expectation()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It was met.')
}

describe('toHold', () => {
  test('a repair holds; unpatched it does not, and the ladder of the least run says why', () => {
    expect(rendezvous).toHold(BINDING)
    expect(direct).not.toHold(BINDING)
    const said = failure(() => expect(direct).toHold(BINDING))
    expect(said).toContain(`${BINDING} of hello/direct in 'both-move' is violated.`)
    expect(said).toContain('a and b each move once and the network loses nothing')
    expect(said).toContain('∞ from here on, for ever')
    expect(said).toMatch(/─ Update \(\d\) ─+✗/)
    expect(failure(() => expect(rendezvous).not.toHold(BINDING))).toMatch(/in 'both-move' holds \(\d+ states\)/)
  })

  test('in the scenario that it says', () => {
    expect(direct).toHold(BINDING, { scenario: 'one-moves' })
    expect(failure(() => expect(direct).toHold(BINDING, { scenario: 'none' }))).toMatch(/'none'.*one-moves, both-move/)
  })

  test('a name, a variant with its protocol, a variant as its protocol lists it', () => {
    expect('sip/direct').not.toHold(BINDING)
    const [bare] = shippedTarget('sip-paper').variants
    expect(failure(() => expect(bare).toHold(BINDING))).toContain(`of sip-paper/direct in 'both-move'`)
    // Of a variant alone one cannot know how its protocol tells messages: by their kind, then.
    const said = failure(() => expect(hello.variants[0]).toHold(BINDING))
    expect(said).toContain(`of own/direct in 'both-move'`)
    expect(said).toMatch(/─ Update \(\d\) ─+✗/)
  })

  test('what is not known fails, and so does its opposite', () => {
    const limits = { states: 5 }
    for (const expectation of [
      () => expect(direct).toHold(BINDING, { limits }),
      () => expect(direct).not.toHold(BINDING, { limits }),
      () => expect(direct).toViolate(BINDING, { limits }),
      () => expect(direct).not.toViolate(BINDING, { limits }),
    ])
      expect(failure(expectation)).toMatch(/is not known: the search ended by its limit of states, after \d+ states/)
  })

  test('a vacuous truth fails, and so does its opposite', () => {
    const asked = variantOf(hello, 'direct', (checked: Checked) => [
      {
        id: 'a-vacuous-claim',
        ...everyStep({ name: 'anything', holds: () => true }),
        witness: predicate(checked, 'pigs fly', () => 'they do not'),
      },
    ])
    expect(failure(() => expect(asked).toHold('a-vacuous-claim'))).toMatch(/is vacuous: it never happens that pigs fly/)
    expect(failure(() => expect(asked).not.toHold('a-vacuous-claim'))).toMatch(/is vacuous/)
  })

  test('a spec that throws fails, and so does its opposite', () => {
    const asked = variantOf(hello, 'direct', (checked: Checked) => [
      {
        id: 'a-claim-that-throws',
        ...always(
          predicate(checked, 'a stays', (view) => {
            if (view.hasMoved('a')) throw new Error('a surprise')
            return true
          }),
        ),
      },
    ])
    for (const expectation of [
      () => expect(asked).toHold('a-claim-that-throws'),
      () => expect(asked).not.toHold('a-claim-that-throws'),
    ])
      expect(failure(expectation)).toMatch(/is not known: the spec threw\..*a surprise/)
  })

  test('what is no variant, and what nobody asks, is said', () => {
    expect(() => expect(hello).toHold(BINDING)).toThrow(InputError)
    expect(() => expect(hello).toHold(BINDING)).toThrow(/a protocol: checksOf\(protocol\) lists/)
    expect(() => expect(7).not.toHold(BINDING)).toThrow(/of type number/)
    expect(() => expect('sip/dirct').toHold(BINDING)).toThrow(/nearest: 'sip\/direct'/)
    expect(() => expect(direct).toHold('binding')).toThrow(/property 'binding'.*binding-eventually-correct/)
  })
})

describe('toViolate', () => {
  test('moves and faults of the least run are compared', () => {
    expect(direct).toViolate(BINDING)
    expect(direct).toViolate(BINDING, { moves: 2, faults: 0 })
    expect(direct).not.toViolate(BINDING, { moves: 1 })
    const said = failure(() => expect(direct).toViolate(BINDING, { moves: 1, faults: 2 }))
    expect(said).toContain('The least run that violates it takes 2 moves and 0 faults; expected: 1 move and 2 faults.')
    expect(said).toContain('∞ from here on, for ever')
  })

  test('what holds does not violate it', () => {
    expect(failure(() => expect(rendezvous).toViolate(BINDING, { moves: 2 }))).toMatch(/holds \(\d+ states\)/)
    expect(rendezvous).not.toViolate(BINDING)
  })

  test('what cannot be reached has no run to compare', () => {
    const still = {
      ...hello.variants[0]!,
      scenarios: [scenario('both-move', 'Nobody moves.', {})],
    }
    const asked = { ...direct, variant: still }
    expect(asked).toViolate('a-binding-goes-stale')
    expect(failure(() => expect(asked).toViolate('a-binding-goes-stale', { moves: 0 }))).toContain(
      'What cannot be reached has no run with moves or faults; expected: 0 moves.',
    )
  })
})

describe('checksOf', () => {
  test.each(checksOf(hello))('$title', (check) => {
    expect(check).toComeOutAsExpected()
  })

  test('an entry a variant, scenario and property', () => {
    const checks = checksOf(hello)
    expect(checks.map(({ title }) => title)).toContain(
      'hello/direct · both-move · binding-eventually-correct is violated',
    )
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length)
    expect(checks.filter(({ expected }) => expected === 'violated')).toHaveLength(1)
  })

  test('what comes out otherwise fails with the ladder; what is not known fails both ways', () => {
    const wrong = { ...hello, variants: hello.variants.map((variant) => ({ ...variant, expect: {} })) }
    const check = checksOf(wrong).find(({ title }) => title.includes(`direct · both-move · ${BINDING}`))!
    expect(failure(() => expect(check).toComeOutAsExpected())).toMatch(
      /^Expected: holds\. .* is violated\.\n\n[\s\S]*∞ from/,
    )
    const limits = { states: 5 }
    expect(failure(() => expect(check).toComeOutAsExpected({ limits }))).toMatch(/is not known/)
    expect(failure(() => expect(check).not.toComeOutAsExpected({ limits }))).toMatch(/is not known/)
  })

  test('a property of one’s own is asked as well, and large scenarios only when asked for', () => {
    const properties = (checked: Checked) => [
      { id: 'a-stays', ...always(predicate(checked, 'a stays', (view) => (view.hasMoved('a') ? 'a moved' : true))) },
    ]
    const large = { ...hello, variants: hello.variants.map((variant) => ({ ...variant, large: ['both-move'] })) }
    const usual = checksOf(large, properties)
    expect(usual.map(({ scenario: name }) => name)).not.toContain('both-move')
    expect(usual.filter(({ property }) => property === 'a-stays')).toHaveLength(2)
    expect(checksOf(large, properties, { large: true }).filter(({ property }) => property === 'a-stays')).toHaveLength(
      4,
    )
  })

  test('a protocol that ships, by its name', () => {
    expect(checksOf('sip-paper').length).toBeGreaterThan(50)
    expect(() => checksOf('spi-paper')).toThrow(/nearest: 'sip-paper'/)
  })
})
