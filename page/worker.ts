import type { Bundled } from '../analysis/load/bundled.ts'
import { storyOf } from '../analysis/story.ts'
import { check } from '../checker/check.ts'
import type { Trace, Verdict } from '../checker/verdict.ts'
import type { Story } from '../counterexamples/story.ts'
import { catalogueOf, variantIn } from './catalogue.ts'
import { Playground } from './playground.ts'
import type { TimeGiven } from './time-given.ts'

/** The same checker, in a worker of the page: one search at a time, with progress. */
export interface Asked {
  /** The user's own files: a worker has nothing of the page. */
  readonly own: readonly Bundled[]
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  /** One property with its least run, or all of them. */
  readonly property: string | null
  /** What is given of time; null without a clock. */
  readonly given: TimeGiven | null
  readonly states: number
}

export type Told =
  | { readonly kind: 'progress'; readonly states: number; readonly frontier: number }
  | {
      readonly kind: 'done'
      readonly seconds: number
      readonly states: number
      readonly verdicts: readonly {
        readonly property: string
        readonly verdict: string
        readonly reason: string | null
      }[]
      /** The choices that make the run, where one was asked for and there is one. */
      readonly run: { readonly choices: readonly number[]; readonly loopStart: number | null } | null
      /** The same with a clock: it has instants, and no choices lead to it. */
      readonly story: Story | null
    }
  | { readonly kind: 'failed'; readonly message: string }

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Told): void => self.postMessage(told)
  try {
    const target = variantIn(await catalogueOf(data.own), data.protocol, data.variant)
    if (target === null) throw new Error(`There is no ${data.protocol}/${data.variant} in this page.`)
    const place = new Playground(target, data.scenario, data.given)
    const asked = place.properties.filter(({ id }) => data.property === null || id === data.property)
    const started = performance.now()
    const verdicts = check(place.internet.model, asked, {
      limits: { states: data.states, memory: 1.5 * 2 ** 30 },
      least: data.property !== null,
      control: {
        now: () => performance.now() / 1000,
        progress: ({ states, frontier }) => tell({ kind: 'progress', states, frontier }),
      },
    })
    const [first] = verdicts
    const trace = data.property === null || first === undefined ? undefined : traceOf(first)
    tell({
      kind: 'done',
      seconds: (performance.now() - started) / 1000,
      states: first?.statistics.states ?? 0,
      verdicts: verdicts.map((verdict) => ({
        property: verdict.property,
        verdict: verdict.kind,
        reason: 'reason' in verdict ? verdict.reason : verdict.kind === 'failed' ? verdict.error.message : null,
      })),
      ...runOf(place, data.given !== null, first, trace),
    })
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

function runOf(
  place: Playground,
  isTimed: boolean,
  verdict: Verdict | undefined,
  trace: Trace | undefined,
): Pick<Extract<Told, { kind: 'done' }>, 'run' | 'story'> {
  if (trace === undefined || verdict === undefined) return { run: null, story: null }
  if (!isTimed) return { run: { choices: place.positionsAlong(trace), loopStart: trace.loopStart }, story: null }
  const { protocol, variant } = place.target
  const reason = 'reason' in verdict ? verdict.reason : 'a run that gets there'
  return { run: null, story: storyOf(protocol, variant, place.internet, verdict.property, reason, trace) }
}

/** Where the protocol threw, the way there is what one wants to see. */
const traceOf = (verdict: Verdict): Trace | undefined =>
  verdict.kind === 'failed' ? verdict.error.trace : 'trace' in verdict ? verdict.trace : undefined
