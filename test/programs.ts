import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe } from 'vitest'
import { tlaTools } from '../generate/verifiers.ts'

/** A program that not every machine has, and that some tests need. */
export interface Program {
  readonly name: string
  /** Its file, or its name where it is on the path; undefined where it is not installed. */
  readonly at: string | undefined
}

/** Whether a program on the path starts at all: what it answers does not matter. */
const onPath = (name: string, ...args: readonly string[]): Program => ({
  name,
  at: spawnSync(name, args).error === undefined ? name : undefined,
})

export const tshark = onPath('tshark', '--version')
/** Other checkers; both need gcc for what they write. */
export const spin = onPath('spin', '-V')
export const rumur = onPath('rumur', '--version')
/** Where its jar is, nobody knows but who says so. */
export const tlc: Program = { name: 'TLC', at: tlaTools() }
export const sipp = onPath('sipp', '-v')

/** A real browser: Debian's, or the one that CHROMIUM names. */
export const chromium: Program = {
  name: 'chromium',
  at: [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path !== '' && existsSync(path),
  ),
}

/** Tests that need a program: without it they are skipped, and the title says why. */
export function describeWith({ name, at }: Program, title: string, tests: () => void): void {
  const there = at !== undefined
  describe.skipIf(!there)(there ? title : `skipped: ${name} is not installed (${title})`, tests)
}
