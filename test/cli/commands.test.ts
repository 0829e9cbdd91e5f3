import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

// Only the command that is named is loaded: it has to be found behind what may come before it.
test.each([
  [['--no-cache', '--max-silence', '5', 'list', 'ilnp']],
  [['--max-silence=5', 'list', 'ilnp']],
  [['list', '--no-cache', 'ilnp']],
])('options of the program come before a command or after it: %j', (args) => {
  const { code, out } = doublejump(args)
  expect(code).toBe(0)
  expect(out).toMatch(/^ilnp: /)
})

test('where none is named all are told', () => {
  const { out } = doublejump(['--help'])
  for (const name of ['check', 'run-job', 'worker', 'export', 'init'])
    expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  expect(doublejump(['help', 'export']).out).toContain('Usage: doublejump export')
  expect(doublejump(['exprot'])).toMatchObject({ code: 10, err: expect.stringContaining('Did you mean export?') })
})
