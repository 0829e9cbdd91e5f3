import type { Verdict } from '../checker/verdict.ts'

/** Why a case has no answer: its search threw, was cut short, or what it speaks of never happens. */
export type Because = 'failed' | 'incomplete' | 'vacuous'

/**
 * Whether a verdict of a model of its own is that it holds.
 *
 * @throws NoAnswer where it is none: it threw, was cut short or is vacuous
 */
export function holds(verdict: Verdict | undefined): boolean {
  switch (verdict?.kind) {
    case 'holds':
    case 'violated':
      return verdict.kind === 'holds'
    case 'failed':
      throw new NoAnswer('failed', `${verdict.property}: ${verdict.error.where} threw: ${verdict.error.message}`)
    case 'incomplete':
      throw new NoAnswer('incomplete', `${verdict.property}: cut short (${verdict.because})`)
    default:
      throw new NoAnswer('vacuous', `${verdict?.property}: nothing that it speaks of happens`)
  }
}

/** Thrown where there is no answer; its message says which search, and why. */
export class NoAnswer extends Error {
  readonly because: Because

  constructor(because: Because, message: string) {
    super(message)
    this.name = 'NoAnswer'
    this.because = because
  }
}
