import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { LogLine } from '../../conform/observation.ts'
import { readCharon } from '../../conform/read/charon.ts'
import { merged } from '../../conform/read/merged.ts'
import { doublejump } from '../cli/run.ts'
import { verdictOf } from './judged.ts'

/** What two strongSwan 5.9.8 in network namespaces wrote: one host moves, or both do. Lines of LIB, JOB and DMN are left out. */
const textOf = (experiment: string, end: 'a' | 'b'): string =>
  readFileSync(resolve(import.meta.dirname, 'logs', `${experiment}.charon-${end}.log`), 'utf8')
const both = (experiment: string) => [
  ...merged([readCharon('a', textOf(experiment, 'a')), readCharon('b', textOf(experiment, 'b'))], 0.4).lines,
]
const judged = (lines: readonly LogLine[], target = 'mobike/silent-initiator') => verdictOf('', target, [...lines])

test.each([
  ['mobike-one-move', 10],
  ['mobike-double-jump', 26],
])('%s: the logs of both ends are a run of an initiator that probes first, and of no other', (experiment, packets) => {
  const { verdict, mapped } = judged(both(experiment))
  expect([verdict.kind, mapped.seen.length]).toEqual(['conforms', packets])
  expect(judged(both(experiment), 'mobike/single-homed').verdict.kind).toBe('diverges')
})

test('one end alone tells what it has sent and got', () => {
  for (const end of ['a', 'b'] as const) {
    const { lines } = readCharon(end, textOf('mobike-one-move', end))
    expect([lines.length, judged(lines).verdict.kind]).toEqual([10, 'conforms'])
  }
})

test('what it says is read, not guessed: another Message ID, another address, another notification', () => {
  const [a, b] = [textOf('mobike-one-move', 'a'), textOf('mobike-one-move', 'b')]
  const kind = (from: string, to: string, target?: string) =>
    judged(
      merged([readCharon('a', a.replaceAll(from, to)), readCharon('b', b.replaceAll(from, to))], 0.4).lines,
      target,
    ).verdict.kind
  expect(kind('INFORMATIONAL request 3', 'INFORMATIONAL request 7')).toBe('diverges')
  expect(
    kind('sending packet: from 10.3.0.2[4500] to 10.2.0.2', 'sending packet: from 10.3.0.2[4500] to 10.9.0.2'),
  ).toBe('diverges')
  expect(kind('N(MOBIKE_SUP) ', '')).toBe('unsupported')
  const notified = readCharon('a', a).lines.map(({ fields }) => fields.notify ?? '')
  expect(notified.filter((one) => one !== '')).toEqual(['16396,16399', '16396,16399', '16400,16401', '16401', '16399'])
})

test('syslog and the journal: other times, the name of a connection', () => {
  const syslog = textOf('mobike-one-move', 'a').replaceAll(
    /^2026-11-(\d+)T(\S+) (\d\d\[\w+\])/gm,
    'Nov $1 $2 moon charon-systemd[812]: $3 <ab|1>',
  )
  const times = (text: string) => readCharon('a', text).lines.map(({ time }) => time)
  const [plain, other] = [times(textOf('mobike-one-move', 'a')), times(syslog)]
  expect(other.map((time) => (time - other[0]!).toFixed(3))).toEqual(plain.map((time) => (time - plain[0]!).toFixed(3)))
  expect(judged(readCharon('a', syslog).lines).verdict.kind).toBe('conforms')
})

test('parts of a message, and what is sent again', () => {
  const at = (second: number, says: string) => `2026-11-26T19:34:${10 + second}.5 12${says}`
  const { lines } = readCharon(
    'a',
    [
      at(0, '[ENC] generating IKE_SA_INIT request 0 [ SA KE No ]'),
      at(0, '[NET] sending packet: from 10.1.0.2[500] to 10.3.0.2[500] (240 bytes)'),
      at(1, '[NET] received packet: from 10.3.0.2[500] to 10.1.0.2[500] (248 bytes)'),
      at(1, '[ENC] parsed IKE_SA_INIT response 0 [ SA KE No ]'),
      at(1, '[ENC] generating IKE_AUTH request 1 [ IDi AUTH N(MOBIKE_SUP) ]'),
      at(1, '[ENC] splitting IKE message (2000 bytes) into 2 fragments'),
      at(1, '[ENC] generating IKE_AUTH request 1 [ EF(1/2) ]'),
      at(1, '[ENC] generating IKE_AUTH request 1 [ EF(2/2) ]'),
      at(1, '[NET] sending packet: from 10.1.0.2[4500] to 10.3.0.2[4500] (1236 bytes)'),
      at(5, '[IKE] retransmit 1 of request with message ID 1'),
      at(5, '[NET] sending packet: from 10.1.0.2[4500] to 10.3.0.2[4500] (1236 bytes)'),
      at(6, '[NET] received packet: from 10.3.0.2[4500] to 10.1.0.2[4500] (1236 bytes)'),
      at(6, '[ENC] parsed IKE_AUTH response 1 [ EF(1/2) ]'),
      at(6, '[NET] received packet: from 10.3.0.2[4500] to 10.1.0.2[4500] (236 bytes)'),
      at(6, '[ENC] parsed IKE_AUTH response 1 [ EF(2/2) ]'),
    ].join('\n'),
  )
  expect(lines.map(({ line, fields: { exchange, messageId, flags } }) => [line, exchange, messageId, flags])).toEqual([
    [2, '34', '0', '0x08'],
    [3, '34', '0', '0x20'],
    [9, '35', '1', '0x08'],
    [11, '35', '1', '0x08'],
  ])
})

test('by the command; and what cannot be judged, with the reason', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doublejump-charon-'))
  const written = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const a = textOf('mobike-one-move', 'a')
  const [one, other] = [written('a.log', a), written('b.log', textOf('mobike-one-move', 'b'))]
  const said = (...args: string[]) => doublejump(['conform', ...args])
  expect(said(one, other, '--protocol', 'mobike/silent-initiator').code).toBe(0)
  const refused = (pattern: RegExp, ...args: string[]): void => {
    const { code, err } = said(...args)
    expect(code).toBe(10)
    expect(err).toMatch(pattern)
  }
  refused(/of this protocol, no log of a program can be read/, one, '--protocol', 'wireguard')
  const bare = written('bare.log', a.replaceAll(/^\S+ /gm, ''))
  refused(/line \d+ has no time\. 'time_format/, bare, '--protocol', 'mobike')
  const others = written('others.log', 'Nov 26 19:34:09 moon sshd[1]: Server listening\n')
  refused(/neither JSON lines nor a log of strongSwan's charon/, others, '--protocol', 'mobike')
  const quiet = written('quiet.log', a.replaceAll(/^.*\[(NET|ENC)\].*\n/gm, ''))
  refused(/no line of charon's log is of a packet/, quiet, '--protocol', 'mobike')
  const coarse = written('coarse.log', a.replaceAll(/\.\d{3} /g, ' '))
  expect(said(coarse, '--protocol', 'mobike/silent-initiator').err).toMatch(/whole seconds only/)
})
