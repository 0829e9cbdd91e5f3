import { variantOf } from '../../analysis/target.ts'
import { judge, mappingOf } from '../../conform/judge.ts'
import { inOrder, LATENCY, LogError, type LogLine } from '../../conform/observation.ts'
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

const OPTIONS = { most: 150_000, tolerance: 0.1 }

/** Each altered log of a capture, held against the variant that the capture is a run of. */
export function judgementsOf(capture: string, target: string, log: readonly LogLine[]): Judgement[] {
  const { protocol } = variantOf(target)
  const mapping = mappingOf(protocol)
  const lines = inOrder(log)
  return alterationsOf(mapping, lines, mapping.map(lines, LATENCY).seen).map((one) => judgementOf(capture, target, one))
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
