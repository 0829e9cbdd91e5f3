import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { doublejump } from './run.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'breaks-'))
const asked = (variant: string, property = 'binding-eventually-correct'): string[] => [
  'breaks',
  `examples/hello.ts/${variant}`,
  '--property',
  property,
  '--most-at-once',
  '1',
]
const run = (...args: readonly string[]) => doublejump(args, { cwd: root })

test('of one that holds: without what it fails; of one that fails: what would save it', () => {
  const holds = run(...asked('rendezvous'))
  expect(holds.code).toBe(0)
  expect(holds.out).toMatch(/it holds\. It leans on some assumptions, and fails if:\n {2}✗ /)
  expect(holds.out).toMatch(/\n {6}without: no packet is lost but at dead addresses\n/)
  const fails = run(...asked('direct'))
  expect(fails.out).toMatch(/it fails\. It would hold if:\n(.*\n)* {2}✓ a stays\n/)
})

describe('what was decided', () => {
  const saved = join(folder, 'decided.json')
  const first = run(...asked('rendezvous'), '--json', '--save', saved)

  test('is gone on from, and comes out the same', () => {
    expect(first.code).toBe(0)
    const again = run(...asked('rendezvous'), '--json', '--resume', saved)
    expect(again.out).toBe(first.out)
    expect(JSON.parse(again.out)).toMatchObject({ version: 2, complete: true, inScenario: { kind: 'holds' } })
  })

  const refused = (path: string, args: readonly string[], why: RegExp): void => {
    const { code, err } = run(...args, '--resume', path)
    expect(err).toMatch(why)
    expect(err).toContain('Begin anew, without --resume.')
    expect(code).toBe(10)
  }
  const altered = (name: string, change: (file: Record<string, unknown>) => unknown): string => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(saved, 'utf8')))))
    return path
  }

  test('of another question, or another bound, is refused', () => {
    refused(saved, asked('direct'), /its target is "examples\/hello\.ts\/rendezvous"/)
    refused(saved, asked('rendezvous', 'eventually-reachable-both-ways'), /its property is/)
    refused(saved, [...asked('rendezvous'), '--max-states', '7'], /its maxStates is 300000, and 7 is asked/)
  })

  test('of another version, or another model, is refused', () => {
    refused(
      altered('version.json', (file) => ({ ...file, program: '0.0.0' })),
      asked('rendezvous'),
      /doublejump 0\.0\.0 wrote it/,
    )
    const other = altered('model.json', (file) => ({
      ...file,
      decided: (file.decided as { at: string; states: number }[]).map((one) =>
        one.at === '' ? { ...one, states: one.states + 1 } : one,
      ),
    }))
    refused(other, asked('rendezvous'), /not of today's hello\/rendezvous/)
  })

  test('in a file that is broken is refused, whatever is broken', () => {
    const text = join(folder, 'text.json')
    writeFileSync(text, '{"version": 1,')
    refused(text, asked('rendezvous'), /it is no JSON/)
    refused(join(folder, 'nowhere.json'), asked('rendezvous'), /there is no such file/)
    refused(
      altered('list.json', () => []),
      asked('rendezvous'),
      /it is no such file/,
    )
    refused(
      altered('half.json', (file) => ({ ...file, decided: [{ at: '' }] })),
      asked('rendezvous'),
      /does not say what it was of/,
    )
    const noRun = [{ at: '', states: 1, transitions: 1, judged: { kind: 'violated', shown: { steps: 'all' } } }]
    refused(
      altered('run.json', (file) => ({ ...file, decided: noRun })),
      asked('rendezvous'),
      /a run in it cannot be read/,
    )
  })
})
