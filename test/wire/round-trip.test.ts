import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storyOf } from '../../analysis/story.ts'
import { consumedBy, type Judged, judge, mappingOf, mappings } from '../../conform/judge.ts'
import type { LogLine } from '../../conform/observation.ts'
import { merged } from '../../conform/read/merged.ts'
import { readCapture } from '../../conform/read/tshark.ts'
import { compose } from '../../spec/internet/compose.ts'
import { protocols } from '../../spec/protocols.ts'
import { captureOf, written } from '../../wire/index.ts'
import { sample } from '../full.ts'
import { describeWith, tshark } from '../programs.ts'
import { find } from '../protocols/ask.ts'
import { runOf } from './random-run.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-round-trip-'))
const options = { most: 150_000, tolerance: 0.1 }

/** A run of a variant, written as a capture and read again by tshark; null where no clock could have it. */
async function readBackIfPossible(
  target: string,
  scenarioName: string,
  picks: readonly number[],
): Promise<LogLine[] | null> {
  const { protocol, variant } = find(target)
  const asked = variant.scenarios.find(({ name }) => name === scenarioName)!
  // As often as real programs try, and not as often as makes a difference.
  const scenario = { ...asked, options: { ...asked.options, ...mappingOf(protocol).options } }
  const internet = compose(variant.nodes(scenario), scenario, protocol.describe)
  const story = storyOf(protocol, variant, internet, 'none', 'a run', runOf(internet, picks))
  const path = join(folder, `${target.replace('/', '-')}.pcapng`)
  const { capture, isPossible } = captureOf(protocol.name, internet, story)
  if (!isPossible) return null
  writeFileSync(path, capture)
  const log = await readCapture(path, mappingOf(protocol).capture)
  return [...merged([log], 0).lines]
}

async function readBack(...asked: Parameters<typeof readBackIfPossible>): Promise<LogLine[]> {
  const lines = await readBackIfPossible(...asked)
  if (lines === null) throw new Error('No clock could have this run.')
  return lines
}

function judged(target: string, lines: readonly LogLine[]): Judged {
  const { protocol, variant } = find(target)
  return judge(protocol, variant, lines, options)
}

test('what can be written can be read', () => {
  expect(Object.keys(mappings)).toEqual(expect.arrayContaining([...written]))
  expect(written.length).toBeGreaterThanOrEqual(4)
})

const targets = written.flatMap((name) =>
  protocols.find((protocol) => protocol.name === name)!.variants.map((variant) => `${name}/${variant.name}`),
)
/** Long enough that both hosts have moved and told of it. */
const picks = fc.array(fc.nat(1000), { minLength: 40, maxLength: 45, size: 'max' })

