import type { Claim } from './claim.ts'

/** Where a reader might expect another verdict: the table of README.md. */
export function otherwiseTable(claims: readonly Claim[]): string {
  const rows = claims.flatMap(({ id, expected, otherwise }) =>
    otherwise === undefined ? [] : [`| ${id} | ${expected} | ${otherwise.verdict} | ${otherwise.because} |`],
  )
  return ['| claim | here | one could say | why |', '|---|---|---|---|', ...rows, ''].join('\n')
}
