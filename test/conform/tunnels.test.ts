import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mapping } from '../../conform/mapping.ts'
import type { LogLine } from '../../conform/observation.ts'
import { as, backwards, inOnePlace, mapped, noReturns, read, renamed, without } from './broken.ts'
import { changed, type Fields, logOf, said } from './judged.ts'

const renumbered = (lines: readonly Omit<LogLine, 'line'>[]): LogLine[] =>
  lines.map((line, i) => ({ ...line, line: i + 1 }))
/** Both sightings of a packet, in a log whose router shows it twice. */
const sightings = (lines: readonly LogLine[], at: number): number[] => {
  const known = JSON.stringify(lines[at]!.fields)
  return lines.flatMap(({ line, time, fields }) =>
    Math.abs(time - lines[at]!.time) < 0.005 && JSON.stringify(fields) === known ? [line] : [],
  )
}

const ONE = 'wireguard-one-keepalive-its-end-moves'
const RETURNS = 'wireguard-double-jump-one-returns'
const TRANSLATED = 'wireguard-translated-port-changes'
const RESPONDER = 'mobike-responder-moves'
const BACK = 'mobike-double-jump-initiator-returns'

describe('one field of one packet altered', () => {
  const altered = (
    name: string,
    target: string,
    field: string,
    value: (old: string) => string,
    asked: (fields: Fields) => boolean,
  ) => {
    const lines = logOf(name)
    // The first packet says who is who, and the last of a series has none after it.
    const candidates = lines.flatMap((line, i) => (i > 5 && i < lines.length - 8 && asked(line.fields) ? [i] : []))
    fc.assert(
      fc.property(fc.constantFrom(...candidates), (at) => {
        const both = sightings(lines, at)
        const twin = changed(lines, (fields, { line }) =>
          both.includes(line) ? { ...fields, [field]: value(fields[field]!) } : fields,
        )
        expect(said(target, twin)).toBe(`diverges at ${both[0]}`)
      }),
      { numRuns: 5, examples: [[candidates[0]!]] },
    )
  }
  const elsewhere = () => '10.9.9.9'
  const isTransport = ({ wgType }: Fields) => wgType === '4'
  const isIke = ({ exchange }: Fields) => exchange !== undefined
  const isEsp = ({ espSpi }: Fields) => espSpi !== undefined

  test.each<[string, string, string, (old: string) => string, (fields: Fields) => boolean]>([
    ['wireguard/one-keepalive', ONE, 'dst', elsewhere, isTransport],
    ['wireguard/one-keepalive', ONE, 'wgReceiver', () => '0x12345678', isTransport],
    ['wireguard/one-keepalive', ONE, 'counter', (old) => `${Number(old) - 1}`, isTransport],
    ['wireguard/one-keepalive', ONE, 'wgType', () => '2', isTransport],
    ['wireguard/persistent-keepalive', RETURNS, 'dst', elsewhere, isTransport],
    ['wireguard/persistent-keepalive', RETURNS, 'dstPort', () => '7', isTransport],
    ['mobike/silent-initiator', RESPONDER, 'dst', elsewhere, isIke],
    ['mobike/silent-initiator', RESPONDER, 'messageId', (old) => `${Number(old) + 1}`, isIke],
    ['mobike/silent-initiator', RESPONDER, 'initiatorSpi', () => 'ffff', isIke],
    ['mobike/silent-initiator', RESPONDER, 'responderSpi', () => 'ffff', isIke],
    ['mobike/silent-initiator', RESPONDER, 'flags', (old) => `${Number(old) ^ 0x08}`, isIke],
    ['mobike/silent-initiator', RESPONDER, 'espSequence', () => '0', isEsp],
    ['mobike/silent-initiator', RESPONDER, 'dst', elsewhere, isEsp],
    ['mobike/single-homed', BACK, 'messageId', (old) => `${Number(old) + 1}`, isIke],
  ])('%s, %s: %s', (target, name, field, value, asked) => altered(name, target, field, value, asked))
})

