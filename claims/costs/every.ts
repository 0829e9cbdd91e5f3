import { nameOf, shipped } from '../../analysis/target.ts'
import { DOUBLE_JUMP } from '../../spec/law.ts'

/** Every variant that is asked about one host that moves, and about a double jump. */
export const everyHandoff = (): string[] =>
  shipped().flatMap(({ protocol, variants }) =>
    variants
      .filter(({ scenarios }) => ['one-moves', DOUBLE_JUMP].every((name) => scenarios.some((s) => s.name === name)))
      .map((variant) => nameOf({ protocol, variant })),
  )
