import { type Box, greatest, type Linear, mostIn, reduced, sum } from './linear.ts'

/** An instant is at least so much after another one; both by position. */
export interface LinearBound {
  readonly from: number
  readonly to: number
  readonly least: Linear
}

/** Of sums, before the least of them are left out; that takes the square of it. */
const MOST_FORMS = 400

/**
 * For which parameters there are instants that meet all bounds: where each of these forms is at most 0.
 *
 * The instants are projected out one after the other (Fourier and Motzkin, for differences: what leads to an instant and what leads on from it are
 * joined). What is left is about cycles: none may be longer than nothing. A form that is nowhere in the box the greatest of its kind is left out,
 * so that the result is exact in the box.
 *
 * @returns null where there are too many forms between two instants: a run that uses a parameter again and again has more than help
 */
export function feasible(bounds: readonly LinearBound[], count: number, box: Box): Linear[] | null {
  const least = new Map<number, Map<number, Linear[]>>()
  const cycles: Linear[] = []
  const add = (from: number, to: number, forms: readonly Linear[]): void => {
    if (from === to) {
      // At most 0 everywhere says nothing.
      cycles.push(...forms.filter((form) => mostIn(form, box) > 0))
      return
    }
    const row = least.get(from) ?? new Map<number, Linear[]>()
    least.set(from, row)
    row.set(to, greatest([...(row.get(to) ?? []), ...forms], box))
  }
  for (const { from, to, least: form } of bounds) add(from, to, [form])
  for (let gone = count - 1; gone >= 0; gone--) {
    const into = [...least].flatMap(([from, row]) => (row.has(gone) ? [[from, row.get(gone)!] as const] : []))
    const out = [...(least.get(gone) ?? [])]
    for (const [from] of into) least.get(from)!.delete(gone)
    least.delete(gone)
    for (const [from, first] of into)
      for (const [to, second] of out) {
        if (first.length * second.length > MOST_FORMS) return null
        add(
          from,
          to,
          greatest(
            first.flatMap((one) => second.map((other) => sum(one, other))),
            box,
          ),
        )
      }
  }
  return greatest(cycles.map(reduced), box)
}
