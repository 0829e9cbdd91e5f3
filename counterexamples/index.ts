/** A counterexample in every format; all are pure functions of a story. */

export { causesSvg } from './causes-svg.ts'
export { type Comparison, compare, comparisonSvg } from './compare.ts'
export { dot } from './dot.ts'
export { itf } from './itf.ts'
export { ladder, noPaint, type Paint } from './ladder.ts'
export { ladderSvg } from './ladder-svg.ts'
export { costs, sentence } from './sentence.ts'
export { mermaid, msc, plantuml } from './sequence-texts.ts'
export { type DrawnGraph, differenceDot, stateGraphDot } from './state-graph.ts'
export type { Flight, Moment, Story } from './story.ts'
export { svg } from './svg.ts'
