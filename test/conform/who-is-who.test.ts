import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../conform/observation.ts'
import { DIRECT, logOf, ONE, verdictOf } from './judged.ts'

describe('who is who', () => {
  /** The same log with tags, and other Contacts. */
  const tagged = (name: string, contact: (uri: string) => string): LogLine[] => {
    const lines = logOf(name)
    const userOf = (uri = ''): string => /^sip:([^@]+)@/.exec(uri)?.[1] ?? ''
    const caller = userOf(lines[0]!.fields.contact)
    const callerAt = new Set(
      lines.flatMap(({ fields }) =>
        userOf(fields.contact) === caller && fields.src !== undefined ? [fields.src] : [],
      ),
    )
    return lines.map((line) => {
      const { src = '', dst = '', method, contact: uri } = line.fields
      const byCaller = callerAt.has(method === undefined ? dst : src)
      // The first request has no To tag yet (RFC 3261 §8.1.1.2).
      const toTag = line === lines[0] ? {} : { toTag: 'y' }
      const tags = byCaller ? { fromTag: 'x', ...toTag } : { fromTag: 'y', toTag: 'x' }
      return { ...line, fields: { ...line.fields, ...tags, ...(uri === undefined ? {} : { contact: contact(uri) }) } }
    })
  }

  test.each<[string, (uri: string) => string]>([
    ['users of the same name', (uri) => uri.replace(/^sip:[^@]+@/, 'sip:sipp@')],
    ['Contacts without a user', (uri) => uri.replace(/^sip:[^@]+@/, 'sip:')],
  ])('%s are told by their tags', (_, contact) => {
    for (const [name, lines] of [
      [ONE, 3],
      [DIRECT, 36],
    ] as const) {
      const { verdict, mapped } = verdictOf(name, 'sip/direct', tagged(name, contact))
      expect([verdict.kind, mapped.seen.length]).toEqual(['conforms', lines])
    }
  })

  test('without tags and with one user there is no telling', () => {
    const lines = logOf(ONE).map((line) => ({
      ...line,
      fields: line.fields.contact === undefined ? line.fields : { ...line.fields, contact: 'sip:sipp@10.1.0.2' },
    }))
    expect(() => verdictOf(ONE, 'sip/direct', lines)).toThrow(/does not tell who calls whom/)
  })
})
