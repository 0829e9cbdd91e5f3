// What a verdict leans on: the lattice of assumptions, and the minimal sets that turn a verdict round.
import { describe, expect, test } from 'vitest'
import { axesOf } from '../../analysis/assumptions/axes.ts'
import { type LeansOn, leansOn } from '../../analysis/assumptions/leans-on.ts'
import { type Judged, minimalSets } from '../../analysis/assumptions/minimal-sets.ts'
import { isAbove, type Point, pointsOf, scenarioAt } from '../../analysis/assumptions/points.ts'
import { Searches } from '../../analysis/assumptions/searches.ts'
import { assumptionsOf } from '../../analysis/assumptions/told.ts'
import { breaksAndDecided, breaksOf } from '../../analysis/breaks.ts'
import { checkVariant } from '../../analysis/job.ts'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { wallClock } from '../../checker/limits.ts'
import { sentence } from '../../counterexamples/index.ts'
import hello from '../../examples/hello.ts'
import { type Scenario, scenario } from '../../spec/internet/scenario.ts'
import { protocols } from '../../spec/protocols.ts'

const BINDING = 'binding-eventually-correct'
const direct = variantOf(hello, 'direct')
const rendezvous = variantOf(hello, 'rendezvous')

const axesIn = (target: typeof direct, base: Scenario) => axesOf(target.protocol, target.variant, base)
const fieldsOf = (one: Scenario, other: Scenario): string[] =>
  (Object.keys(one) as (keyof Scenario)[]).filter(
    (field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]),
  )

describe('the lattice', () => {
  test('one step changes one field of the scenario, and no other', () => {
    for (const protocol of protocols) {
      for (const variant of protocol.variants) {
        const base = variant.scenarios.find(({ name }) => name === 'both-move') ?? variant.scenarios[0]!
        const axes = axesOf(protocol, variant, base)
        expect(new Set(axes.map(({ id }) => id)).size).toBe(axes.length)
        for (const axis of axes) {
          for (const { change, value } of [...axis.weaker, ...axis.stronger]) {
            const changed = fieldsOf(base, change(base))
            // An attacker comes with what its own timers may do.
            const expected = axis.id === 'option attacker' ? ['timers', 'options'] : [expect.any(String)]
            const nobodyMoves = axis.id.startsWith('return of ') && changed.length === 0
            if (!nobodyMoves) expect(changed, `${variant.name}: ${axis.id} ${value}`).toEqual(expected)
          }
        }
      }
    }
  })

  test('every field of a scenario has an axis', () => {
    const base: Scenario = { ...scenarioOf(variantOf('sims/credentials'), 'both-move'), movement: 'make-before-break' }
    const changed = new Set(
      axesIn(variantOf('sims/credentials'), base).flatMap((axis) =>
        [...axis.weaker, ...axis.stronger].flatMap(({ change }) => fieldsOf(base, change(base))),
      ),
    )
    const all = Object.keys(base).filter((field) => !['name', 'title'].includes(field))
    expect([...changed].sort()).toEqual(all.sort())
  })

  test('a timer that need not wait, nor fire, fires at will', () => {
    const base = scenarioOf(variantOf('hip/direct'), 'both-move')
    const axes = axesIn(variantOf('hip/direct'), base).filter(({ id }) => id.startsWith('timer UPDATE retry'))
    const both = pointsOf(axes, 'weaker', 2)
    expect(both).toHaveLength(1)
    for (const point of [both[0]!, [...both[0]!].reverse()])
      expect(scenarioAt(base, point).timers['UPDATE retry']).toBe('at will')
  })

  test('defaults are printed: of the scenario, and of options', () => {
    const told = assumptionsOf(
      variantOf('hip/direct').protocol,
      variantOf('hip/direct').variant,
      scenarioOf(variantOf('hip/direct'), 'both-move'),
    )
    expect(told).toContain('nothing crashes')
    expect(told).toContain('no packet is delivered twice')
    expect(told.at(-1)).toMatch(/^what is not answered is sent again once more than moves and losses/)
    // A host that moves once is never kept back from its second move.
    expect(told.join()).not.toContain('leave')
  })
})

