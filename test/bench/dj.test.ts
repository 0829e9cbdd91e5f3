import { expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import { noDeadlock } from '../../checker/property.ts'

test.each([
  ['direct', 2, 0, 3717, 16128, 15],
  ['direct', 2, 1, 211_269, 1_379_446, 22],
  ['fixed', 2, 1, 1_692_140, 11_699_322, 31],
] as const)('DJ %s(%i,%i) has %i states and %i transitions, depth %i', (variant, K, R, states, transitions, depth) => {
  const graph = explore(dj(variant, K, R))
  expect({ states: graph.store.count, transitions: graph.transitions, depth: graph.depth }).toEqual({
    states,
    transitions,
    depth,
  })
  // Memory a state, all tables included; a bound of bytes, not of seconds.
  if (states > 100_000) expect(graph.memory / states).toBeLessThanOrEqual(24)
})

test('the shortest way to a final state with a wrong peer has 16 steps in direct(2,1)', () => {
  const [verdict] = check(dj('direct', 2, 1), [
    {
      id: 'peers are right at the end',
      ...noDeadlock({
        name: 'peers are right',
        holds: (look) => {
          const [a, b] = [look(0), look(1)] as unknown as { addr: number; peer: number }[]
          return a!.peer === b!.addr && b!.peer === a!.addr ? true : 'a peer is wrong'
        },
      }),
    },
  ])
  expect(verdict).toMatchObject({ kind: 'violated' })
  expect(verdict?.kind === 'violated' && verdict.trace?.steps.length).toBe(16)
})
