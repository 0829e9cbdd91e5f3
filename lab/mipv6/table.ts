import { type Bug, bugs } from './bugs.ts'
import { techniques, withBug } from './techniques.ts'

/** Which technique finds which mistake, as a table of Markdown. */
export function tableOfBugs(): string {
  const names = Object.keys(techniques) as (keyof typeof techniques)[]
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rows = (Object.keys(bugs) as Bug[]).map((bug) =>
    row([`\`${bug}\``, bugs[bug], ...names.map((name) => techniques[name](withBug(bug)) ?? '—')]),
  )
  return (
    row(['bug', 'what it is', ...names]) + row(Array.from({ length: 2 + names.length }, () => '---')) + rows.join('')
  )
}
