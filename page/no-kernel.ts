import type * as Real from '../checker/kernel.ts'

/** In the place of `checker/kernel.ts`: a page that opens from disk has no memory that threads share, so that its searches never have one. */
export const KERNELING: Real.Kerneling = {
  from: Number.POSITIVE_INFINITY,
  states: 0,
  block: 0,
  successors: 0,
  together: { from: Number.POSITIVE_INFINITY, states: 0, block: 0, successors: 0 },
}

export const Kernel: Pick<typeof Real.Kernel, 'of'> = { of: () => null }
