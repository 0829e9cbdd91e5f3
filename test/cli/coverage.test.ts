import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

test('coverage says what never happened in any scenario of a file of one’s own, and what all is', () => {
  const { code, out, err } = doublejump(['coverage', 'examples/hello.ts'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [direct, rendezvous, none] = out.split(/\n\n/)
  expect(direct).toContain('hello/direct: 2 scenarios, 100 states')
  expect(direct).toContain('never  server receives Query (it does in rendezvous)')
  expect(rendezvous).toMatch(/server +receives 2 of 2, timers 0 of 0, effects 1 of 1/)
  expect(rendezvous).not.toContain('receives Query')
  expect(rendezvous).toContain('never  the network delivers a packet twice (no scenario lets it happen)')
  expect(none).toContain('In no variant of hello\n')
  expect(out).toContain('What could happen is not known')
})

test('coverage as a document, and of a search that was cut short', () => {
  const { code, out } = doublejump([
    'coverage',
    'hip/direct',
    '--scenario',
    'both-move',
    '--max-states',
    '20',
    '--json',
  ])
  expect(code).toBe(0)
  const { version, variants } = JSON.parse(out)
  expect(version).toBe(1)
  expect(variants).toHaveLength(1)
  expect(variants[0].scenarios).toEqual([{ scenario: 'both-move', states: 20, incompleteBecause: 'states' }])
  expect(doublejump(['coverage', 'hip/direct', '--scenario', 'both-move', '--max-states', '20']).out).toContain(
    'not seen whole, so that what is missing may happen there: both-move',
  )
})
