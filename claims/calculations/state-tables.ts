/** 003 Table I: milliseconds that operations on the state tables take, by the number of entries. */
const ENTRIES = [1, 100, 250, 500, 750, 1000] as const
const ROWS = {
  'accessing all entries': [8, 73, 185, 341, 506, 682],
  'updating an entry': [6, 9, 12, 18, 24, 29],
} as const

export const MOST = ENTRIES.at(-1)!

/** The row's value for the most entries. */
export const atMost = (row: keyof typeof ROWS): number => ROWS[row].at(-1)!

/**
 * Finding an entry one after the other, at worst. An update finds a random entry and writes it: half of the entries on the average, so that what grows
 * with their number is twice as much at worst.
 */
export function longestSearch(): number {
  const [one, all] = [ROWS['updating an entry'][0], atMost('updating an entry')]
  return one + 2 * (all - one)
}

/** The row whose last value is a number, if there is one. */
export const rowOf = (value: number): string | undefined =>
  Object.entries(ROWS).find(([, values]) => values.at(-1) === value)?.[0]
