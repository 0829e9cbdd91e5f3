/**
 * What one asks of protocols, as a program: a variant in a scenario, and out of it verdicts, stories, what survives, what breaks it, what it
 * leans on, and where a repair bites. Everything that goes in and comes out is plain data, but for protocols themselves. It runs in a browser
 * as well; files and threads are in `doublejump/analysis/node`.
 *
 * The short way is `checkVariant(variantOf(myProtocol, 'direct'), 'both-move')`: results with their stories, which every formatter of
 * `doublejump/counterexamples` draws.
 */
export type { Assumed, Change, LeansOn } from './assumptions/leans-on.ts'
export { assumptionsOf } from './assumptions/told.ts'
export { type Breaks, type BreaksOptions, breaksOf, type Inside, type Vector } from './breaks.ts'
export { type NotKnown, whereItBites } from './compare.ts'
export { describe, type ScenarioDescription, type TargetDescription, type VariantDescription } from './describe.ts'
export { InputError } from './errors.ts'
export { checkVariant, type Job, type Question, type Result, runJob } from './job.ts'
export { jobsFor, type Selection } from './jobs.ts'
export { DEFAULT_LIMITS } from './limits.ts'
export { propertyOf } from './property.ts'
export { REDUCTIONS, type Reduction } from './reduction/reductions.ts'
export { type Recorded, type Replayed, replayStory } from './replay.ts'
export { stateGraphOf } from './state-graph.ts'
export { storyOf } from './story.ts'
export { type Asked, ATTACKER, type Cell, columns, type Survival, survivalTable } from './survival.ts'
export {
  expectedOf,
  nameOf,
  scenarioOf,
  shipped,
  shippedTarget,
  type Target,
  type TargetVariant,
  variantOf,
} from './target.ts'
export type { Region } from './timing/bisection.ts'
export { type Bounds, type BoundsAsked, boundsOf } from './timing/bounds.ts'
export { type Duration, type DurationAsked, durationOf, type ToldExtreme } from './timing/durations.ts'
export type { Varied } from './timing/grid.ts'
export type { Linear } from './timing/linear.ts'
export { MEASURES, type MeasureName } from './timing/measure.ts'
export { type Given, type Parameter, parametersOf, timingWith } from './timing/parameters.ts'
export { internetOf, type World, worldOf } from './world.ts'
