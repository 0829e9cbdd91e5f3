import type { Command } from 'commander'

/** Adds a command to the program; `end` is told with which code it will end. */
export type Register = (program: Command, end: (code: Promise<number>) => Promise<void>) => void

/** For options that may be given several times. */
export const several = (value: string, before: readonly string[] = []): string[] => [...before, value]

/** The bounds of a search, alike in every command that searches. */
export function withLimits(command: Command): Command {
  return command
    .option('--max-states <n>', 'stop after so many states: the verdict is then incomplete')
    .option(
      '--max-memory <size>',
      'memory of one search, and of the process while one search runs, for example 8GiB (default 4GiB)',
    )
    .option('--max-seconds <n>', 'time of one search')
}

/** Searches of fewer states or steps, alike in every command that tells verdicts or runs. */
export function withReduce(command: Command): Command {
  return command.option(
    '--reduce <name>',
    'fewer states, same verdicts: dead-packets vanish at once, symmetry lets one of two hosts stand for the other; fewer steps: sleep-sets (repeatable; docs/performance.md)',
    several,
  )
}
