// Up to a symmetry: the states are those that were searched and their images, what is claimed of states and steps is decided as of the whole model, and a model that is not symmetric is refused
// (docs/decisions/0019).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkVariant, replayStory, variantOf } from '../../analysis/index.ts'
import { searchUpTo } from '../../analysis/reduction/symmetry.ts'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import { valuesOf } from '../../checker/graph.ts'
import { wallClock } from '../../checker/limits.ts'
import type { Model, Value } from '../../checker/model.ts'
import { always, everyStep } from '../../checker/property.ts'
import { after, enabledOutcomes, referenceGraph } from '../../checker/reference.ts'
import { imageOf, Mirror, withSymmetry } from '../../checker/symmetry.ts'
import type { Trace } from '../../checker/verdict.ts'
import { full, sample } from '../full.ts'
import { brokenTwin, type Fault, someOf } from './broken-twin.ts'
import { claims, decided } from './claims.ts'
import { throwing } from './random-model.ts'
import { shippedSearches } from './shipped.ts'
import { counting, even, imageOfRule, nearly, type Symmetric, symmetric } from './symmetric-model.ts'

/** In what the states of a search and their images are not those of the model; null where they are; 'refused' where it is not symmetric. */
function difference({ model, symmetry }: Symmetric, search = explore, prepared = withSymmetry, mirror = Mirror) {
  try {
    const graph = search(prepared(model, symmetry), { mirror: (compiled) => new mirror(compiled, symmetry) })
    const states = Array.from({ length: graph.store.count }, (_, s) => valuesOf(graph, s))
    const own = states.map(canonical)
    const all = new Set([...own, ...states.map((state) => canonical(imageOf(symmetry, state)))])
    const should = new Set(referenceGraph(model).states)
    if (canonical([...all].sort()) !== canonical([...should].sort())) return 'other states'
    const fixed = states.filter((state, s) => own[s] === canonical(imageOf(symmetry, state))).length
    return 2 * own.length - fixed === all.size ? null : 'a state and its image'
  } catch (error) {
    if ((error as Error).name === 'NotSymmetric') return 'refused'
    throw error
  }
}

test('the states are those that were searched and their images, and of these one', () => {
  fc.assert(
    fc.property(symmetric, (one) => difference(one, explore) === null),
    { numRuns: full ? 20_000 : 500 },
  )
  expect(difference(counting, explore)).toBeNull()
})

test('a model that is not symmetric is refused', () => {
  const seen = new Map<string | null, number>()
  fc.assert(
    fc.property(nearly, (one) => {
      const how = difference(one, explore)
      seen.set(how, (seen.get(how) ?? 0) + 1)
      return how === null || how === 'refused'
    }),
    { numRuns: full ? 20_000 : 1_000 },
  )
  expect(seen.get('refused')).toBeGreaterThan(100)
  expect(seen.get(null)).toBeGreaterThan(100)
})

/** Each step is one of the model, from an initial state on. */
function isRun(model: Model, { states, steps }: Trace): boolean {
  const isSame = (one: Value, other: Value): boolean => canonical(one) === canonical(other)
  return (
    model.initial.some((state) => isSame(state, states[0]!)) &&
    steps.every((step, i) =>
      enabledOutcomes(model, states[i]!).some(
        (outcome) => outcome.label.text === step.text && isSame(after(model, states[i]!, outcome), states[i + 1]!),
      ),
    )
  )
}

const traceOf = (verdict: ReturnType<typeof check>[number]): Trace[] => {
  const trace = verdict.kind === 'failed' ? verdict.error.trace : 'trace' in verdict ? verdict.trace : undefined
  return trace === undefined ? [] : [trace]
}

function sameVerdicts(
  { model, symmetry }: Symmetric,
  claimed: (model: Model) => Parameters<typeof check>[1],
  judge: typeof check,
) {
  const properties = claimed(model)
  const verdicts = searchUpTo(symmetry, model, properties, (given, asked, mirror) => judge(given, asked, { mirror }))
  const whole = check(model, properties)
  const ends = verdicts.every((verdict, i) => {
    const [trace] = traceOf(verdict)
    if (trace === undefined) return true
    // The property alone, of that run alone.
    const states = trace.states.map((state) => canonical(state))
    const along: Model = {
      ...model,
      initial: [trace.states[0]!],
      rules: [
        {
          name: 'along',
          reads: model.cells.map((_, cell) => cell),
          fire: (look) => {
            const at = states.indexOf(canonical(model.cells.map((_, cell) => look(cell))))
            const next = trace.states[at + 1]
            if (next === undefined) return []
            return [{ label: { kind: 'step', text: '' }, sets: next.map((value, cell) => [cell, value]), sends: [] }]
          },
        },
      ],
    }
    return isRun(model, trace) && check(along, [properties[i]!])[0]!.kind === verdict.kind
  })
  return ends && canonical(decided(verdicts)) === canonical(decided(whole))
}