describe('minimal sets', () => {
  /** A model of assumptions alone: it fails where some of these sets are dropped. */
  const failing = (sets: readonly (readonly string[])[], base: Scenario) => {
    const judge = (s: Scenario): Judged<null> => {
      const changed = fieldsOf(base, s)
      return sets.some((set) => set.every((field) => changed.includes(field)))
        ? { kind: 'violated', shown: null }
        : { kind: 'holds' }
    }
    return judge
  }
  const base = scenario('s', 's', { moves: { a: ['west-2'], b: ['east-2'] } })
  const axes = axesIn(direct, base)
  const names = (points: readonly { point: Point }[]) => points.map(({ point }) => point.map(({ axis }) => axis.id))

  test('what lies above a set that fails is not told again', () => {
    const sets = [['links'], ['gaps', 'copies'], ['links', 'duplicates'], ['gaps', 'losses', 'copies']]
    const found = minimalSets(base, axes, 'weaker', 'violated', 3, failing(sets, base))
    expect(names(found.turns)).toEqual([['links'], ['gaps', 'copies']])
  })

  test('what is vacuous, or not known, is neither, and ends the way up', () => {
    const judge = (s: Scenario): Judged<null> => {
      const changed = fieldsOf(base, s)
      if (changed.includes('links')) return { kind: 'vacuous' }
      if (changed.includes('gaps')) return { kind: 'not known', because: 'too big' }
      return changed.includes('losses') && changed.includes('copies')
        ? { kind: 'violated', shown: null }
        : { kind: 'holds' }
    }
    const found = minimalSets(base, axes, 'weaker', 'violated', 2, judge)
    expect(names(found.turns)).toEqual([['losses', 'copies']])
    expect(found.vacuous.map((point) => point.map(({ axis }) => axis.id))).toEqual([['links']])
    expect(names(found.notKnown)).toEqual([['gaps']])
  })

  test('where time is up, what was not tried is said', () => {
    let left = 3
    const found = minimalSets<null>(base, axes, 'weaker', 'violated', 1, () =>
      left-- > 0 ? { kind: 'holds' } : { kind: 'cut' },
    )
    expect(found.tried).toBe(3)
    expect(found.notTried).toHaveLength(
      axes.filter((axis) => axis.says(base)).reduce((sum, { weaker }) => sum + weaker.length, 0) - 3,
    )
  })

  test('the law: each set turns the verdict round, and whatever is below it does not', () => {
    for (const [target, property, mostAtOnce] of [
      [rendezvous, BINDING, 2],
      [direct, BINDING, 2],
      [variantOf('wireguard/re-resolve-one'), BINDING, 1],
      [variantOf('mobike/single-homed'), 'session-survives', 1],
    ] as const) {
      const from = scenarioOf(target, 'both-move')
      const verdictOf = (s: Scenario) => checkVariant(target, s, { properties: [property] })[0]!.verdict
      const before = verdictOf(from)
      const direction = before === 'holds' ? 'weaker' : 'stronger'
      const { leansOn } = breaksOf(target, property, { mostAtOnce, states: 20_000 })
      const all = axesIn(target, from)
      const steps = (changes: LeansOn['sets'][number]['changes']): Point =>
        changes.map(({ assumption, value }) => {
          const axis = all.find(({ id }) => id === assumption)!
          const level = axis[direction].findIndex((one) => one.value === value)
          return { axis, level, alternative: axis[direction][level]! }
        })
      const points = leansOn!.sets.map(({ changes }) => steps(changes))
      expect(points.length).toBeGreaterThan(0)
      for (const point of points) {
        expect(verdictOf(scenarioAt(from, point))).toBe(before === 'holds' ? 'violated' : 'holds')
        for (const below of belowOf(point, direction)) expect(verdictOf(scenarioAt(from, below))).toBe(before)
        expect(points.filter((other) => isAbove(point, other))).toEqual([point])
      }
    }
  })

  /** One step less, or one step less far. */
  const belowOf = (point: Point, direction: 'weaker' | 'stronger'): Point[] =>
    point.map((step): Point => {
      const others = point.filter((other) => other !== step)
      const level = step.level - 1
      return level < 0 ? others : [...others, { ...step, level, alternative: step.axis[direction][level]! }]
    })
})

