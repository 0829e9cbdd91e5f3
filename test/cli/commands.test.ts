import { Command } from 'commander'
import { expect, test } from 'vitest'
import { commandsFor } from '../../cli/commands.ts'

async function namesFor(...args: readonly string[]): Promise<string[]> {
  const program = new Command()
  for (const register of await commandsFor(args)) register(program, async () => {})
  return program.commands.map((command) => command.name())
}

test('a command alone is loaded where it is named, whatever options come before it, and all where none is', async () => {
  const all = await namesFor()
  expect(all.length).toBeGreaterThan(20)
  for (const name of all) expect(await namesFor(name, 'check')).toEqual([name])
  expect(await namesFor('--no-cache', '--max-silence', '5', 'list')).toEqual(['list'])
  for (const args of [['--help'], ['help', 'check'], ['chekc'], ['--max-silence=5', 'check'], ['--max-silence']])
    expect(await namesFor(...args)).toEqual(all)
})
