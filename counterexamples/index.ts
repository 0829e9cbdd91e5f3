/** A counterexample in every format; all are pure functions of a story. */
export { dot } from './dot.ts'
export { itf } from './itf.ts'
export { ladder, noPaint, type Paint } from './ladder.ts'
export { ladderSvg } from './ladder-svg.ts'
export { costs, sentence } from './sentence.ts'
export type { Flight, Moment, Story } from './story.ts'
export { svg } from './svg.ts'
