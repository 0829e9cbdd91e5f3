// QUIC: real runs of quiche and ngtcp2, varied; what programs do against RFC 9000; mappings that are broken in one way.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Mapping } from '../../conform/mapping.ts'
import type { LogLine } from '../../conform/observation.ts'
import { as, backwards, inOnePlace, mapped, noReturns, read, renamed, without } from './broken.ts'
import { changed, type Fields, logOf, said, verdictOf } from './judged.ts'

const ONE = 'quic-one-move'
const RETURNS = 'quic-client-returns'
const UNNOTICED = 'quic-client-moves-unnoticed'
const SERVER = 'quic-server-moves'
const TRANSLATED = 'quic-translated-port-changes'
const PROBES = 'quic-ngtcp2-client-migrates'
/** From a second address, while it uses the first. */
const FIRST = 'quic-client-probes-first'
const CLIENT = 'quic/client-migration'

const numbered = (lines: readonly LogLine[]): LogLine[] => lines.map((line, i) => ({ ...line, line: i + 1 }))
const only = (name: string, wanted: (line: LogLine) => boolean) => numbered(logOf(name).filter(wanted))
/** Both sightings of a packet altered. */
const alter = (name: string, wanted: number, more: Fields) =>
  changed(logOf(name), (fields, { line }) => (line === wanted || line === wanted + 1 ? { ...fields, ...more } : fields))
/** Without one of the frames of packets. */
const withoutFrame = (name: string, type: string, field: string, wanted = (_: LogLine) => true) =>
  logOf(name).map((line) => {
    const { [field]: _, ...rest } = line.fields
    const frames = (rest.frames ?? '').split(',').filter((one) => one !== type)
    return wanted(line) && rest.headerForm === '0' ? { ...line, fields: { ...rest, frames: frames.join(',') } } : line
  })
const inIPv6 = (name: string) =>
  changed(logOf(name), ({ src = '', dst = '', ...rest }) => ({
    ...rest,
    src: `2001:db8::${src.split('.')[1]}`,
    dst: `2001:db8::${dst.split('.')[1]}`,
  }))

const afterTheEnd = (): LogLine[] => {
  const lines = logOf(ONE)
  const { fields } = lines.at(-1)!
  return [...lines, { line: 39, time: 5, fields: { ...fields, packetNumber: '10', frames: '15' } }]
}

