import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Answer } from './answer.ts'

/** What `npm run sheets` found, by command. */
export type Answers = Readonly<Record<string, Answer>>

const file = new URL('../../../docs/bounds/answers.json', import.meta.url)

export const savedAnswers = (): Answers => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Answers) : {})

export const saveAnswers = (answers: Answers): void => writeFileSync(file, `${JSON.stringify(answers, null, 1)}\n`)
