/** Conformance, for those who test an implementation. Only `commandsOf` and `asyncCommandsOf` need fast-check, once they are called. */

export { internetOf } from '../analysis/world.ts'
export { asyncCommandsOf, ConformanceError, commandsOf, type World, worldOf } from './commands.ts'
export { withForged } from './forged.ts'
export { matchers, type Spec } from './matchers.ts'
export { type RoleReference, referenceOf } from './reference.ts'
export { type Suite, type SuiteStep, type SuiteTest, suiteFor } from './suite.ts'
export type { AsyncSystem, System } from './system.ts'