test('claims of states and steps are decided as without, by runs of the model that are as short', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(symmetric, claims, (one, claimed) => {
      expect(sameVerdicts(one, claimed, check)).toBe(true)
      for (const { property, kind } of check(one.model, claimed(one.model))) seen.add(`${property} ${kind}`)
    }),
    { numRuns: full ? 20_000 : 300 },
  )
  expect(seen.size).toBe(10)
})

test('a rule that throws is reported with a run to where it does', () => {
  let thrown = 0
  fc.assert(
    fc.property(even, fc.nat(6), claims, ({ model: plain, symmetry }, at, claimed) => {
      const rules = throwing(plain, at).rules.flatMap((rule) => [rule, imageOfRule(symmetry, rule)])
      const initial = [...plain.initial, ...plain.initial.map((state) => imageOf(symmetry, state))]
      const model = { ...plain, rules, initial }
      const [own] = check(model, claimed(model))
      const [verdict] = searchUpTo(symmetry, model, claimed(model), (given, asked, mirror) =>
        check(given, asked, { mirror }),
      )
      if (own?.kind !== 'failed') return verdict!.kind !== 'failed'
      if (verdict?.kind !== 'failed') return false
      thrown++
      const { trace, saw } = verdict.error
      const end = trace?.states.at(-1)
      return (
        trace === undefined ||
        (isRun(model, trace) &&
          Object.entries(saw).every(([name, value]) => end![model.cells.indexOf(name)] === value) &&
          trace.steps.length === own.error.trace?.steps.length)
      )
    }),
    { numRuns: full ? 20_000 : 300 },
  )
  expect(thrown).toBeGreaterThan(20)
})

test('a predicate that throws, of what is searched or of its image, is reported with a run to where it does', () => {
  let thrown = 0
  fc.assert(
    fc.property(symmetric, fc.nat(5), fc.boolean(), ({ model, symmetry }, nth, ofSteps) => {
      const cell = nth % model.cells.length
      const fails = (value: Value): true => {
        if (value === 1) throw new Error('it is one')
        return true
      }
      const claim = ofSteps
        ? everyStep({ name: 'none', holds: (before) => fails(before(cell)) })
        : always({ name: 'none', holds: (look) => fails(look(cell)) })
      const properties = [{ id: 'none', ...claim }]
      const [whole] = check(model, properties)
      const [verdict] = searchUpTo(symmetry, model, properties, (given, asked, mirror) =>
        check(given, asked, { mirror }),
      )
      if (whole?.kind !== 'failed' || verdict?.kind !== 'failed') return whole?.kind === verdict?.kind
      thrown++
      const { trace, saw, where, message } = verdict.error
      const name = ofSteps ? `${model.cells[cell]} (before)` : model.cells[cell]!
      return (
        isRun(model, trace!) &&
        trace!.states.at(-1)![cell] === 1 &&
        saw[name] === 1 &&
        where === whole.error.where &&
        message === whole.error.message
      )
    }),
    { numRuns: full ? 20_000 : 300 },
  )
  expect(thrown).toBeGreaterThan(50)
})

test('what is found is told once, and the search ends when all is decided', () => {
  const told: string[] = []
  const control = { ...wallClock, found: ({ property }: { readonly property: string }) => void told.push(property) }
  checkVariant('wireguard/roaming', 'both-move', { control, reduce: ['symmetry'] })
  expect(told.length).toBeGreaterThan(1)
  expect(new Set(told).size).toBe(told.length)
  const { model, symmetry } = counting
  const property = { id: 'low', ...always({ name: 'low', holds: (look) => (look(0) as number) < 3 || 'it is 3' }) }
  const [whole] = check(model, [property])
  const [less] = searchUpTo(symmetry, model, [property], (given, asked, mirror) => check(given, asked, { mirror }))
  expect(less!.statistics.states).toBeLessThanOrEqual(whole!.statistics.states)
})

const inSymmetry = (text: string, by: string): Fault => ({ file: 'symmetry.ts', changes: [[text, by]] })

