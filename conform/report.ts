import { storyOf } from '../analysis/story.ts'
import type { TargetVariant } from '../analysis/target.ts'
import { worldOf } from '../analysis/world.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { LogVerdict } from './explain-log.ts'
import { consumedBy, type Judged } from './judge.ts'
import type { Seen } from './observation.ts'

/** What came of holding a log against a variant, as plain data. */
export interface LogReport {
  readonly variant: string
  readonly verdict: Judged['verdict']['kind']
  /** How many lines fit, of so many that are about what is modelled. */
  readonly consumed: number
  readonly of: number
  readonly leftOut: Readonly<Record<string, number>>
  /** What is to be said of how the log was read. */
  readonly warnings: readonly string[]
  /** What no line shows and had to happen, in words. */
  readonly hidden: Readonly<Record<'moves' | 'drops' | 'dead' | 'timers' | 'actions', readonly string[]>>
  /** The line that does not fit; null where all do. */
  readonly divergesAt: Pick<Seen, 'line' | 'time' | 'words'> | null
  /** Why that line is none of the model; null where it is, and does not fit. */
  readonly unsupported: string | null
  readonly instead: readonly { readonly could: string; readonly because: string }[]
  readonly survivors: number
  /** Why the search did not come to its end, and how many states it had looked at; null where it did. */
  readonly stopped: { readonly because: string; readonly searched: number } | null
  /** The run that explains the log, or the longest part of it that fits; each step says which lines show what it sent. Null where that is not known. */
  readonly story: Story | null
}

export function reportOf(target: TargetVariant, judged: Judged, warnings: readonly string[] = []): LogReport {
  const { verdict, mapped } = judged
  const at = 'at' in verdict ? verdict.at : null
  return {
    variant: target.variant.name,
    verdict: verdict.kind,
    consumed: consumedBy(judged),
    of: mapped.seen.length,
    leftOut: mapped.leftOut,
    warnings,
    hidden: hidden(judged),
    divergesAt: at === null ? null : { line: at.line, time: at.time, words: at.words },
    unsupported: at?.unsupported ?? null,
    instead: verdict.kind === 'diverges' ? verdict.instead : [],
    survivors: 'survivors' in verdict ? verdict.survivors : 0,
    stopped: verdict.kind === 'inconclusive' ? { because: verdict.because, searched: verdict.searched } : null,
    story: verdict.kind === 'inconclusive' ? null : storyOfLog(target, judged.scenario, verdict),
  }
}

function hidden({ verdict }: Judged): LogReport['hidden'] {
  const steps = 'trace' in verdict ? verdict.trace.steps : []
  return {
    moves: steps.filter((step) => step.moves !== undefined).map(({ text }) => text),
    drops: steps.filter(({ kind }) => kind === 'fault').map(({ text }) => text),
    dead: steps.filter(({ kind }) => kind === 'lost').map(({ text }) => text),
    timers: steps.filter(({ kind }) => kind === 'timer').map(({ text }) => text),
    actions: steps.filter(({ kind }) => kind === 'action').map(({ text }) => text),
  }
}

/** The run that explains the log, or what fits of it. */
function storyOfLog(
  target: TargetVariant,
  scenario: Scenario,
  { kind, trace, lines }: Exclude<LogVerdict, { kind: 'inconclusive' }>,
): Story {
  const { protocol, variant } = target
  const steps = trace.steps.map((step, i) => {
    const shown = lines[i]!
    const then = shown.length === 1 ? `line ${shown[0]}` : `lines ${shown.join(', ')}`
    return { ...step, text: `${step.text}${shown.length === 0 ? '' : ` · then ${then}`}` }
  })
  const reason = kind === 'conforms' ? 'the log is explained' : 'what fits of the log is explained'
  return storyOf(protocol, variant, worldOf(target, scenario).internet, kind, reason, { ...trace, steps })
}