describe('real runs, varied', () => {
  const persistent = 'wireguard/persistent-keepalive'
  const only = (name: string, wanted: (line: LogLine) => boolean) => renumbered(logOf(name).filter(wanted))
  const shows =
    (...addresses: readonly string[]) =>
    ({ fields: { src = '', dst = '' } }: LogLine) =>
      addresses.includes(src) || addresses.includes(dst)
  /** What a router sends on, seen by another host a while later. */
  const merged = (name: string) =>
    renumbered(
      logOf(name)
        .map((line, i) => (i % 2 === 0 ? line : { ...line, time: line.time + 0.03 }))
        .sort((one, other) => one.time - other.time),
    )
  const inIPv6 = (name: string) =>
    changed(logOf(name), ({ src = '', dst = '', ...rest }) => ({
      ...rest,
      src: `2001:db8::${src.split('.')[1]}`,
      dst: `2001:db8::${dst.split('.')[1]}`,
    }))
  const translated = (address = '', port = ''): Fields =>
    address === '10.1.0.2' ? { address: '10.3.0.1', port: port === '500' ? '41000' : '41001' } : { address, port }
  const behindATranslator = (name: string) =>
    changed(logOf(name), ({ src, dst, srcPort, dstPort, ...rest }) => {
      const [from, to] = [translated(src, srcPort), translated(dst, dstPort)]
      return { ...rest, src: from.address!, srcPort: from.port!, dst: to.address!, dstPort: to.port! }
    })

  test.each<[string, string, string, () => LogLine[]]>([
    ['lost for good', persistent, 'conforms', () => only(RETURNS, ({ time }) => time < 46)],
    [
      'one of them silent',
      persistent,
      'conforms',
      () => only(RETURNS, ({ time, fields }) => time < 46 && fields.src !== '10.2.0.2'),
    ],
    [
      'one that never notices',
      persistent,
      'conforms',
      () =>
        changed(
          only(RETURNS, ({ time }) => time < 46),
          ({ src = '', ...rest }) => ({ ...rest, src: src === '10.2.0.2' ? '10.1.0.2' : src }),
        ),
    ],
    ['nobody moves', persistent, 'conforms', () => only(RETURNS, ({ time }) => time < 26)],
    ['beyond the translator', persistent, 'conforms', () => only(TRANSLATED, shows('10.3.0.1'))],
    ['before the translator', persistent, 'conforms', () => only(TRANSLATED, shows('10.1.0.2'))],
    [
      'at a host, each packet once',
      'wireguard/one-keepalive',
      'conforms',
      () => only(ONE, ({ line }) => line % 2 === 1),
    ],
    ['at both hosts, merged', 'wireguard/one-keepalive', 'conforms', () => merged(ONE)],
    ['IPv6', 'wireguard/one-keepalive', 'conforms', () => inIPv6(ONE)],
    ['from the middle on', 'wireguard/one-keepalive', 'refused', () => only(ONE, ({ line }) => line > 10)],
    [
      'to where nobody said that it is',
      persistent,
      'diverges at 53',
      () =>
        changed(
          only(RETURNS, ({ time }) => time < 52),
          ({ src = '', ...rest }, { time }) => ({ ...rest, src: time > 46 && src === '10.4.0.2' ? '10.3.0.2' : src }),
        ),
    ],
    [
      'without data',
      'mobike/silent-initiator',
      'conforms',
      () => only(RESPONDER, ({ fields }) => fields.exchange !== undefined),
    ],
    ['lost for good', 'mobike/single-homed', 'conforms', () => only(BACK, ({ time }) => time < 19)],
    ['behind a translator', 'mobike/silent-initiator', 'conforms', () => behindATranslator(RESPONDER)],
    ['IPv6', 'mobike/silent-initiator', 'conforms', () => inIPv6(RESPONDER)],
    ['nobody moves', 'mobike/silent-initiator', 'refused', () => only(RESPONDER, ({ time }) => time < 9)],
    ['from the middle on', 'mobike/silent-initiator', 'refused', () => only(RESPONDER, ({ line }) => line > 8)],
    [
      'data alone from the new address',
      'mobike/silent-initiator',
      'diverges at 25',
      () =>
        only(
          RESPONDER,
          ({ time, fields: { exchange, src } }) => time < 9 || (exchange === undefined && src === '10.4.0.2'),
        ),
    ],
    [
      'IKE_AUTH on port 500: no MOBIKE',
      'mobike/silent-initiator',
      'unsupported at 5',
      () =>
        changed(logOf(RESPONDER), (fields) =>
          fields.exchange === '35' ? { ...fields, srcPort: '500', dstPort: '500' } : fields,
        ),
    ],
    [
      'an exchange on port 500 after IKE_AUTH on 4500, as behind a translator: no MOBIKE',
      'mobike/silent-initiator',
      'unsupported at 21',
      () =>
        changed(logOf(RESPONDER), (fields, { line }) =>
          fields.exchange === '37' && line > 20 ? { ...fields, srcPort: '500', dstPort: '500' } : fields,
        ),
    ],
    [
      'read by keys: no MOBIKE',
      'mobike/silent-initiator',
      'unsupported at 5',
      () => changed(logOf(RESPONDER), (fields) => (fields.exchange === '35' ? { ...fields, decrypted: '1' } : fields)),
    ],
    [
      'read by keys: a probe comes first',
      'mobike/single-homed',
      'diverges at 21',
      () => changed(logOf(RESPONDER), (fields) => (fields.exchange === '37' ? { ...fields, decrypted: '1' } : fields)),
    ],
    [
      'another SA',
      'mobike/silent-initiator',
      'unsupported at 77',
      () => {
        const lines = logOf(RESPONDER)
        return [...lines, { ...lines[0]!, line: 77, time: 70, fields: { ...lines[0]!.fields, initiatorSpi: 'aaaa' } }]
      },
    ],
  ])('%s (%s): %s', (_, target, expected, lines) => {
    expect(said(target, lines())).toBe(expected)
  })
})

