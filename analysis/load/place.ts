import { readFileSync } from 'node:fs'

/** A line that is all comment may speak of a variant, and does not declare it. */
const COMMENT = /^\s*(?:\/\/|\/?\*)/

/** The first line of a file in which a name stands as a text of its own: where a variant is declared, as a rule. Null where none does. */
export function lineOf(file: string, name: string): number | null {
  const quoted = [`'${name}'`, `"${name}"`, `\`${name}\``]
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((text) => !COMMENT.test(text) && quoted.some((one) => text.includes(one)))
  return line < 0 ? null : line + 1
}
