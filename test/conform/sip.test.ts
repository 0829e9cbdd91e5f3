import { describe, expect, test } from 'vitest'
import type { Mapping } from '../../conform/mapping.ts'
import type { LogLine } from '../../conform/observation.ts'
import { sipMapping } from '../../conform/sip-mapping.ts'
import { changed, type Fields, logOf, REPLACE, said } from './judged.ts'

const HANGS_UP = 'sip-direct-callee-moves-and-caller-hangs-up'
const RETURNS = 'sip-direct-caller-moves-and-returns'
const REFUSED = 'sip-proxy-look-up-refused-caller-hangs-up'
const LOOK_UP = 'sip/home-proxy-relookup'

/** Both sightings of a packet. */
const withPacket = (lines: readonly LogLine[], at: number, fields: Fields): LogLine[] => {
  const known = JSON.stringify(lines[at - 1]!.fields)
  return changed(lines, (one) => (JSON.stringify(one) === known ? { ...one, ...fields } : one))
}

describe('one field of one packet altered is named', () => {
  test.each<[string, string, number, Fields]>([
    [HANGS_UP, 'sip/direct', 11, { branch: 'z9hG4bKother' }],
    [HANGS_UP, 'sip/direct', 11, { cseq: '21619' }],
    [HANGS_UP, 'sip/direct', 11, { fromTag: 'other' }],
    [HANGS_UP, 'sip/direct', 11, { contact: 'sip:A@10.4.0.2:5060' }],
    [HANGS_UP, 'sip/direct', 9, { requestUri: 'sip:A@10.4.0.2:5060' }],
    [HANGS_UP, 'sip/direct', 9, { fromTag: '1f85f88ceb00b53b', toTag: 'f7d8e10962078742' }],
    [HANGS_UP, 'sip/direct', 9, { callId: 'other' }],
    [HANGS_UP, 'sip/direct', 15, { cseq: '51878' }],
    [HANGS_UP, 'sip/direct', 15, { cseqMethod: 'INVITE' }],
    [HANGS_UP, 'sip/direct', 17, { status: '481' }],
    [HANGS_UP, 'sip/direct', 17, { status: '700' }],
    [REFUSED, LOOK_UP, 18, { status: '999' }],
    [REFUSED, LOOK_UP, 20, { src: '10.77.0.1' }],
    [REFUSED, LOOK_UP, 20, { cseq: '5047' }],
    [REFUSED, LOOK_UP, 20, { branch: 'z9hG4bKits-own.0,z9hG4bKother' }],
    [REFUSED, LOOK_UP, 26, { requestUri: 'sip:B@10.1.0.2:5060' }],
  ])('%s (%s), line %i: %o', (name, target, line, fields) => {
    expect(said(target, withPacket(logOf(name), line, fields))).toBe(`diverges at ${line}`)
  })
})

describe('what users and servers do besides', () => {
  const bye = ({ fields }: LogLine): boolean => fields.method === 'BYE' || fields.cseqMethod === 'BYE'
  const calls = logOf(HANGS_UP)

  test('either end hangs up', () => {
    const tags = { fromTag: 'f7d8e10962078742', toTag: '1f85f88ceb00b53b' }
    const twin = changed(calls, (fields, line) =>
      bye(line)
        ? {
            ...fields,
            ...tags,
            src: fields.dst!,
            dst: fields.src!,
            cseq: '21621',
            ...(fields.method === undefined ? {} : { requestUri: 'sip:A@10.1.0.2:5060' }),
          }
        : fields,
    )
    expect(said('sip/direct', twin)).toBe('conforms')
  })

  test('a host that never notices that it has moved, and hangs up', () => {
    const address: Record<string, string> = { '10.1.0.2': '10.2.0.2', '10.4.0.2': '10.3.0.2' }
    const twin = changed(calls, (fields, line) =>
      bye(line)
        ? {
            ...fields,
            src: address[fields.src!]!,
            dst: address[fields.dst!]!,
            ...(fields.method === undefined ? {} : { requestUri: 'sip:B@10.3.0.2:5060' }),
          }
        : fields,
    ).filter(({ fields }) => fields.cseq !== '21620')
    expect(said('sip/direct', twin)).toBe('conforms')
  })

  test('IPv6', () => {
    const twin = logOf(RETURNS).map((line) => ({
      ...line,
      fields: Object.fromEntries(
        Object.entries(line.fields).map(([name, value]) => [
          name,
          value.replace(/10\.(\d)\.0\.2/, (_, n) => (value.includes('@') ? `[2001:DB8:${n}::2]` : `2001:db8:${n}::2`)),
        ]),
      ),
    }))
    expect(said('sip/direct', twin)).toBe('conforms')
  })

  /** A request and its answer, a second after the re-INVITE. */
  const withRequest = (method: string, status: string): LogLine[] => {
    const end = calls.findIndex(bye)
    const [request, answer] = [calls[end]!, calls[end + 2]!]
    const own = { cseq: '51879', cseqMethod: method, branch: 'z9hG4bKfurther' }
    const further = [
      { ...request, time: 60, fields: { ...request.fields, ...own, method } },
      { ...answer, time: 60.001, fields: { ...answer.fields, ...own, status } },
    ]
    const rest = calls.slice(end).map((line) => ({ ...line, fields: { ...line.fields, cseq: '51880' } }))
    return [...calls.slice(0, end), ...further, ...rest].map((line, i) => ({ ...line, line: i + 1 }))
  }

  test.each([
    ['INFO', '200', 'conforms'],
    ['OPTIONS', '200', 'conforms'],
    ['MESSAGE', '481', 'unsupported at 16'],
    ['UPDATE', '200', 'unsupported at 15'],
    ['NOTIFY', '200', 'unsupported at 15'],
  ])('%s, answered %s: %s', (method, status, verdict) => {
    expect(said('sip/direct', withRequest(method, status))).toBe(verdict)
  })

  test.each([
    [11, '486'],
    [11, '404'],
    [17, '503'],
  ])('line %i, %s is an answer that nobody in the model gives', (line, status) => {
    expect(said('sip/direct', withPacket(calls, line, { status }))).toBe(`unsupported at ${line}`)
  })

  test('a registrar refuses, or not; what ends a registration alone is not supported', () => {
    const lines = logOf(REFUSED)
    expect(said(LOOK_UP, withPacket(lines, 18, { status: '200' }))).toBe('conforms')
    expect(said(LOOK_UP, withPacket(lines, 16, { contactParameters: 'expires=0' }))).toBe('unsupported at 14')
  })
})

