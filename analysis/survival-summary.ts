import { DOUBLE_JUMP } from '../spec/law.ts'
import { protocols } from '../spec/protocols.ts'
import { columns, type Survival } from './survival.ts'

/** A protocol in one line: as it is without a repair, and its best repair. */
export interface ProtocolSurvival {
  readonly protocol: string
  readonly unpatched: Survival
  /** Null where no variant does better than the unpatched one. */
  readonly best: Survival | null
}

const doubleJump = columns.findIndex(({ scenario }) => scenario === DOUBLE_JUMP)
export const afterDoubleJump = (row: Survival) => row.cells[doubleJump]!

const survived = ({ cells }: Survival): number => cells.filter(({ says }) => says === 'yes').length

/**
 * A line a protocol. Unpatched: the first variant that is no repair and does not survive the double jump, or else the first that is no
 * repair. Its best repair: the one that survives most of what was asked; of equals, the one that is listed first.
 */
export function survivalSummary(rows: readonly Survival[]): ProtocolSurvival[] {
  return protocols.flatMap(({ name, variants }): ProtocolSurvival[] => {
    const repairs = new Set(variants.filter((v) => v.repairs).map((v) => v.name))
    const mine = rows.filter(({ protocol }) => protocol === name)
    const plain = mine.filter(({ variant }) => !repairs.has(variant))
    const unpatched = plain.find((row) => afterDoubleJump(row).says !== 'yes') ?? plain[0]
    if (unpatched === undefined) return []
    const best = mine
      .filter(({ variant }) => repairs.has(variant))
      .reduce((one, other) => (survived(other) > survived(one) ? other : one), unpatched)
    return [{ protocol: name, unpatched, best: best === unpatched ? null : best }]
  })
}
