/** A number that a paper prints, beside what comes out of a formula or of runs of the model. */
export interface PrintedNumber {
  readonly paper: string
  readonly place: string
  readonly what: string
  /** To as many places as the paper has. */
  readonly printed: string
  /** To as many places, and two more where it is wrong; null: nothing can be computed. */
  readonly computed: string | null
  /** `given`: an input of the paper's own; `measured`: of a real machine, or cited. */
  readonly is: 'right' | 'wrong' | 'given' | 'measured'
  /** The command that repeats it; null where there is nothing to repeat. */
  readonly command: string | null
}
