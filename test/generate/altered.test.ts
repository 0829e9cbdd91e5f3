// Altered logs: the page says what comes of them, none conforms without an excuse, and nearly all show where they were altered.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { comparedTable } from '../../conform/compared.ts'
import { mappings } from '../../conform/judge.ts'
import { captures } from '../../generate/altered/captures.ts'
import { judgementsOf } from '../../generate/altered/judged.ts'
import { tableOf } from '../../generate/altered/text.ts'
import { column, columns } from '../../generate/reality/which.ts'
import { logOf } from '../conform/judged.ts'

const docs = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../docs', file), 'utf8')
const page = docs('altered-logs.md')
const rows = [...page.matchAll(/^\| (\d+) \| (.*) \| (\w+)(: [^|]*)? \| (\d+|—) \|$/gm)].map(
  ([, line, what, verdict, because, said]) => ({ line, what: what!, verdict: verdict!, because, said }),
)

test('hundreds of them, of every capture', () => {
  expect(rows.length).toBeGreaterThan(500)
  for (const [capture] of captures) expect(page).toContain(`## \`${capture}\``)
})

test('whatever conforms all the same has an excuse', () => {
  const conforming = rows.filter(({ verdict }) => verdict === 'conforms')
  expect(conforming.filter(({ because }) => because === ': it should not')).toEqual([])
  expect(conforming.length / rows.length).toBeLessThan(0.02)
})

test('four of five show at the line that was altered', () => {
  const right = rows.filter(({ line, said }) => line === said)
  expect(right.length / rows.length).toBeGreaterThan(0.8)
})

/** Those that take a second or two. */
const quick = [
  'sip-direct-one-move',
  'wireguard-one-move',
  'mobike-one-move',
  'sip-direct-caller-moves-and-returns',
  'quic-one-move',
]

test.each(captures.filter(([capture]) => quick.includes(capture)))(
  '%s: judged again, it is the same',
  (capture, target) => {
    expect(page).toContain(tableOf(judgementsOf(capture, target, logOf(capture))))
  },
)

describe('which variants each capture is a run of', () => {
  const cells = docs('reality.md')
    .split('<!-- which -->')[1]!
    .split('<!-- /which -->')[0]!
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(2, -1)
        .map((cell) => cell.trim()),
    )

  test.each(
    columns.map(([heading, capture], i) => [heading, capture, i] as const).filter(([, , i]) => i < 2 || i === 5),
  )('%s: judged again, it is the same', (_, capture, i) => {
    expect(cells.map((row) => row[i])).toEqual(column(logOf(capture)))
  })
})

describe('what is compared', () => {
  test('the table is that of the mappings', () => {
    expect(docs('reality.md')).toContain(comparedTable(mappings))
  })

  test.each(Object.entries(mappings))(
    'every field that is read of %s is in it, and no other',
    (_, { capture, programLog, uses }) => {
      const read = [...new Set([...capture.fields.map(([, ours]) => ours), ...(programLog?.fields ?? [])])]
      expect([...new Set(uses.map(({ field }) => field))].sort()).toEqual(read.sort())
      expect(Object.keys(JSON.parse(docs('log.schema.json')).properties)).toEqual(expect.arrayContaining(read))
    },
  )
})
