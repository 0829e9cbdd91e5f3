import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Guarded, guardedOf } from '../analysis/export/guarded.ts'
import { murphi } from '../analysis/export/murphi.ts'
import { promela } from '../analysis/export/promela.ts'
import { check } from '../checker/check.ts'
import { explore } from '../checker/explore.ts'
import type { Model } from '../checker/model.ts'
import type { Property } from '../checker/property.ts'

/** What a checker finds of a model. */
export interface Found {
  readonly states: number
  readonly transitions: number
  /** By claim: whether something was seen that decides it: a violation, or, of one of reachability, what is to be reachable. */
  readonly seen: Readonly<Record<string, boolean>>
}

/** What we find, and the model as others are given it. */
export function ours(
  model: Model,
  properties: readonly Property[],
): { readonly guarded: Guarded; readonly found: Found } {
  const graph = explore(model)
  const guarded = guardedOf(graph, properties)
  const verdicts = new Map(check(model, properties).map((verdict) => [verdict.property, verdict.kind]))
  const seen = guarded.claims.map(({ id, kind }) => {
    const holds = verdicts.get(id) === 'holds' || verdicts.get(id) === 'vacuous'
    return [id, kind === 'reachable' ? holds : !holds] as const
  })
  return {
    guarded,
    found: { states: graph.store.count, transitions: graph.transitions, seen: Object.fromEntries(seen) },
  }
}

/** What SPIN finds; a text where it was cut off. Needs `spin` and `gcc`. */
export function spinOf(guarded: Guarded): Found | string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.pml'), promela(guarded, 'model'))
    execFileSync('spin', ['-a', 'model.pml'], { cwd: folder, stdio: 'ignore' })
    execFileSync('gcc', ['-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd: folder, stdio: 'ignore' })
    const { stdout } = spawnSync('./pan', ['-E', '-n', '-m2000000'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    if (/max search depth too small|unknown:/.test(stdout)) return 'was cut off'
    const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? Number.NaN)
    const claims = [...stdout.matchAll(/^claim (.+): (\d+)$/gm)].map(([, id, times]) => [id!, Number(times) > 0])
    return {
      states: number(/(\d+) states, stored/),
      // SPIN counts the initial state as the end of a transition.
      transitions: number(/(\d+) transitions/) - 1,
      seen: Object.fromEntries(claims),
    }
  })
}

/**
 * What Rumur finds; a text where a claim fails. It stops at a claim that does not hold, and is asked only those that do by what we found. Needs `rumur` and `gcc`.
 *
 * @returns null for a model of more commands than `most`
 */
export function rumurOf(guarded: Guarded, { seen }: Found, most = Number.POSITIVE_INFINITY): Found | string | null {
  const claims = guarded.claims.filter(({ id, kind }) => seen[id] === (kind === 'reachable'))
  const model = murphi({ ...guarded, claims }, 'model')
  if ((model.match(/^rule /gm)?.length ?? 0) > most) return null
  return inFolder((folder) => {
    writeFileSync(join(folder, 'model.m'), model)
    const rumur = ['--deadlock-detection', 'off', '--output', 'model.c', 'model.m']
    execFileSync('rumur', rumur, { cwd: folder, stdio: 'ignore' })
    const gcc = ['-O0', '-w', '-mcx16', '-o', 'model', 'model.c', '-lpthread']
    execFileSync('gcc', gcc, { cwd: folder, stdio: 'ignore' })
    const { stdout, status } = spawnSync('./model', { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
    if (status !== 0) return /^.*(?:Error|error|not covered).*$/m.exec(stdout)?.[0] ?? 'fails'
    const [, states, fired] = /(\d+) states, (\d+) rules fired/.exec(stdout) ?? []
    return { states: Number(states), transitions: Number(fired), seen }
  })
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'other-checker-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