describeWith(tshark, 'a law', () => {
  test.each(sample(targets, 3))('any run of %s, as packets, is a run of it', async (target) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('both-move', 'one-moves-twice'), picks, async (scenario, numbers) => {
        // Hosts that keep their old address are asked in the scenario that they have.
        const { variant } = find(target)
        const name = variant.scenarios.some((s) => s.name === scenario) ? scenario : 'both-move'
        const lines = await readBackIfPossible(target, name, numbers)
        fc.pre(lines !== null)
        const { verdict, mapped } = judged(target, lines!)
        expect(verdict.kind).toBe('conforms')
        expect(mapped.seen.length).toBeGreaterThan(2)
      }),
      { numRuns: 2 },
    )
  })

  const steps = Array.from({ length: 40 }, (_, i) => i * 7)

  test.each([
    ['mipv6/ro-seed', 'mipv6/ro-rfc', /HoTI/],
    ['mipv6/ro-rfc', 'mipv6/ro-seed', /HoTI/],
    ['mipv6/ro-rfc', 'mipv6/ro-rfc-expedited', /HoTI/],
    ['mipv6/ro-rfc', 'mipv6/tunnel', /HoTI/],
    ['mip/co-located', 'mip/foreign-agent', /Registration Request/],
    ['hip/direct', 'hip/rvs-in-parallel', /UPDATE/],
  ])('a run of %s is none of %s, and the line says why', async (one, other, line) => {
    const lines = await readBack(one, 'both-move', steps)
    expect(judged(one, lines).verdict.kind).toBe('conforms')
    const { verdict } = judged(other, lines)
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    expect(verdict.at?.words).toMatch(line)
    expect(verdict.instead.length).toBeGreaterThan(0)
  })

  /** The last line that has such fields, with others. */
  const altered = (
    lines: readonly LogLine[],
    wanted: (fields: LogLine['fields']) => boolean,
    fields: LogLine['fields'],
  ): LogLine[] => {
    const at = lines.findLastIndex((line) => wanted(line.fields))
    expect(at).toBeGreaterThanOrEqual(0)
    return lines.map((line, i) => (i === at ? { ...line, fields: { ...line.fields, ...fields } } : line))
  }
  const complete = Array.from({ length: 120 }, () => 0)

  test.each<[string, string, (f: LogLine['fields']) => boolean, LogLine['fields']]>([
    [
      'an update for another care-of address',
      'mipv6/ro-rfc',
      (f) => f.mhtype === '5',
      { src: '2001:db8:9::9', careOf: '2001:db8:9::9' },
    ],
    ['a refused update', 'mipv6/ro-rfc', (f) => f.mhtype === '6', { status: '135' }],
    ['a number that nobody used', 'mipv6/ro-rfc', (f) => f.mhtype === '6', { seq: '9' }],
    ['a cookie that nobody sent', 'mipv6/ro-rfc', (f) => f.mhtype === '4', { cookie: '0x0000000000000001' }],
    ['an answer by another node', 'mipv6/ro-rfc', (f) => f.mhtype === '3', { src: '2001:db8:9::9' }],
    ['a refused registration', 'mip/co-located', (f) => f.mipType === '3', { code: '133' }],
    ['an answer to another registration', 'mip/co-located', (f) => f.mipType === '3', { identification: 'never' }],
    ['an ACK of another update', 'hip/direct', (f) => f.ack !== undefined, { ack: '0x00000009' }],
    ['an echo that nobody asked for', 'hip/direct', (f) => f.ack === undefined && f.echo !== undefined, { echo: '00' }],
  ])('one packet altered: %s', async (_, target, wanted, fields) => {
    const scenario = target === 'hip/direct' ? 'one-moves' : 'both-move'
    const lines = await readBack(target, scenario, complete)
    expect(judged(target, lines).verdict.kind).toBe('conforms')
    const one = judged(target, altered(lines, wanted, fields))
    expect(one.verdict.kind).toBe('diverges')
    expect(consumedBy(one)).toBeLessThan(one.mapped.seen.length)
  })

  test('the answers of the care-of tests removed: what follows has no reason', async () => {
    const lines = await readBack('mipv6/ro-rfc', 'one-moves', complete)
    const gone = lines.filter(({ fields }, i) => i < 30 || fields.mhtype !== '4')
    expect(gone.length).toBeLessThan(lines.length)
    expect(judged('mipv6/ro-rfc', gone).verdict.kind).toBe('diverges')
  })
})

describe('logs that cannot be judged', () => {
  test.each([
    ['mipv6/ro-rfc', [{ mhtype: '1', src: 'x', dst: 'y' }], /home registrations of 0 mobile nodes/],
    [
      'mip/co-located',
      [{ mipType: '1', home: '10.0.0.1', homeAgent: '10.0.0.2', careOf: '10.1.0.2', lifetime: '0' }],
      /deregisters/,
    ],
    ['hip/direct', [{ hipType: '18', sender: '01', receiver: '02' }], /nobody moves in it/],
  ])('%s: %j', (target, all, message) => {
    const lines = all.map((fields, i): LogLine => ({ line: i + 1, time: i, fields: fields as never }))
    expect(() => judged(target, lines)).toThrow(message)
  })
})
