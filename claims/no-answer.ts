/** Why a case has no answer: its search threw, was cut short, or what it speaks of never happens. */
export type Because = 'failed' | 'incomplete' | 'vacuous'

/** Thrown where there is no answer; its message says which search, and why. */
export class NoAnswer extends Error {
  readonly because: Because

  constructor(because: Because, message: string) {
    super(message)
    this.name = 'NoAnswer'
    this.because = because
  }
}
