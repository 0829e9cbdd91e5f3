import { check } from '../checker/check.ts'
import { Playground } from './playground.ts'

/** The same checker, in a worker of the page: one search at a time, with progress. */
export interface Asked {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  /** One property with its least run, or all of them. */
  readonly property: string | null
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
      /** The steps of the run in words, where one was asked for and there is one. */
      readonly run: { readonly texts: readonly string[]; readonly loopStart: number | null } | null
    }
  | { readonly kind: 'failed'; readonly message: string }

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Told): void => self.postMessage(told)
  try {
    const place = new Playground(data.protocol, data.variant, data.scenario)
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
    const trace = data.property !== null && first !== undefined && 'trace' in first ? first.trace : undefined
    tell({
      kind: 'done',
      seconds: (performance.now() - started) / 1000,
      states: first?.statistics.states ?? 0,
      verdicts: verdicts.map((verdict) => ({
        property: verdict.property,
        verdict: verdict.kind,
        reason: 'reason' in verdict ? verdict.reason : null,
      })),
      run: trace === undefined ? null : { texts: trace.steps.map(({ text }) => text), loopStart: trace.loopStart },
    })
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}
