import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { doublejump } from './cli/run.ts'
import { sample } from './full.ts'

const page = readFileSync(resolve(import.meta.dirname, '../docs/verdicts-changed.md'), 'utf8')
const commands = [...page.matchAll(/`npx doublejump ([^`]+)`/g)].map(([, command]) => command!)

test.each(sample(commands, 5))('doublejump %s shows what it is named for', (command) => {
  const { code, out, err } = doublejump(command.split(' '))
  expect(code, err).toBe(0)
  expect(out).not.toBe('')
})

test('each rule has a command that shows it', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|( rule |-|:)/.test(line))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) expect(row).toMatch(/`npx (doublejump|vitest run) [^`]+` \|$/)
})
