import { writeFileSync } from 'node:fs'
import { answerOf, commandOf } from './sheets/answer.ts'
import { type Answers, saveAnswers, savedAnswers } from './sheets/file.ts'
import { sheets } from './sheets/sheets.ts'
import { sheetText } from './sheets/text.ts'

/**
 * Writes `docs/bounds/`: a sheet a question. `npm run sheets` searches for what is not known yet; `npm run sheets -- all` for all of it, which takes minutes.
 */
const known: Answers = process.argv[2] === 'all' ? {} : savedAnswers()
const answers: Record<string, Answers[string]> = {}
for (const sheet of sheets) {
  const found = sheet.asked.map((query) => {
    const command = commandOf(query)
    process.stderr.write(`${known[command] === undefined ? 'searches' : 'knows   '} ${command}\n`)
    const answer = known[command] ?? answerOf(query)
    if (answer.found.join() !== query.expect.join())
      process.stderr.write(`  came to ${JSON.stringify(answer.found)}, expected ${JSON.stringify(query.expect)}\n`)
    answers[command] = answer
    return answer
  })
  writeFileSync(new URL(`../../docs/bounds/${sheet.file}.md`, import.meta.url), sheetText(sheet, found))
}
saveAnswers(answers)
