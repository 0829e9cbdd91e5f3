import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import { noStaleOverwrite } from '../../properties/index.ts'
import { type Event, node, type Role, stay } from '../../spec/index.ts'
import { internetOf } from '../internet/harness.ts'

interface Note {
  readonly believes: string | null
}

/** A host that believes one address after another, whatever happens. */
const believer = (addresses: readonly (string | null)[]): Role<Note, { kind: 'never sent' }, 'next'> => ({
  start: { believes: addresses[0]! },
  step: (me, event: Event<{ kind: 'never sent' }, 'next'>) =>
    stay(event.kind === 'next' ? { believes: addresses[addresses.indexOf(me.believes) + 1]! } : me),
  timers: { next: { milliseconds: 1, source: 'test' } },
  armed: (me) => (me.believes === addresses[addresses.length - 1] ? [] : ['next']),
})

function verdict(way: readonly string[], addresses: readonly (string | null)[]): string {
  const internet = internetOf(
    [node('a', believer(['x']), { from: way[0]! }), node('b', believer(addresses), { from: 'east-1' })],
    { moves: { a: way.slice(1) }, movement: 'atomic', timers: { next: 'eager' } },
  )
  const subject = {
    ends: ['a', 'b'] as const,
    beliefs: [
      { holder: 'b', about: 'a', believes: (view: { state<T>(n: string): T }) => view.state<Note>('b').believes },
    ],
  }
  return check(internet.model, [noStaleOverwrite({ internet, subject })])[0]!.kind
}

test('what is newer may replace what is older, and not the other way round', () => {
  expect(verdict(['w1', 'w2'], ['w1/a', 'w2/a'])).toBe('holds')
  expect(verdict(['w1', 'w2'], ['w2/a', 'w1/a'])).toBe('violated')
})

test('to know nothing, and to learn again, is no overwrite', () => {
  expect(verdict(['w1', 'w2'], ['w2/a', null, 'w1/a'])).toBe('holds')
})

test('where a host returns, an address may mean either stay', () => {
  expect(verdict(['w1', 'w2', 'w1'], ['w2/a', 'w1/a'])).toBe('violated')
  expect(verdict(['w1', 'w2', 'w1'], ['w1/a', 'w2/a'])).toBe('holds')
})

test('an address that the host has never held is wrong, but not old', () => {
  expect(verdict(['w1', 'w2'], ['elsewhere/a', 'w2/a'])).toBe('holds')
  expect(verdict(['w1', 'w2'], ['w2/a', 'elsewhere/a'])).toBe('holds')
})
