/** Whether the long laws run in full (`npm run test:full`) or, within `npm test`, in a sample. */
export const full = process.env.DOUBLEJUMP_FULL === '1'

/** All of them, or each `every`th: a sample that does not change from run to run. */
export const sample = <T>(all: readonly T[], every: number): readonly T[] =>
  full ? all : all.filter((_, i) => i % every === 0)
