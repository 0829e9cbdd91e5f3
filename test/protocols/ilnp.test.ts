import { expect, test } from 'vitest'
import { BINDING, DEADLOCK, QUIET_DATA, REACH, STALE } from '../../spec/property-ids.ts'
import { ask, find, kindsOf, told } from './ask.ts'
import { mutate } from './mutants/mutate.ts'

test('RFC 6743: a Locator Update has no number, so that a late one takes back a newer one, though nobody else moves', () => {
  for (const scenario of ['one-moves-twice', 'one-returns', 'one-moves-twice-one-loss']) {
    expect(kindsOf(ask('ilnp/locator-update', scenario)), scenario).toMatchObject({
      [BINDING]: 'violated',
      [REACH]: 'violated',
      [QUIET_DATA]: 'violated',
    })
  }
  const steps = told(ask('ilnp/locator-update', 'one-moves-twice')[STALE]!)
  const taken = (locator: string) =>
    steps.findIndex((text) => text.startsWith(`b receives Locator Update (${locator})`))
  expect(taken('west-3/a')).toBeGreaterThan(-1)
  expect(taken('west-2/a')).toBeGreaterThan(taken('west-3/a'))
})

test('numbers, which RFC 6743 does not have, repair that, and not the double jump', () => {
  for (const scenario of ['one-moves-twice', 'one-returns', 'one-moves-twice-one-loss']) {
    expect(new Set(Object.values(kindsOf(ask('ilnp/numbered', scenario)))), scenario).toEqual(new Set(['holds']))
  }
  // No verdict of a single move, or of one move each, depends on them.
  for (const scenario of [
    'one-moves',
    'both-move',
    'both-move-one-loss',
    'both-move-reordered',
    'both-move-fair-loss',
  ]) {
    expect(kindsOf(ask('ilnp/numbered', scenario)), scenario).toEqual(kindsOf(ask('ilnp/locator-update', scenario)))
  }
  expect(kindsOf(ask('ilnp/numbered', 'both-move'))).toMatchObject({ [BINDING]: 'violated', [DEADLOCK]: 'violated' })
})

test('with the DNS, both order and dropped answers are needed for two moves each', () => {
  const binding = (variant: string) => kindsOf(ask(`ilnp/${variant}`, 'both-move-twice'))[BINDING]
  expect(binding('dns-overtaken-answers-dropped')).toBe('violated')
  expect(binding('numbered-dns-each-time')).toBe('violated')
  expect(binding('numbered-dns-overtaken-answers-dropped')).toBe('holds')
})

test('an ACK of any update ends the one under way; matching it by its locator changes no verdict', () => {
  const byLocator = mutate('', (state, event, step) =>
    event.kind === 'Locator Update ACK' && event.locator !== state.here ? [state, []] : step(state, event),
  )
  for (const name of ['locator-update', 'dns-overtaken-answers-dropped', 'soft-handoff']) {
    const target = `ilnp/${name}`
    for (const { name: scenario } of find(target).variant.scenarios) {
      expect(kindsOf(ask(target, scenario, { change: byLocator })), `${target} ${scenario}`).toEqual(
        kindsOf(ask(target, scenario)),
      )
    }
  }
})

test('a soft handoff survives the double jump with an overlap of either length, and a second quick move with numbers only', () => {
  for (const scenario of ['both-move-brief-overlap', 'both-move-long-overlap']) {
    expect(kindsOf(ask('ilnp/soft-handoff', scenario)), scenario).toMatchObject({
      [BINDING]: 'holds',
      [REACH]: 'holds',
    })
  }
  expect(kindsOf(ask('ilnp/soft-handoff', 'one-moves-twice'))[BINDING]).toBe('violated')
  expect(kindsOf(ask('ilnp/numbered-soft-handoff', 'one-moves-twice'))[BINDING]).toBe('holds')
})