describe('real runs, varied', () => {
  test.each<[string, string, string, () => LogLine[]]>([
    ['nobody moves', CLIENT, 'conforms', () => only(ONE, ({ time }) => time < 2)],
    ['IPv6', CLIENT, 'conforms', () => inIPv6(ONE)],
    ['at a host, each packet once', CLIENT, 'conforms', () => only(RETURNS, ({ line }) => line % 2 === 1)],
    ['beside another connection', CLIENT, 'conforms', () => [...logOf(ONE), another(ONE)]],
    ['from the middle on', CLIENT, 'refused', () => only(ONE, ({ line }) => line > 6)],
    ['the handshake alone', CLIENT, 'refused', () => only(ONE, ({ line }) => line < 7)],
    ['without keys', CLIENT, 'refused', () => changed(logOf(ONE), encrypted)],
    [
      'with keys for a part',
      CLIENT,
      'unsupported at 29',
      () => changed(logOf(ONE), (fields, { line }) => (line > 28 ? encrypted(fields) : fields)),
    ],
    ['where the client may not migrate', 'quic/migration-disabled', 'diverges at 21', () => logOf(ONE)],
    // §8.2.2: a challenge is answered.
    ['one challenge is not answered: it may be lost', CLIENT, 'conforms', () => withoutFrame(ONE, '27', 'response')],
    ['no challenge is answered', CLIENT, 'diverges at 35', () => withoutFrame(UNNOTICED, '27', 'response')],
    // §9.3: a new address is validated.
    ['the new address is not challenged', CLIENT, 'diverges at 25', () => withoutFrame(ONE, '26', 'challenge')],
    // §9: a server that moves is not heard; between two peers it would be challenged.
    ['a server that moves, as a peer', 'quic/peer-to-peer', 'diverges at 51', () => logOf(SERVER)],
    // §9.3: to where the newest packet came from.
    ['to where the client was', CLIENT, 'diverges at 31', () => alter(ONE, 31, { dst: '10.1.0.2' })],
    // §9.5: the connection ID of another path.
    [
      'an ID that went to another address',
      CLIENT,
      'diverges at 23',
      () => alter(ONE, 23, { dcid: logOf(ONE)[16]!.fields.dcid! }),
    ],
    // §19.16
    [
      'an ID that the same packet retires',
      CLIENT,
      'diverges at 31',
      () => alter(ONE, 31, { retired: '1', frames: '15,25' }),
    ],
    ['an ID that nobody has supplied is retired', CLIENT, 'diverges at 31', () => retires(ONE, 31, '8')],
    ['one that was supplied is', CLIENT, 'conforms', () => retires(ONE, 31, '7')],
    // §5.1.1: no more than the peer takes, of those that are not retired.
    ['more IDs than the client takes', CLIENT, 'diverges at 7', () => alter(ONE, 1, { activeIds: '7' })],
    [
      'the same in a packet of nothing else',
      CLIENT,
      'diverges at 7',
      () => idsAlone(alter(ONE, 1, { activeIds: '7' })),
    ],
    ['as many as it takes in such a packet', CLIENT, 'conforms', () => idsAlone(logOf(ONE))],
    ['one more, for one that was not retired', CLIENT, 'diverges at 37', () => withoutFrame(PROBES, '25', 'retired')],
    ['two more, for one that was', CLIENT, 'diverges at 37', () => alter(PROBES, 37, { newIdSequence: '8' })],
    [
      'two more, and the first two are to be retired',
      CLIENT,
      'conforms',
      () => alter(PROBES, 37, { newIdSequence: '8', retirePriorTo: '2' }),
    ],
    // §10.2.2: nothing but CONNECTION_CLOSE after it.
    ['data after the end', CLIENT, 'diverges at 39', afterTheEnd],
  ])('%s (%s): %s', (_, target, expected, lines) => {
    expect(said(target, lines())).toBe(expected)
  })

  const retires = (name: string, line: number, sequence: string): LogLine[] =>
    alter(name, line, { retired: sequence, frames: `${logOf(name)[line - 1]!.fields.frames},25` })
  const idsAlone = (lines: readonly LogLine[]): LogLine[] =>
    changed(lines, (fields, { line }) => (line === 7 || line === 8 ? { ...fields, frames: '24' } : fields))
  const encrypted = ({ frames: _, packetNumber: __, challenge: ___, response: ____, ...rest }: Fields): Fields =>
    rest.headerForm === '0' ? rest : { ...rest, frames: '6', packetNumber: '0' }
  const another = (name: string): LogLine => {
    const [first] = logOf(name) as [LogLine]
    return { ...first, line: 99, time: 6, fields: { ...first.fields, connection: '1', srcPort: '9' } }
  }
})

test('a server of ngtcp2 turns to its preferred address before it has validated the way (§9.6.2), which no variant lets it', () => {
  const file = resolve(import.meta.dirname, 'forms/quic-ngtcp2-preferred-address.ndjson')
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((text, i): LogLine => {
      const { time, direction: _, ...fields } = JSON.parse(text)
      return { line: i + 1, time, fields }
    })
  const { verdict } = verdictOf('', 'quic/preferred-address', lines)
  if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
  const at = verdict.at!
  expect(at.words).toMatch(/^data .* from 10\.4\.0\.2:4433/)
  // The client's answer to the server's challenge comes later.
  const answer = lines.find(({ fields: { src, response } }) => src === '10.1.0.2' && response !== undefined)!
  expect(answer.line).toBeGreaterThan(at.line)
  // Had it come before, all would be well up to there.
  const asked = lines.filter(({ line, fields }) => line < at.line && fields.src === '10.4.0.2' && fields.challenge)
  expect(asked.length).toBeGreaterThan(0)
})

