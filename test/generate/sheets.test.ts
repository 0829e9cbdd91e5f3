// The sheets of bounds: what is expected is what was found, the pages say it, and a sample comes out the same when it is searched again.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answerOf, commandOf } from '../../generate/sheets/answer.ts'
import type { Answers } from '../../generate/sheets/file.ts'
import { sheets } from '../../generate/sheets/sheets.ts'
import { sheetText } from '../../generate/sheets/text.ts'

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../docs/bounds', file), 'utf8')
const answers = JSON.parse(read('answers.json')) as Answers

describe.each(sheets)('$file', (sheet) => {
  test('says what was found, which is what is expected', () => {
    for (const query of sheet.asked) expect(answers[commandOf(query)]!.found, commandOf(query)).toEqual(query.expect)
    expect(read(`${sheet.file}.md`)).toBe(
      sheetText(
        sheet,
        sheet.asked.map((query) => answers[commandOf(query)]!),
      ),
    )
  })

  test('every search came to its end', () => {
    for (const query of sheet.asked) expect(answers[commandOf(query)]!.complete, commandOf(query)).toBe(true)
  })
})

/** Those that take a second or two. */
const quick = [
  "doublejump bounds mip-lr/direct --property binding-eventually-correct --vary 'leaves(b)=700..1300/5' --given 'd=25' --given 'blackout=100' --given 'leaves(a)=1000'",
  "doublejump bounds mipv6/home-address-expedited --scenario both-move-no-retransmission --property binding-eventually-correct --vary 'T_b=0..400/10' --given 'd=25' --given 'blackout=100'",
  "doublejump durations tmsp/lookup-at-fraction --property binding-eventually-correct --given 'd=25'",
  "doublejump durations mip/co-located --property eventually-reachable-both-ways --given 'd=25'",
]

test.each(quick)('%s: searched again, it is the same', (command) => {
  const query = sheets.flatMap(({ asked }) => asked).find((one) => commandOf(one) === command)!
  expect(answerOf(query)).toEqual(answers[command])
})
