import { expect, test } from 'vitest'
import type { Label, PacketLabel } from '../../checker/model.ts'
import { latencyOf, type Way } from '../../claims/latency.ts'
import type { Found } from '../../claims/searches.ts'

const packet = (name: string, source: string, destination: string): PacketLabel => ({
  name,
  detail: '',
  source,
  destination,
})
const [askNear, near] = [packet('ask', 'west/a', 'near/x'), packet('answer', 'near/x', 'west/a')]
const [askFar, far] = [packet('ask', 'west/a', 'far/y'), packet('answer', 'far/y', 'west/a')]
const told = packet('update', 'west/a', 'near/x')

const step = (actor: string, taken?: PacketLabel, ...sent: PacketLabel[]): Label => ({
  text: '',
  kind: 'deliver',
  actor,
  ...(taken === undefined ? { address: 'west/a' } : { taken }),
  sent: sent.map((one) => ({ ...one, from: actor })),
})
/** a asks x and y at once, and tells x when it has both answers. */
const run = (...steps: Label[]): Found =>
  ({
    verdict: { kind: 'holds', trace: { cells: [], states: [], steps: [...steps, step('x', told)], loopStart: null } },
  }) as unknown as Found
const begin = step('a', undefined, askNear, askFar)
const way: Way = (...ends) => (ends.includes('far') ? 50 : 5)

test('what is waited for together takes as long as the longest, in whatever order the run has it', () => {
  const [x, y] = [step('x', askNear, near), step('y', askFar, far)]
  expect(latencyOf(run(begin, x, y, step('a', near), step('a', far, told)), way)).toBe(2 * 50 + 5)
  expect(latencyOf(run(begin, y, x, step('a', far), step('a', near, told)), way)).toBe(2 * 50 + 5)
})

test('whoever only answers does so at once, and who was asked later does not make it wait', () => {
  const y = step('y', askFar, far)
  expect(latencyOf(run(begin, y, step('x', askNear, near), step('a', near, told)), way)).toBe(3 * 5)
})

test('without a run there is no latency', () => {
  expect(latencyOf({ verdict: { kind: 'violated', reason: '' } } as unknown as Found, way)).toBeNull()
})