describe('a mapping that is broken in one way is noticed', () => {
  /** What the mapping says: each broken one says something else of one of these at least. */
  const probes: readonly (readonly [target: string, lines: () => LogLine[], expected: string])[] = [
    [CLIENT, () => logOf(ONE), 'conforms'],
    [CLIENT, () => logOf(RETURNS), 'conforms'],
    [CLIENT, () => logOf(UNNOTICED), 'conforms'],
    [CLIENT, () => logOf(TRANSLATED), 'conforms'],
    [CLIENT, () => logOf(PROBES), 'conforms'],
    [CLIENT, () => logOf(FIRST), 'conforms'],
    ['quic/migration-disabled', () => logOf(ONE), 'diverges at 21'],
    ['quic/peer-to-peer', () => logOf(SERVER), 'diverges at 51'],
    [CLIENT, () => alter(ONE, 29, { packetNumber: '2' }), 'diverges at 29'],
    [CLIENT, () => alter(ONE, 31, { dcid: 'ffff' }), 'diverges at 31'],
    [CLIENT, () => alter(ONE, 25, { response: 'ffff' }), 'diverges at 25'],
    [CLIENT, () => alter(ONE, 31, { dst: '10.1.0.2' }), 'diverges at 31'],
    [CLIENT, () => alter(ONE, 31, { dstPort: '7' }), 'diverges at 31'],
    [CLIENT, () => withoutFrame(UNNOTICED, '27', 'response'), 'diverges at 35'],
    [CLIENT, () => withoutFrame(ONE, '26', 'challenge'), 'diverges at 25'],
    [CLIENT, () => alter(PROBES, 31, { challenge: logOf(PROBES)[28]!.fields.challenge ?? '' }), 'diverges at 31'],
    [CLIENT, afterTheEnd, 'diverges at 39'],
  ]

  test('as it is, it says all of this', () => {
    for (const [target, lines, expected] of probes) expect(said(target, lines())).toBe(expected)
  })

  const quic = 'quic'
  test.each<[string, Mapping]>([
    ['packet numbers are not compared', mapped(quic, without('number'))],
    ['connection IDs are not compared', mapped(quic, without('cid'))],
    ['what a response echoes is not compared', mapped(quic, without('echoes'))],
    ['whether a challenge is new is not compared', mapped(quic, without('challenge'))],
    ['all addresses of an end are one', mapped(quic, inOnePlace)],
    ['hosts never return', mapped(quic, noReturns)],
    ['who probes from a second address has left the first', mapped(quic, (all) => ({ ...all, overlaps: false }))],
    ['source and destination are exchanged', mapped(quic, backwards)],
    ['the ends have the names of each other', mapped(quic, renamed)],
    ['challenges are data', mapped(quic, as('PATH_CHALLENGE', 'data'))],
    ['responses are challenges', mapped(quic, as('PATH_RESPONSE', 'PATH_CHALLENGE'))],
    ['responses are data', mapped(quic, as('PATH_RESPONSE', 'data'))],
    ['data are left out', mapped(quic, (all) => ({ ...all, seen: all.seen.filter(({ kind }) => kind !== 'data') }))],
    ['the end of a connection is data', mapped(quic, as('CONNECTION_CLOSE', 'data'))],
    ['ports are not read', read(quic, ({ srcPort: _, dstPort: __, ...rest }) => rest)],
    ['frames are all data', read(quic, (fields) => ({ ...fields, frames: '8', challenge: '', response: '' }))],
    ['new connection IDs are not read', read(quic, ({ newId: _, ...rest }) => rest)],
  ])('%s', (_, mapping) => {
    expect(probes.every(([target, lines, expected]) => said(target, lines(), mapping) === expected)).toBe(false)
  })
})
