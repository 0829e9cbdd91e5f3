import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../conform/observation.ts'
import { DIRECT, logOf, ONE, RESEND, verdictOf } from './judged.ts'

describe('a capture with one packet altered', () => {
  const kind = (lines: LogLine[], target = 'sip/direct', name = DIRECT) => verdictOf(name, target, lines).verdict.kind
  /** The lines of the call after it was set up, by position. */
  const inTheCall = (lines: readonly LogLine[], wanted: (line: LogLine) => boolean): number[] =>
    lines.flatMap((line, i) => (line.time > 10 && wanted(line) ? [i] : []))
  const changed = (lines: LogLine[], i: number, fields: Record<string, string>): LogLine[] =>
    lines.map((line, k) => (k === i ? { ...line, fields: { ...line.fields, ...fields } } : line))

  test('a Contact that says another place than the packet comes from', () => {
    const lines = logOf(DIRECT)
    fc.assert(
      fc.property(fc.constantFrom(...inTheCall(lines, ({ fields }) => fields.method === 'INVITE')), (i) => {
        const other = lines[i]!.fields.contact!.replace(/@10\.\d/, '@10.7')
        expect(kind(changed(lines, i, { contact: other }))).not.toBe('conforms')
      }),
      { numRuns: 6 },
    )
  })

  test('a CSeq that goes back', () => {
    const lines = logOf(DIRECT)
    const own = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    // In the middle of its retransmissions a request has another number.
    expect(kind(changed(lines, own[3]!, { cseq: '52399' }))).not.toBe('conforms')
  })

  test('a 200 in the place of a 491', () => {
    const lines = logOf(RESEND)
    const errors = inTheCall(lines, ({ fields }) => fields.status === '491')
    fc.assert(
      fc.property(fc.constantFrom(...errors.slice(0, 6)), (i) => {
        expect(kind(changed(lines, i, { status: '200' }), 'sip/resend-add-branch', RESEND)).not.toBe('conforms')
      }),
      { numRuns: 4 },
    )
  })

  test('one answer removed: nothing that the model could have done explains it', () => {
    const lines = logOf(ONE)
    // The router shows it on both its sides: one of the two may be missing.
    const [coming, going] = inTheCall(lines, ({ fields }) => fields.status === '200')
    const without = (...gone: (number | undefined)[]) => lines.filter((_, i) => !gone.includes(i))
    expect(kind(without(coming), 'sip/direct', ONE)).toBe('conforms')
    expect(kind(without(coming, going), 'sip/direct', ONE)).not.toBe('conforms')
  })

  test('one retransmission removed: fewer of them are no contradiction', () => {
    const lines = logOf(DIRECT)
    const invites = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    fc.assert(
      fc.property(fc.constantFrom(...invites.slice(1)), (i) => {
        expect(kind(lines.filter((_, k) => k !== i))).toBe('conforms')
      }),
      { numRuns: 3 },
    )
  })

  test('two swapped: an answer before its question', () => {
    const lines = logOf(ONE)
    const invite = inTheCall(lines, ({ fields }) => fields.method === 'INVITE')[0]!
    const answer = inTheCall(lines, ({ fields }) => fields.status === '200')[0]!
    const swapped = lines.map((line, i) =>
      i === invite
        ? { ...lines[answer]!, time: line.time }
        : i === answer
          ? { ...lines[invite]!, time: line.time }
          : line,
    )
    expect(kind(swapped, 'sip/direct', ONE)).not.toBe('conforms')
  })

  test('one duplicated: at once it is the other side of the router, later a retransmission too many or one that is allowed', () => {
    const lines = logOf(DIRECT)
    const invite = inTheCall(lines, ({ fields }) => fields.method === 'INVITE')[0]!
    const twice = [
      ...lines.slice(0, invite + 1),
      { ...lines[invite]!, time: lines[invite]!.time + 0.0001 },
      ...lines.slice(invite + 1),
    ]
    expect(kind(twice)).toBe('conforms')
    // Seven sends are all that Timer A makes before Timer B.
    const bye = inTheCall(lines, ({ fields }) => fields.method === 'BYE' && fields.src === '10.4.0.2')[0]!
    const late = [...lines.slice(0, bye), { ...lines[invite]!, time: lines[bye]!.time - 0.2 }, ...lines.slice(bye)]
    expect(kind(late)).not.toBe('conforms')
  })

  test('an INVITE that is not sent again in all the time until Timer B: it must be', () => {
    const lines = logOf(DIRECT)
    const invites = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    const once = lines.filter((_, i) => !invites.slice(1).includes(i))
    const { verdict } = verdictOf(DIRECT, 'sip/direct', once)
    if (verdict.kind !== 'diverges') throw new Error(verdict.kind)
    // The first line that comes later than the first three of them could.
    const late = once.find(({ time }) => time > lines[invites[0]!]!.time + 8 * 0.5 * 1.1 + 0.4 + 0.05)
    expect(verdict.at?.line).toBe(late?.line)
    expect(kind(lines.filter((_, i) => !invites.slice(2, 5).includes(i)))).toBe('conforms')
  })

  test('one that is sent again at the pace of half a second, without backing off', () => {
    const lines = logOf(DIRECT)
    const invites = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')
    const first = lines[invites[0]!]!.time
    const paced = lines.map((line, i) =>
      invites.includes(i) ? { ...line, time: first + 0.5 * invites.indexOf(i) } : line,
    )
    expect(kind(paced.sort((one, other) => one.time - other.time))).toBe('diverges')
  })

  test('an answer that comes long after its question, which nobody asked again', () => {
    const lines = logOf(ONE)
    const invite = lines.findIndex(({ time, fields }) => time > 10 && fields.method === 'INVITE')
    const late = (seconds: number) =>
      lines.map((line) =>
        line.fields.method !== 'INVITE' && line.time > lines[invite]!.time
          ? { ...line, time: line.time + seconds }
          : line,
      )
    expect(kind(late(0.3), 'sip/direct', ONE)).toBe('conforms')
    expect(kind(late(6), 'sip/direct', ONE)).toBe('diverges')
    // Where no answer is ever sent again, the first one is late.
    const mobike = logOf('mobike-one-move')
    const response = mobike.findIndex(({ time, fields }) => time > 1 && fields.flags === '0x20')
    const later = mobike.map((line, i) => (i >= response ? { ...line, time: line.time + 12 } : line))
    expect(kind(later, 'mobike/single-homed', 'mobike-one-move')).toBe('diverges')
  })

  test('lines out of order are refused', () => {
    const lines = logOf(DIRECT)
    expect(() => kind(changed(lines, 20, {}).map((line, i) => (i === 20 ? { ...line, time: 1 } : line)))).toThrow(
      /Line 21 \(1\.000 s\) is earlier than line 20 before it/,
    )
  })

  test('a BYE long before Timer B', () => {
    const lines = logOf(DIRECT)
    const bye = inTheCall(lines, ({ fields }) => fields.method === 'BYE')[0]!
    const second = inTheCall(lines, ({ fields }) => fields.method === 'INVITE' && fields.src === '10.4.0.2')[1]!
    const early = lines.filter((_, i) => i !== bye)
    early.splice(second + 1, 0, { ...lines[bye]!, time: lines[second]!.time + 0.1 })
    expect(kind(early)).not.toBe('conforms')
  })
})
