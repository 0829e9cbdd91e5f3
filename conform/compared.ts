import type { FieldUse, Mapping } from './mapping.ts'

/** What is done with each field of a log, as a table of Markdown: docs/reality.md has it. */
export function comparedTable(mappings: Readonly<Record<string, Mapping>>): string {
  const rows = Object.entries(mappings).flatMap(([protocol, { uses }]) => uses.map((use) => row(protocol, use)))
  return ['| log of | field | | of | how |', '|---|---|---|---|---|', ...rows, ''].join('\n')
}

const row = (protocol: string, { field, use, of = 'all', how }: FieldUse): string =>
  `| \`${protocol}\` | \`${field}\` | ${use} | ${of} | ${how} |`
