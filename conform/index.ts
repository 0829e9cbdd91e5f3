/** Conformance, for those who test an implementation: needs fast-check. */
export {
  type AsyncSystem,
  asyncCommandsOf,
  ConformanceError,
  commandsOf,
  type System,
  type World,
  worldOf,
} from './commands.ts'
export { type Suite, type SuiteStep, type SuiteTest, suiteFor } from './suite.ts'
