import type { Register } from './command.ts'

/** Each command, in the order of the help. It is loaded when it is needed: to load all of them takes longer than most take to run. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  check: async () => (await import('./check.ts')).check,
  'run-job': async () => (await import('./run-job.ts')).runJob,
  merge: async () => (await import('./merge.ts')).merge,
  worker: async () => (await import('./worker.ts')).worker,
  list: async () => (await import('./list.ts')).list,
  explain: async () => (await import('./explain.ts')).explain,
  inspect: async () => (await import('./inspect.ts')).inspect,
  breaks: async () => (await import('./breaks.ts')).breaks,
  bounds: async () => (await import('./bounds.ts')).bounds,
  durations: async () => (await import('./durations.ts')).durations,
  simulate: async () => (await import('./simulate.ts')).simulate,
  odds: async () => (await import('./odds.ts')).odds,
  costs: async () => (await import('./costs.ts')).costs,
  replay: async () => (await import('./replay.ts')).replay,
  coverage: async () => (await import('./coverage.ts')).coverage,
  tests: async () => (await import('./tests.ts')).tests,
  conform: async () => (await import('./conform.ts')).conform,
  export: async () => (await import('./export.ts')).exporting,
  graph: async () => (await import('./graph.ts')).graph,
  compare: async () => (await import('./compare.ts')).compare,
  claims: async () => (await import('./claims.ts')).claims,
  figures: async () => (await import('./figures.ts')).figures,
  init: async () => (await import('./init.ts')).init,
}

/** The command that is named; all of them where none is, or none of that name. */
export async function commandsFor(name: string | undefined): Promise<Register[]> {
  const one = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  return Promise.all((one === undefined ? Object.values(COMMANDS) : [one]).map((load) => load()))
}
