/** Conformance, for those who test an implementation: needs fast-check. */

export { internetOf } from '../analysis/world.ts'
export {
  type AsyncSystem,
  asyncCommandsOf,
  ConformanceError,
  commandsOf,
  type System,
  type World,
  worldOf,
} from './commands.ts'
export { matchers, type Spec } from './matchers.ts'
export { type Suite, type SuiteStep, type SuiteTest, suiteFor } from './suite.ts'