const MIRROR_FAULTS: Readonly<Record<string, Fault>> = {
  'images happen otherwise': inSymmetry('if (differ) throw', 'if (differ && this.#row.length > 99) throw'),
  'only how much happens is looked at': inSymmetry('one.some((deed, i) => deed !== other[i])', 'false'),
  'images of initial states are not initial': inSymmetry('if (known.has(String(image))) continue', 'continue'),
  'the order in which parcels are sent is not looked at': inSymmetry(
    'isImage ? this.#imageOfParcel(cell, id) : id])',
    'isImage ? this.#imageOfParcel(cell, id) : id].sort())',
  ),
  'images of images need not be what they are of': inSymmetry(
    'canonical(value(other, imaged)) !== canonical(own)',
    'imaged === undefined',
  ),
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'nothing is folded': { file: 'explore.ts', changes: [['mirror?.fold(made.rows, count, store.layout)', '']] },
  'initial states are not folded': { file: 'explore.ts', changes: [['mirror?.representative(row) ?? row', 'row']] },
  'images need have no room': {
    file: 'explore.ts',
    changes: [['mirror?.prepareFold(made.rows, count, store.layout) === false', 'false']],
  },
}

/** The same of verdicts alone. */
const VERDICT_FAULTS: Readonly<Record<string, Fault>> = {
  'runs lead on only from states that stand for themselves': {
    file: 'graph.ts',
    changes: [['mirror?.representative(row) ?? row', 'row']],
  },
  'steps are shown as they are stored': {
    file: 'explore.ts',
    changes: [
      ['    mirror?.fold(made.rows, count, store.layout)\n', ''],
      [
        '    this.#visitSteps(state, made, 0, count)\n    store.lookUp',
        '    mirror?.fold(made.rows, count, store.layout)\n    this.#visitSteps(state, made, 0, count)\n    store.lookUp',
      ],
    ],
  },
}

describe('they show it when', () => {
  const shown = fc.oneof(symmetric, nearly, fc.constant(counting))
  const isRight = (how: string | null): boolean => how === null || how === 'refused'

  test.each(someOf(FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ explore: typeof explore }>('explore.ts', FAULTS[fault]!)
    const agrees = fc.property(shown, (one) => isRight(difference(one, twin.explore)))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test.each(someOf(MIRROR_FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ Mirror: typeof Mirror }>('symmetry.ts', MIRROR_FAULTS[fault]!)
    const agrees = fc.property(shown, (one) => isRight(difference(one, explore, withSymmetry, twin.Mirror)))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test('what arrives differs', async () => {
    const twin = await brokenTwin<{ withSymmetry: typeof withSymmetry }>(
      'symmetry.ts',
      inSymmetry('if (canonical(there) !== canonical(value(cell, after)))', 'if (there === undefined)'),
    )
    const agrees = fc.property(nearly, (one) => [null, 'refused'].includes(difference(one, explore, twin.withSymmetry)))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test.each(someOf(VERDICT_FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ check: typeof check }>('check.ts', VERDICT_FAULTS[fault]!)
    const agrees = fc.property(symmetric, claims, (one, claimed) => sameVerdicts(one, claimed, twin.check))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test('images are not asked', () => {
    const forgets: typeof check = (model, properties, options) => {
      const own = properties.slice(0, properties.length / 2)
      const verdicts = check(model, own, options)
      return [...verdicts, ...verdicts]
    }
    const agrees = fc.property(symmetric, claims, (one, claimed) => sameVerdicts(one, claimed, forgets))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})

const cases = shippedSearches(({ time }) => time === undefined)

test.each(sample(cases, 41))('of protocols, too: $name', ({ protocol, variant, scenario }) => {
  const target = variantOf(protocol, variant.name)
  const limits = { states: full ? 2_000_000 : 20_000 }
  const whole = checkVariant(target, scenario, { limits })
  for (const [i, one] of checkVariant(target, scenario, { limits, reduce: ['symmetry'] }).entries()) {
    const { property, verdict, steps, states, story, incompleteBecause, reason } = one
    if (incompleteBecause === 'reduction') {
      expect(reason).toMatch(/whole runs|not alike|no two hosts/)
      continue
    }
    if (story !== null) expect(replayStory(target, story), property).toMatchObject({ kind: 'still happens' })
    const other = whole[i]!
    if (other.verdict === 'incomplete') continue
    expect([verdict, steps], property).toEqual([other.verdict, other.steps])
    expect(states).toBeGreaterThanOrEqual(other.states / 2)
  }
})
