import type { Figure } from './figure.ts'

/** `000, §III.C, Fig. 6a: how likely one handoff is hit`. */
export const titleOf = ({ paper, place, title }: Figure): string => `${paper}, ${place}: ${title}`