describe('a budget', () => {
  test('what was decided is not searched again, and comes out the same', () => {
    const whole = breaksOf(rendezvous, BINDING, { mostAtOnce: 1 })
    let asks = 0
    const control = { now: () => 0, interrupted: () => asks++ > 40 }
    const cut = breaksAndDecided(rendezvous, BINDING, { mostAtOnce: 1, control })
    expect(cut.breaks.complete).toBe(false)
    expect(cut.decided.length).toBeGreaterThan(0)
    const rest = breaksAndDecided(rendezvous, BINDING, { mostAtOnce: 1, decided: cut.decided })
    expect(rest.breaks).toEqual(whole)
    const again = breaksAndDecided(rendezvous, BINDING, { mostAtOnce: 1, decided: rest.decided })
    expect(again.decided).toEqual(rest.decided)
  })

  test('what was decided of another model is refused', () => {
    const { decided } = breaksAndDecided(direct, BINDING, { mostAtOnce: 1 })
    expect(() => breaksOf(rendezvous, BINDING, { decided })).toThrow(/not of today's hello\/rendezvous/)
  })
})

/**
 * Read by a person, run by run: each assumption on the left is one without which the least run that is shown does happen, and which rules it out where it is kept.
 * What a run shows is named on the right.
 */
describe('five variants that hold, as they were read', () => {
  const single = (name: string, property: string) => {
    const target = variantOf(name)
    const base = scenarioOf(target, 'both-move')
    const searches = new Searches(target, base, [property], { states: 50_000, control: wallClock })
    const { sets } = leansOn(target, base, 'violated', 1, searches)
    return new Map(
      sets.map(({ changes: [change], story }) => [`${change!.assumption}: ${change!.value}`, sentence(story!)]),
    )
  }

  test.each([
    [
      // The server relays to where its client has registered, once it is asked again: the retries, in time, are what it takes, of the echo as well.
      'hip/rvs-when-sent-again',
      'session-survives',
      {
        'gaps: any': /its echo request was never answered/,
        'timer UPDATE retry fires: never': /its UPDATE was never acknowledged/,
        'timer echo retry fires: never': /its echo request was never answered/,
        'timer echo retry waits: eager': /its echo request was never answered/,
        'timer UPDATE time-out waits: eager': /its UPDATE was never acknowledged/,
        'losses: fair': /the network loses 3 packets/,
      },
    ],
    [
      // It looks up once, at the time-out: a second move after that is missed, and so is a lookup before the peer has registered.
      'tmsp/lookup-at-time-out',
      BINDING,
      {
        'moves of a: 2': /a is at west-3/,
        'return of a: returns': /a is at west-1/,
        'moves of b: 2': /b is at east-3/,
        'return of b: returns': /b is at east-1/,
        'timer INVITE time-out waits: eager': /b is at east-2/,
        'timer INVITE time-out fires: never': /re-INVITE from a to east-1\/b/,
        'losses: fair': /the network loses 4 packets/,
      },
    ],
    [
      // The second address stays, but requests are tried a few times only.
      'mobike/responder-multihomed',
      'session-survives',
      {
        'gaps: any': /deleted the IKE SA/,
        'timer retransmission waits: eager': /deleted the IKE SA/,
        'timer retransmission fires: never': /deleted the IKE SA/,
        'timer IKE SA time-out waits: eager': /deleted the IKE SA/,
        'losses: fair': /the network loses 3 packets/,
      },
    ],
  ] as const)('%s', (name, property, expected) => {
    const found = single(name, property)
    expect([...found.keys()].sort()).toEqual(Object.keys(expected).sort())
    for (const [change, words] of Object.entries(expected)) expect(found.get(change)).toMatch(words)
  })

  const verdictWith = (name: string, property: string, id: string, value: string) => {
    const target = variantOf(name)
    const base = scenarioOf(target, 'both-move')
    const { change } = axesIn(target, base)
      .find((axis) => axis.id === id)!
      .weaker.find((one) => one.value === value)!
    return checkVariant(target, change(base), { properties: [property] })[0]!
  }

  // A 200 is sent again by Timer G; without it, an ACK that died at the address that b has left ends the dialog.
  test('sip/resend-replace-branch leans on gaps and on Timer G, and not on order', () => {
    const survives = (id: string, value: string) =>
      verdictWith('sip/resend-replace-branch', 'session-survives', id, value)
    for (const dropped of [survives('gaps', 'any'), survives('timer Timer G fires', 'never')])
      expect(dropped.explanation).toMatch(/its 200 OK was never acknowledged/)
    expect(survives('links', 'bag').verdict).toBe('holds')
    expect(survives('losses', '1').verdict).toBe('holds')
  })

  // Home agents send on what they kept: nothing need be sent a second time, and order does not matter.
  test('mipv6/home-address-expedited leans on no retransmission, gap or order', () => {
    const reaches = (id: string, value: string) =>
      verdictWith('mipv6/home-address-expedited', 'eventually-reachable-both-ways', id, value).verdict
    expect(reaches('gaps', 'any')).toBe('holds')
    expect(reaches('links', 'bag')).toBe('holds')
    expect(reaches('timer BU retransmission fires', 'never')).toBe('holds')
    expect(reaches('timer binding lifetime', 'at will')).toBe('holds')
    // Data go by the home agents then; but an end whose binding has run out knows of no address.
    expect(verdictWith('mipv6/home-address-expedited', BINDING, 'timer binding lifetime', 'at will').verdict).toBe(
      'violated',
    )
  })
})