describe('a mapping that is broken does not explain the captures', () => {
  const mapped = (read: (fields: Fields, line: LogLine) => Fields): Mapping => ({
    ...sipMapping,
    map: (lines, latency) => sipMapping.map(changed(lines, read), latency),
  })
  const without = (wanted: (fields: Fields) => boolean): Mapping => ({
    ...sipMapping,
    map: (lines, latency) =>
      sipMapping.map(
        lines.filter(({ fields }, i) => i < 14 || !wanted(fields)),
        latency,
      ),
  })
  const captures: readonly [string, string][] = [
    [HANGS_UP, 'sip/direct'],
    [RETURNS, 'sip/direct'],
    [REFUSED, LOOK_UP],
    [REPLACE, 'sip/resend-replace-branch'],
  ]
  const explained = (mapping: Mapping): string[] =>
    captures.flatMap(([name, target]) => (said(target, logOf(name), mapping) === 'conforms' ? [name] : []))

  test('a whole one does', () => {
    expect(explained(sipMapping).length).toBe(captures.length)
  })

  test.each<[string, Mapping]>([
    ['source and destination are exchanged', mapped((f) => ({ ...f, src: f.dst!, dst: f.src! }))],
    ['491 is read as 200', mapped((f) => (f.status === '491' ? { ...f, status: '200' } : f))],
    [
      '200 is read as 100',
      mapped((f) => (f.cseqMethod === 'INVITE' && f.status === '200' ? { ...f, status: '100' } : f)),
    ],
    ['each copy of the router is a packet', mapped((f, { line }) => ({ ...f, branch: `${f.branch}-${line}` }))],
    [
      'the Contact is read from the Request-URI',
      mapped((f) => (f.requestUri === undefined ? f : { ...f, contact: f.requestUri })),
    ],
    [
      'the Request-URI is read from the Contact',
      mapped((f) => (f.contact === undefined ? f : { ...f, requestUri: f.contact })),
    ],
    [
      'tags are exchanged in answers',
      mapped((f) =>
        f.status !== undefined && f.toTag !== undefined ? { ...f, fromTag: f.toTag, toTag: f.fromTag! } : f,
      ),
    ],
    ['CSeq is always 1', mapped((f) => ({ ...f, cseq: '1' }))],
    ['only the last Via is read', mapped((f) => ({ ...f, branch: f.branch!.split(',').at(-1)! }))],
    [
      '200 to a BYE is read as 481',
      mapped((f) => (f.cseqMethod === 'BYE' && f.status === '200' ? { ...f, status: '481' } : f)),
    ],
    ['ACKs are not read', without((f) => f.method === 'ACK')],
    ['a BYE is read as an ACK', mapped((f) => (f.method === 'BYE' ? { ...f, method: 'ACK', cseqMethod: 'ACK' } : f))],
  ])('%s', (_, mapping) => {
    expect(explained(mapping).length).toBeLessThan(captures.length)
  })
})

describe('where a call begins', () => {
  const lines = logOf('sip-direct-one-move')
  const established = lines.findIndex(({ fields }) => fields.method === 'ACK')

  test('the 2xx of the first INVITE may come again, and its ACK, whatever comes in between', () => {
    const ok = lines.findIndex(({ fields }) => fields.status === '200' && fields.cseqMethod === 'INVITE')
    const again = [lines[ok]!, lines[established]!].map((line, i) => ({ ...line, time: 1 + i / 100 }))
    const noise = Array.from({ length: 10 }, (_, i) => ({
      line: 0,
      time: 0.5 + i / 100,
      fields: { src: '10.8.0.1', dst: '10.8.0.2', method: 'OPTIONS', callId: 'other', cseq: '1' },
    }))
    const log = [...lines, ...again, ...noise]
      .sort((one, other) => one.time - other.time)
      .map((line, i) => ({ ...line, line: i + 1 }))
    expect(said('sip/direct', log)).toBe('conforms')
  })

  test('a log that begins in the middle of a call is refused', () => {
    expect(said('sip/direct', lines.slice(established + 2))).toBe('refused')
  })
})