describe('a mapping that is broken in one way is noticed', () => {
  const alter = (name: string, wanted: number, more: Fields) =>
    changed(logOf(name), (fields, { line }) =>
      line === wanted || line === wanted + 1 ? { ...fields, ...more } : fields,
    )

  /** What the mappings say: each broken one says something else of one of these at least. */
  const probes: Readonly<
    Record<string, readonly (readonly [target: string, lines: () => LogLine[], expected: string])[]>
  > = {
    wireguard: [
      ['wireguard/one-keepalive', () => logOf(ONE), 'conforms'],
      ['wireguard/persistent-keepalive', () => logOf(RETURNS), 'conforms'],
      ['wireguard/persistent-keepalive', () => logOf(TRANSLATED), 'conforms'],
      ['wireguard/roaming', () => logOf(ONE), 'diverges at 19'],
      ['wireguard/one-keepalive', () => alter(ONE, 29, { wgReceiver: '0x12345678' }), 'diverges at 29'],
      ['wireguard/one-keepalive', () => alter(ONE, 29, { counter: '5' }), 'diverges at 29'],
      ['wireguard/one-keepalive', () => alter(ONE, 35, { dst: '10.1.0.2' }), 'diverges at 35'],
      ['wireguard/one-keepalive', () => alter(ONE, 31, { dstPort: '7' }), 'diverges at 31'],
      ['wireguard/one-keepalive', () => alter(ONE, 29, { wgType: '2' }), 'diverges at 29'],
    ],
    mobike: [
      ['mobike/silent-initiator', () => logOf(RESPONDER), 'conforms'],
      ['mobike/single-homed', () => logOf(BACK), 'conforms'],
      ['mobike/single-homed', () => logOf(RESPONDER), 'diverges at 27'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 25, { messageId: '5' }), 'diverges at 25'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 25, { responderSpi: 'ffff' }), 'diverges at 25'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 23, { dst: '10.3.0.2' }), 'diverges at 23'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 23, { exchange: '36' }), 'diverges at 23'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 43, { espSequence: '0' }), 'diverges at 43'],
      ['mobike/silent-initiator', () => alter(RESPONDER, 23, { flags: '0x20' }), 'diverges at 23'],
      [
        'mobike/single-homed',
        () =>
          changed(logOf(RESPONDER), (fields) => (fields.exchange === '37' ? { ...fields, decrypted: '1' } : fields)),
        'diverges at 21',
      ],
    ],
  }

  test.each(Object.keys(probes))('%s, as it is, says all of this', (protocol) => {
    for (const [target, lines, expected] of probes[protocol]!) expect(said(target, lines())).toBe(expected)
  })

  test.each<[string, string, Mapping]>([
    ['wireguard', 'indices are not compared', mapped('wireguard', without('receiver'))],
    ['wireguard', 'counters are not compared', mapped('wireguard', without('number'))],
    ['wireguard', 'sources are not compared with moves', mapped('wireguard', inOnePlace)],
    ['wireguard', 'hosts never return', mapped('wireguard', noReturns)],
    ['wireguard', 'source and destination are exchanged', mapped('wireguard', backwards)],
    ['wireguard', 'keepalives are data', mapped('wireguard', as('keepalive', 'data'))],
    ['wireguard', 'data are keepalives', mapped('wireguard', as('data', 'keepalive'))],
    ['wireguard', 'what confirms keys is a keepalive', mapped('wireguard', as('key confirmation', 'keepalive'))],
    ['wireguard', 'a responder is an initiator', mapped('wireguard', as('handshake response', 'handshake initiation'))],
    ['wireguard', 'the ends have the names of each other', mapped('wireguard', renamed)],
    ['wireguard', 'ports are not read', read('wireguard', ({ srcPort: _, dstPort: __, ...rest }) => rest)],
    ['wireguard', 'every type is transport data', read('wireguard', (fields) => ({ ...fields, wgType: '4' }))],
    ['mobike', 'Message IDs are not compared', mapped('mobike', without('id'))],
    ['mobike', 'SPIs are not compared', mapped('mobike', without('spis'))],
    ['mobike', 'exchanges are not compared', mapped('mobike', without('exchange'))],
    ['mobike', 'notifications are not compared', mapped('mobike', without('notify'))],
    ['mobike', 'sequence numbers are not compared', mapped('mobike', without('number'))],
    ['mobike', 'all addresses of an end are one', mapped('mobike', inOnePlace)],
    ['mobike', 'hosts never return', mapped('mobike', noReturns)],
    ['mobike', 'source and destination are exchanged', mapped('mobike', backwards)],
    ['mobike', 'responses are requests', mapped('mobike', as('IKE response', 'IKE request'))],
    [
      'mobike',
      'data are left out',
      mapped('mobike', (all) => ({ ...all, seen: all.seen.filter(({ kind }) => kind !== 'ESP') })),
    ],
    ['mobike', 'the ends have the names of each other', mapped('mobike', renamed)],
  ])('%s: %s', (protocol, _, mapping) => {
    expect(probes[protocol]!.every(([target, lines, expected]) => said(target, lines(), mapping) === expected)).toBe(
      false,
    )
  })
})
