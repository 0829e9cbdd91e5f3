import { type Case, casesOf, comesOut } from './claim.ts'
import { claims } from './list.ts'
import type { PrintedNumber } from './printed-number.ts'
import { others } from './printed-others.ts'
import { paperOf } from './report.ts'
import type { Searches } from './searches.ts'

/** Every number that the five papers print, but those of their references: what claims compute, and the rest. */
export const printedNumbers = (searches: Searches): PrintedNumber[] =>
  [
    ...claims.flatMap((claim) => casesOf(claim).flatMap((one, i) => ofClaim(claim.id, claim, one, i + 1, searches))),
    ...others(searches),
  ].sort((one, other) => (one.paper < other.paper ? -1 : one.paper > other.paper ? 1 : 0))

function ofClaim(
  id: string,
  { where, claim }: { readonly where: string; readonly claim: string },
  one: Case,
  number: number,
  searches: Searches,
): PrintedNumber[] {
  if (!('fact' in one) || one.printed === undefined) return []
  const { value, decimals, compute } = one.printed
  const { so, computed } = comesOut(value, decimals, compute(searches))
  return [
    {
      paper: paperOf(id),
      place: where,
      what: `${one.given} (${claim.replace(/\.$/, '')})`,
      printed: value.toFixed(decimals),
      computed,
      is: so ? 'right' : 'wrong',
      command: `doublejump claims ${id} --case ${number}`,
    },
  ]
}
