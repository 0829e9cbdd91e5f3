/**
 * Files and threads, and searches that are kept, for programs that ask of protocols under Node: what `doublejump check my-protocol.ts` is made of. A file of somebody else's is best
 * loaded by a task in a thread, where a loop or an exit in it harms nobody: `new Pool({ workers: 2 }).run(checkTask, jobs)`.
 */
export { checkWithCheckpoints, type InFile } from '../checker/checkpoint.ts'
export { checkOnDisk, type OnDisk } from '../checker/layers/check.ts'
export { type Loaded, loadFile } from './load/load.ts'
export { resolveTargets } from './load/resolve.ts'
export { type SavedStory, storiesIn } from './load/stories.ts'
export { type BreaksFound, type BreaksGiven, breaksTask } from './tasks/breaks.ts'
export { checkTask } from './tasks/check.ts'
export { type CompareGiven, compareTask } from './tasks/compare.ts'
export { describeTask } from './tasks/describe.ts'
export { type StateGraphGiven, stateGraphTask } from './tasks/state-graph.ts'
export { Pool, type PoolOptions } from './threads/pool.ts'
export { type Outcome, type Task, taskOf } from './threads/task.ts'
