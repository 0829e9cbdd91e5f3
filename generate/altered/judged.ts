import { readFileSync } from 'node:fs'
import { variantOf } from '../../analysis/target.ts'
import { judge, mappingOf } from '../../conform/judge.ts'
import { inOrder, LogError, type LogLine } from '../../conform/observation.ts'
import { type Alteration, alterationsOf } from './alterations.ts'

/** What came of an altered log. */
export interface Judgement {
  readonly capture: string
  readonly target: string
  readonly what: string
  /** The line that was altered. */
  readonly line: number
  readonly verdict: 'conforms' | 'diverges' | 'inconclusive' | 'unsupported' | 'refused'
  /** The line that was said; null where none was. */
  readonly said: number | null
}

/** The captures of real software, as logs of JSON lines. */
export function logOf(name: string): LogLine[] {
  const file = new URL(`../../../test/conform/captures/${name}.ndjson`, import.meta.url)
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((text, i) => {
      const { time, ...fields } = JSON.parse(text) as { time: number } & Record<string, string>
      return { line: i + 1, time, fields }
    })
}

const OPTIONS = { most: 20_000, tolerance: 0.1 }

export function judgementsOf(capture: string, target: string): Judgement[] {
  const { protocol } = variantOf(target)
  const mapping = mappingOf(protocol)
  const lines = inOrder(logOf(capture))
  return alterationsOf(mapping, lines, mapping.map(lines).seen).map((one) => judgementOf(capture, target, one))
}

function judgementOf(capture: string, target: string, { what, line, lines }: Alteration): Judgement {
  const { protocol, variant } = variantOf(target)
  const common = { capture, target, what, line }
  try {
    const { verdict } = judge(protocol, variant, lines, OPTIONS)
    return { ...common, verdict: verdict.kind, said: 'at' in verdict ? (verdict.at?.line ?? null) : null }
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    return {
      ...common,
      verdict: 'refused',
      said: Number(/[Ll]ine (\d+)/.exec(error.message)?.[1] ?? Number.NaN) || null,
    }
  }
}
