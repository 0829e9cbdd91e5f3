// qlog: what ngtcp2 writes, in the forms in which other programs write it, cut off, altered, and what cannot be judged.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { LATENCY, type LogLine } from '../../conform/observation.ts'
import { merged } from '../../conform/read/merged.ts'
import { isQlog, readQlog } from '../../conform/read/qlog.ts'
import { doublejump } from '../cli/run.ts'
import { describeWith, tshark } from '../programs.ts'
import { captures, logOf, said } from './judged.ts'

/** What client and server of ngtcp2 0.12.1 wrote: the client moves, probes the new path, and migrates. */
const textOf = (end: 'client' | 'server'): string =>
  readFileSync(resolve(import.meta.dirname, 'logs', `quic-ngtcp2.${end}.sqlog`), 'utf8')
const CLIENT = 'quic/client-migration'

interface Record {
  readonly time: number
  readonly name: string
  readonly data: { readonly header?: unknown; readonly frames?: readonly { readonly frame_type: string }[] }
}
const records = textOf('client')
  .split('\n')
  .map((line) => line.replace('\u001e', ''))
  .filter((line) => line !== '')
const head = JSON.parse(records[0]!)
const events = records.slice(1).map((one) => JSON.parse(one) as Record)
const contained = (version: string, trace: object): string =>
  JSON.stringify({ qlog_version: version, qlog_format: 'JSON', traces: [trace] })
const vantage = { vantage_point: { name: 'x', type: 'client' } }
const fieldsOf = (text: string) => readQlog('x', text).lines.map(({ time, fields }) => ({ time, fields }))
const lines = (text: string): LogLine[] => [...readQlog('x', text).lines]

test('one end, and both of them: the moves that neither shows are inferred', () => {
  expect(said(CLIENT, lines(textOf('client')))).toBe('conforms')
  expect(said(CLIENT, lines(textOf('server')))).toBe('conforms')
  const both = merged([readQlog('a', textOf('client')), readQlog('b', textOf('server'))], LATENCY)
  expect(said(CLIENT, both.lines)).toBe('conforms')
  expect(both.warnings[0]).toMatch(/has no addresses of packets: .* not from where to where/)
})

test('the same in other forms is the same', () => {
  const plain = fieldsOf(textOf('client'))
  expect(plain.length).toBe(35)
  expect(plain[0]!.fields).toMatchObject({ sender: 'client', headerForm: '1' })
  const forms: readonly string[] = [
    // Records without separators; events in one text, as aioquic, picoquic and old quiche have them.
    records.join('\n'),
    contained('0.3', { ...vantage, events }),
    JSON.stringify(JSON.parse(contained('0.4', { events, ...vantage })), null, 2),
    // draft-00 and draft-01: lists, names in capitals, microseconds.
    contained('draft-01', {
      ...vantage,
      event_fields: ['relative_time', 'CATEGORY', 'EVENT_TYPE', 'DATA'],
      events: events.map(({ time, name, data }) => [time, ...name.toUpperCase().split(':'), data]),
    }),
    contained('draft-00', {
      ...vantage,
      configuration: { time_units: 'us' },
      event_fields: ['relative_time', 'category', 'event', 'data'],
      events: events.map(({ time, name, data }) => [1000 * time, ...name.split(':'), data]),
    }),
    // draft-02 and later: times since the event before; the newest name the schema, and QUIC's events 'quic:'.
    contained('draft-02', {
      ...vantage,
      common_fields: { time_format: 'delta' },
      events: events.map(({ time, ...rest }, i) => ({ time: time - (events[i - 1]?.time ?? 0), ...rest })),
    }),
    [{ file_schema: 'urn:ietf:params:qlog:file:sequential', trace: vantage }, ...events]
      .map((one) => `\u001e${JSON.stringify(one).replaceAll('"transport:', '"quic:')}`)
      .join('\n'),
    // Who has written it is known by its first packet, if it does not say.
    contained('0.3', { events }),
  ]
  for (const form of forms) {
    expect(isQlog(form)).toBe(true)
    expect(fieldsOf(form)).toEqual(plain)
  }
})

test('a log with addresses says from where to where: tuples of paths', () => {
  const tuple = (id: string, address: string) => ({
    time: 0,
    name: 'quic:tuple_assigned',
    data: {
      tuple_id: id,
      tuple_local: { ip_v4: address, port_v4: 4433 },
      tuple_remote: { ip_v4: '10.3.0.2', port_v4: 4433 },
    },
  })
  const withPaths = (second: string) =>
    contained('0.4', {
      ...vantage,
      events: [
        tuple('1', '10.1.0.2'),
        tuple('2', second),
        ...events.map((event) => ({ ...event, tuple: event.time < 6000 ? '1' : '2' })),
      ],
    })
  const { warnings } = readQlog('x', withPaths('10.2.0.2'))
  expect(warnings).toEqual([])
  expect(said(CLIENT, lines(withPaths('10.2.0.2')))).toBe('conforms')
  // The client may not move where that is forbidden, and without a move it may be there.
  expect(said('quic/migration-disabled', lines(withPaths('10.2.0.2')))).toMatch(/^diverges/)
  expect(said('quic/migration-disabled', lines(withPaths('10.1.0.2')))).toBe('conforms')
})

