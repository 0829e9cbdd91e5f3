import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../conform/observation.ts'
import { changed, type Fields, logOf, said } from './judged.ts'

/** RFC 3261 §9, §14.1: re-INVITEs that are cancelled. */

const GIVES_UP = 'sip-proxy-loose-route-caller-gives-up'
const LOOSE = 'sip/home-proxy-rfc'

/** Both sightings of a packet. */
const withPacket = (lines: readonly LogLine[], at: number, fields: Fields): LogLine[] => {
  const known = JSON.stringify(lines[at - 1]!.fields)
  return changed(lines, (one) => (JSON.stringify(one) === known ? { ...one, ...fields } : one))
}

describe('by way of a proxy (Kamailio, baresip 4.10)', () => {
  const lines = logOf(GIVES_UP)
  const at = (wanted: Fields, nth = 0): number =>
    lines.filter(({ fields }) => Object.entries(wanted).every(([name, value]) => fields[name] === value))[nth]!.line
  const cancel = at({ method: 'CANCEL' })
  const answer = at({ cseqMethod: 'CANCEL', status: '200' })
  const terminated = at({ status: '487' })

  test.each<[string, number, Fields]>([
    ['the branch of no INVITE', cancel, { branch: 'z9hG4bKother' }],
    ['a second Via', cancel, { branch: `${lines[cancel - 1]!.fields.branch},z9hG4bKbelow` }],
    ['another CSeq number', cancel, { cseq: '22698' }],
    ['another Request-URI', cancel, { requestUri: 'sip:b@10.4.0.2:5060' }],
    ['another From tag', cancel, { fromTag: 'other' }],
    ['another source', cancel, { src: '10.77.0.1' }],
    ['an answer with another CSeq', answer, { cseq: '22698' }],
    ['an answer with another method', answer, { cseqMethod: 'INVITE' }],
    ['an answer that there is no such transaction', answer, { status: '481' }],
    ['a 408 for the 487', terminated, { status: '408' }],
    ['a 487 to elsewhere', terminated, { dst: '10.4.0.2' }],
  ])('%s diverges there', (_, line, fields) => {
    expect(said(LOOSE, withPacket(lines, line, fields))).toBe(`diverges at ${line}`)
  })

  test('a 487 that nobody has asked for', () => {
    const without = lines.filter(({ fields }) => fields.method !== 'CANCEL' && fields.cseqMethod !== 'CANCEL')
    expect(said(LOOSE, without)).toBe(`diverges at ${terminated}`)
  })

  test('an answer to a CANCEL that the model does not give; a proxy that cancels', () => {
    expect(said(LOOSE, withPacket(lines, answer, { status: '403' }))).toBe(`unsupported at ${answer}`)
    const { branch: _, ...own } = lines[cancel - 1]!.fields
    const byProxy = { ...own, src: '10.9.0.1', dst: '10.4.0.2' }
    const further = { line: 0, time: lines[cancel - 1]!.time + 0.2, fields: byProxy }
    const log = [...lines.slice(0, cancel + 1), further, ...lines.slice(cancel + 1)]
    expect(said(LOOSE, log)).toBe('unsupported at 0')
  })
})

describe('without a server', () => {
  const calls = logOf('sip-direct-callee-moves-and-caller-hangs-up')
  const end = calls.findIndex(({ fields }) => fields.method === 'BYE' || fields.cseqMethod === 'BYE')
  const invite = calls.find(({ line, fields }) => line > 8 && fields.method === 'INVITE')!
  const ok = calls.find(({ line, fields }) => line > 8 && fields.status === '200')!
  const ack = calls.find(({ line, fields }) => line > 10 && fields.method === 'ACK')!
  const own = { cseq: '21621', branch: 'z9hG4bKsecond' }
  const of = (line: LogLine, time: number, fields: Fields): LogLine => ({
    ...line,
    time,
    fields: { ...line.fields, ...own, ...fields },
  })
  const asks = of(invite, 60, { cseqMethod: 'INVITE' })
  const { contact: _, ...bare } = ok.fields
  const provisional = of({ ...ok, fields: bare }, 60.01, { status: '180' })
  const { contact: __, ...plain } = invite.fields
  const cancels = of({ ...invite, fields: plain }, 62, { method: 'CANCEL', cseqMethod: 'CANCEL' })
  const cancelled = of({ ...ok, fields: bare }, 62.01, { status: '200', cseqMethod: 'CANCEL' })
  const terminated = of({ ...ok, fields: bare }, 62.02, { status: '487' })
  const acknowledged = of({ ...invite, fields: plain }, 62.03, { method: 'ACK', cseqMethod: 'ACK' })
  const accepted = of(ok, 62.005, { status: '200' })
  const acknowledges2xx = of(ack, 62.03, { branch: 'z9hG4bKack' })

  /** The callee has moved and said so; it asks once more a while later, and the caller hangs up at last. */
  const log = (...more: LogLine[]): LogLine[] => {
    const rest = calls.slice(end).map((line) => ({ ...line, time: line.time + 10 }))
    return [...calls.slice(0, end), ...more, ...rest].map((line, i) => ({ ...line, line: i + 1 }))
  }

  test.each<[string, string, LogLine[]]>([
    [
      'cancelled while the other lets its user decide',
      'conforms',
      [asks, provisional, cancels, cancelled, terminated, acknowledged],
    ],
    [
      'accepted after all',
      'conforms',
      [asks, provisional, { ...accepted, time: 61 }, { ...acknowledges2xx, time: 61.01 }],
    ],
    ['accepted as the CANCEL comes', 'conforms', [asks, provisional, cancels, accepted, cancelled, acknowledges2xx]],
    [
      'accepted as the CANCEL comes, which finds no transaction any more',
      'conforms',
      [
        asks,
        provisional,
        cancels,
        accepted,
        { ...cancelled, fields: { ...cancelled.fields, status: '481' } },
        acknowledges2xx,
      ],
    ],
    ['cancelled without a provisional response', `diverges at ${end + 2}`, [asks, cancels, cancelled]],
    ['cancelled, and not answered 487', `diverges at ${end + 5}`, [asks, provisional, cancels, cancelled]],
  ])('%s: %s', (_name, verdict, more) => {
    expect(said('sip/direct', log(...more))).toBe(verdict)
  })
})

describe('calls that are given up before they are answered', () => {
  const lines = logOf('sip-direct-one-move')
  const invite = lines[0]!
  const failed = (method: string, fields: Fields, time: number): LogLine => ({
    ...invite,
    time,
    fields: { ...invite.fields, callId: 'given up', branch: 'z9hG4bKgivenup', method, cseqMethod: method, ...fields },
  })
  const before = [failed('INVITE', {}, -5), failed('CANCEL', {}, -3), failed('ACK', {}, -2.9)]

  test('the first that is established is judged', () => {
    const log = [...before, ...lines].map((line, i) => ({ ...line, line: i + 1, time: line.time + 5 }))
    expect(said('sip/direct', log)).toBe('conforms')
  })

  test('one that never is, is refused', () => {
    expect(said('sip/direct', before)).toBe('refused')
  })
})
