import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'bounds-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ASKED = [
  'bounds',
  'mip-lr/revised-answers',
  '--property',
  'binding-eventually-correct',
  '--vary',
  'revision window=0..300/20',
  '--given',
  'd=25',
  '--given',
  'blackout=100',
  '--json',
]
const saved = join(folder, 'decided.json')

test('bounds are saved and gone on from, and come out alike with any number of threads', () => {
  const whole = doublejump([...ASKED, '--workers', '1'])
  expect(whole.code).toBe(0)
  const part = doublejump([...ASKED, '--max-searches', '3', '--save', saved])
  expect(part.code).toBe(16)
  expect(JSON.parse(part.out)).toMatchObject({ complete: false, searches: 3 })
  expect(JSON.parse(readFileSync(saved, 'utf8')).decided).toHaveLength(3)
  const rest = doublejump([...ASKED, '--workers', '3', '--resume', saved])
  expect(rest.out).toBe(whole.out)
})

const altered = (name: string, change: (file: { decided: object[] }) => object): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(saved, 'utf8')))))
  return path
}

test('what was decided of another question, or is broken, is refused', () => {
  const refused = (path: string, why: string, ...more: string[]): void => {
    const { code, err } = doublejump([...ASKED, ...more, '--resume', path])
    expect(err).toContain(why)
    expect(err).toContain('Begin anew, without --resume.')
    expect(code).toBe(10)
  }
  refused(saved, 'its given is {"blackout":[100,100],"d":[25,25]}, and', '--given', 'outage=5')
  refused(saved, 'its maxStates is null, and 7 is asked', '--max-states', '7')
  refused(
    altered('command.json', (file) => ({ ...file, command: 'breaks' })),
    'its command is "breaks", and "bounds" is asked',
  )
  refused(
    altered('box.json', (file) => ({ ...file, decided: [{ ...file.decided[0], box: [[0, 99]] }] })),
    'does not say what it was of',
  )
  refused(
    altered('forms.json', (file) => ({
      ...file,
      decided: [{ ...file.decided[0], found: { kind: 'run', forms: [{ constant: 1 }], story: null } }],
    })),
    'does not say what it takes',
  )
  refused(
    altered('root.json', (file) => ({ ...file, decided: file.decided.slice(1) })),
    'the whole grid is not among its searches',
  )
})