test.each<[string, string, RegExp]>([
  ['another answer than the challenge', '"frame_type":"path_response","data":"', /^diverges/],
  ['a packet number that was there before', '"packet_type":"1RTT","packet_number":12', /^diverges/],
])('what it says is read, not guessed: %s', (_, what, verdict) => {
  const text = textOf('client')
  const at = text.lastIndexOf(what) + what.length
  const twin = what.endsWith('"')
    ? `${text.slice(0, at)}ff${text.slice(at + 2)}`
    : text.replaceAll(what, what.replace(/\d+$/, '3'))
  expect(said(CLIENT, lines(twin))).toMatch(verdict)
})

test('one that is cut off is judged up to there, with a warning', () => {
  const text = textOf('client')
  const whole = lines(text).length
  for (const cut of [text.slice(0, 15_000), contained('0.3', { ...vantage, events }).slice(0, 15_000)]) {
    const log = readQlog('x', cut)
    expect(log.lines.length).toBeGreaterThan(10)
    expect(log.lines.length).toBeLessThan(whole)
    expect(log.warnings[0]).toMatch(/^'x' is read up to there: .*cut off\.$/)
    expect(said(CLIENT, [...log.lines])).toBe('conforms')
  }
})

test('by the command; what cannot be judged, with the reason', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doublejump-qlog-'))
  const written = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const conform = (path: string, protocol = CLIENT) => doublejump(['conform', path, '--protocol', protocol])
  const good = written('client.sqlog', textOf('client'))
  expect(conform(good)).toMatchObject({ code: 0, err: expect.stringMatching(/has no addresses of packets/) })
  const refused = (pattern: RegExp, text: string, protocol?: string): void => {
    const { code, err } = conform(written('bad.qlog', text), protocol)
    expect([code, err]).toEqual([10, expect.stringMatching(pattern)])
  }
  const http = [{ time: 1, name: 'http:frame_created', data: {} }]
  refused(
    /no packets of QUIC .*its events are of http\. The likeliest cause/,
    contained('0.3', { ...vantage, events: http }),
  )
  refused(/it has no packets of QUIC .*it has no events/, contained('0.3', { ...vantage, events: [] }))
  refused(/a qlog of version '0\.9'\. Those that are read are/, contained('0.9', { ...vantage, events }))
  refused(
    /it is no JSON, and has no events before it breaks off/,
    contained('0.3', { ...vantage, events }).slice(0, 40),
  )
  refused(
    /line 3 is no JSON, and others come after it/,
    [...records.slice(0, 2), '{"broken', ...records.slice(3)].join('\n'),
  )
  refused(/it is no qlog: it begins with neither/, JSON.stringify({ events: [] }))
  refused(/'time' is no number|no WireGuard/, textOf('client').replaceAll('\u001e', ''), 'wireguard/roaming')
  const short = [head, ...events.filter(({ data }) => JSON.stringify(data.header ?? {}).includes('1RTT'))]
  refused(/is none of a handshake/, short.map((one) => JSON.stringify(one)).join('\n'))
})

describeWith(tshark, 'captures', () => {
  test('with the keys in them: the lines of the log beside it', () => {
    const path = join(captures, 'quic-ngtcp2-client-migrates.pcapng')
    const { code, out } = doublejump(['conform', path, '--protocol', CLIENT, '--json'])
    const shown = JSON.parse(out) as { of: number; verdict: string }
    expect([code, shown.verdict, shown.of]).toEqual([0, 'conforms', 35])
    expect(logOf('quic-ngtcp2-client-migrates').length).toBeGreaterThan(shown.of)
  })

  test('without keys: what to pass', () => {
    const path = resolve(import.meta.dirname, 'forms/quic-without-keys.pcapng')
    const refused = doublejump(['conform', path, '--protocol', CLIENT])
    expect(refused).toMatchObject({ code: 10, err: expect.stringMatching(/tls\.keylog_file:keys\.txt/) })
    const keys = resolve(import.meta.dirname, 'forms/quic-keys.txt')
    const args = ['--tshark-option', `tls.keylog_file:${keys}`]
    expect(doublejump(['conform', path, '--protocol', CLIENT, ...args]).code).toBe(0)
  })
})
