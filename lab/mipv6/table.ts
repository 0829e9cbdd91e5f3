import { type Bug, type Bugs, bugs } from './bugs.ts'
import { techniques, withBug } from './techniques.ts'

/** Which technique finds which mistake, as a table of Markdown. */
export function tableOfBugs(): string {
  const names = Object.keys(techniques) as (keyof typeof techniques)[]
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const found = (on: Bugs): string[] => names.map((name) => techniques[name](on) ?? '—')
  const rows = [
    row(['none', 'nothing to find', ...found(new Set())]),
    ...(Object.keys(bugs) as Bug[]).map((bug) => row([`\`${bug}\``, bugs[bug], ...found(withBug(bug))])),
  ]
  return (
    row(['bug', 'what it is', ...names]) + row(Array.from({ length: 2 + names.length }, () => '---')) + rows.join('')
  )
}
