import type { Answer } from './answer.ts'
import type { Sheet } from './sheet.ts'

/** A sheet, in Markdown. */
export function sheetText({ title, question, says, answer, open, asked }: Sheet, answers: readonly Answer[]): string {
  return [
    `# ${title}`,
    '',
    '<!-- Written by npm run sheets. -->',
    '',
    question,
    '',
    `**What is said**: ${says}`,
    '',
    `**What was found**: ${answer}`,
    '',
    ...(open === undefined ? [] : [`**Not answered**: ${open}`, '']),
    ...answers.flatMap(({ command, found, runs, points, searches, complete }, i) => [
      `## ${asked[i]!.target}${asked[i]!.note === undefined ? '' : `: ${asked[i]!.note}`}`,
      '',
      '```',
      command,
      '```',
      '',
      ...found.map((line) => `- ${line}`),
      '',
      `${points === 1 ? '' : `${points} points, `}${searches} searches${complete ? '' : '; not complete'}.`,
      '',
      ...(runs.length === 0
        ? []
        : [
            '<details><summary>A run for each part</summary>',
            '',
            ...runs.map(({ of, sentence }) => `- ${of}: ${sentence}`),
            '',
            '</details>',
            '',
          ]),
    ]),
  ].join('\n')
}
