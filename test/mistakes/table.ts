import type { Case } from './cases.ts'

/** What came of a case: what was said, and the exit code. */
export interface Told {
  readonly case: Case
  readonly text: string
  readonly code: number | null
}

const HEAD = `# Mistakes, and what is said of them

What can be wrong with a protocol of one's own, what the program says of it, and its exit code. Mistakes in a file are found before anything is
searched, and all of them are told at once: what is so, the likeliest cause, and what to do next.

A test makes this page out of what the program says (\`npx vitest run test/mistakes -u\`); the files are in \`test/mistakes/cases.ts\`, each
[\`examples/hello.ts\`](../examples/hello.ts) with a few words changed.
`

/** Longer messages are cut: the rest is more of the same. */
const MOST = 700

/** The page: a table a topic. */
export const page = (topics: Readonly<Record<string, readonly Told[]>>): string =>
  [
    HEAD,
    ...Object.entries(topics).flatMap(([topic, told]) => [
      `## ${topic}\n`,
      '| what was wrong | what is said | exit code |',
      '|---|---|---|',
      ...told.map(({ case: { title }, text, code }) => `| ${title} | ${cell(text)} | ${code} |`),
      '',
    ]),
  ].join('\n')

function cell(text: string): string {
  const whole = text
    .replace(/^doublejump: /, '')
    .trim()
    // A line that is indented further goes on.
    .replaceAll(/\n {4,}/g, ' ')
    .replaceAll(/\n */g, '\n')
  const short = whole.length <= MOST ? whole : `${whole.slice(0, whole.lastIndexOf(' ', MOST))} …`
  if (short === '') return '(nothing)'
  return short.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
}
