import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { merged } from '../../conform/read/merged.ts'
import { doublejump } from '../cli/run.ts'
import { describeWith, tshark } from '../programs.ts'
import { captures, logOf, ONE } from './judged.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-reading-'))
const conform = (...args: string[]) => doublejump(['conform', ...args, '--protocol', 'sip/direct', '--json'])

describeWith(tshark, 'captures of other forms', () => {
  const original = join(captures, `${ONE}.pcapng`)
  const inForm = (form: string): string => {
    const path = join(folder, `capture.${form}`)
    execFileSync('tshark', ['-r', original, '-F', form, '-w', path], { stdio: 'ignore' })
    return path
  }

  test.each(['pcap', 'nsecpcap', 'modpcap'])('%s', (form) => {
    const { code, out } = conform(inForm(form))
    expect([code, JSON.parse(out).verdict]).toEqual([0, 'conforms'])
  })

  test('compressed', () => {
    const path = join(folder, 'capture.pcap.gz')
    writeFileSync(path, gzipSync(readFileSync(inForm('pcap'))))
    expect(conform(path).code).toBe(0)
  })

  test('one that is cut off in a packet is judged up to there, with a warning', () => {
    const path = join(folder, 'cut.pcapng')
    const bytes = readFileSync(original)
    writeFileSync(path, bytes.subarray(0, bytes.length - 60))
    const { code, out, err } = conform(path)
    expect([code, JSON.parse(out).verdict]).toEqual([0, 'conforms'])
    expect(err).toMatch(/is read up to its packet \d+: .*cut short/)
  })

  test('an ICMP error that quotes a packet is no such packet', () => {
    const { code, out } = conform(join(captures, '../forms/icmp-error.pcapng'))
    expect([code, JSON.parse(out).of]).toEqual([0, 36])
  })

  test("options of tshark's own", () => {
    expect(conform(original, '--tshark-option', 'ip.defragment:FALSE').code).toBe(0)
    // No more than three packets: there is no call yet.
    expect(conform(original, '--tshark-option', '-c 3').err).toMatch(/cannot be judged/)
    expect(conform(original, '--tshark-option', 'no.such:1').err).toMatch(/no\.such/)
  })
})

describe('several logs of one run', () => {
  const lines = logOf(ONE)
  const written = (name: string, some: typeof lines): string => {
    const path = join(folder, name)
    writeFileSync(path, some.map(({ time, fields }) => JSON.stringify({ time: 1000 + time, ...fields })).join('\n'))
    return path
  }

  test('what each saw, the other some milliseconds later, is one run', () => {
    const atA = written('a.ndjson', lines)
    const atB = written(
      'b.ndjson',
      lines.map((line) => ({ ...line, time: line.time + 0.02 })),
    )
    const { code, out, err } = conform(atA, atB)
    expect([code, JSON.parse(out).of]).toEqual([0, JSON.parse(conform(atA).out).of])
    expect(err).toMatch(/2 logs are read as one/)
  })

  test('half of it in each', () => {
    const half = lines.length / 2
    const { code } = conform(written('first.ndjson', lines.slice(0, half)), written('rest.ndjson', lines.slice(half)))
    expect(code).toBe(0)
    expect(conform(written('first.ndjson', lines.slice(0, half))).code).not.toBe(0)
  })

  test('clocks that have nothing in common, and one that was set, are refused', () => {
    const sinceItsBeginning = join(folder, 'since.ndjson')
    writeFileSync(sinceItsBeginning, lines.map(({ time, fields }) => JSON.stringify({ time, ...fields })).join('\n'))
    const ofTheDay = join(folder, 'day.ndjson')
    writeFileSync(
      ofTheDay,
      lines.map(({ time, fields }) => JSON.stringify({ time: 1.7e9 + time, ...fields })).join('\n'),
    )
    expect(conform(sinceItsBeginning, ofTheDay)).toMatchObject({
      code: 10,
      err: expect.stringMatching(/nothing in common/),
    })
    const back = written(
      'back.ndjson',
      lines.map((line, i) => (i === 5 ? { ...line, time: line.time - 100 } : line)),
    )
    expect(conform(back, written('right.ndjson', lines))).toMatchObject({
      code: 10,
      err: expect.stringMatching(/earlier than/),
    })
  })

  test('a tolerance with which any time will do is refused', () => {
    expect(conform(written('right.ndjson', lines), '--tolerance', '200')).toMatchObject({
      code: 10,
      err: expect.stringMatching(/less than 100/),
    })
  })

  test('a retransmission, half a second later, is another packet', () => {
    const [first] = lines as [(typeof lines)[number]]
    const at = (time: number) => ({ ...first, time })
    const log = (...some: (typeof lines)[number][]) => ({ lines: some, warnings: [] })
    expect(merged([log(at(0), at(0.5)), log(at(0.02), at(0.52))], 0.4).lines.map(({ time }) => time)).toEqual([0, 0.5])
  })
})
