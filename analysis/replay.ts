import { type Control, wallClock } from '../checker/limits.ts'
import type { Label } from '../checker/model.ts'
import { PredicateTables } from '../checker/predicates.ts'
import type { Property } from '../checker/property.ts'
import { isOfLength, withItsStopwatch } from '../checker/timed/stretch.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Timing } from '../spec/internet/timing.ts'
import { nearest } from './nearest.ts'
import { propertyOf } from './property.ts'
import { Judge } from './runs/judge.ts'
import { type Choice, keyOf, type Run, Walker } from './runs/walker.ts'
import { scenarioOf, type TargetVariant } from './target.ts'
import { worldOf } from './world.ts'

/** What of a story it takes to do it again: its steps are known by their words. */
export interface Recorded extends Pick<Story, 'scenario' | 'property' | 'loopStart' | 'time'> {
  readonly steps: readonly Pick<Label, 'text'>[]
}

/** What becomes of a saved run in the model of today. */
export type Replayed =
  /** Each step can be taken, and that run still violates the property (or comes to where a reachability property wants to be). */
  | { readonly kind: 'still happens'; readonly reason: string }
  /** The steps can be taken, and the property is not violated by that. */
  | { readonly kind: 'no longer violates'; readonly because: string }
  /** The first step that cannot be taken, counted from 1, and what is likest of what can happen there instead; nothing, where nothing can. */
  | {
      readonly kind: 'no longer possible'
      readonly step: number
      readonly wanted: string
      readonly instead: readonly string[]
    }

/** So many ways to take steps of the same words are tried. */
const MOST_WAYS = 1000

/**
 * Does a saved run again, step by step.
 *
 * @throws InputError where the variant has no such scenario or property, or cannot be put together
 */
export function replayStory(target: TargetVariant, recorded: Recorded, control: Control = wallClock): Replayed {
  const scenario = scenarioOf(target, recorded.scenario)
  const time = recorded.time?.timing as unknown as Timing | undefined
  const world = worldOf(target, time === undefined ? scenario : { ...scenario, time })
  const asked = propertyOf(world, recorded.property)
  const { model, property } = isOfLength(asked)
    ? withItsStopwatch(world.internet.model, asked)
    : { model: world.internet.model, property: asked }
  const walker = new Walker(model)
  const predicates = new PredicateTables(walker.compiled)
  const texts = recorded.steps.map(({ text }) => text)
  const ways = new Ways(walker, texts, control)
  let last: Replayed | null = null
  let tried = 0
  for (const run of ways.all()) {
    last = judged(walker, new Judge(walker, predicates, run), run, property, recorded)
    if (last.kind === 'still happens' || ++tried === MOST_WAYS) return last
  }
  return last ?? { kind: 'no longer possible', ...ways.stuck }
}

/** All ways to take steps of these words: more than one only where two of them say the same. */
class Ways {
  readonly #walker: Walker
  readonly #texts: readonly string[]
  readonly #control: Control
  #furthest = -1
  #instead: readonly string[] = []

  constructor(walker: Walker, texts: readonly string[], control: Control) {
    this.#walker = walker
    this.#control = control
    this.#texts = texts
  }

  *all(): Generator<Run> {
    for (const start of this.#walker.starts) yield* this.#from(start)
  }

  /** Where the way that got furthest could not go on. */
  get stuck() {
    const wanted = this.#texts[this.#furthest]!
    return { step: this.#furthest + 1, wanted, instead: nearest(wanted, this.#instead) }
  }

  /** Depth first, on one path: a story may have a hundred thousand steps. */
  *#from(start: Run['states'][number]): Generator<Run> {
    const run: Run = { states: [start], steps: [], ended: false }
    /** What is left to try at each depth. */
    const open: Choice[][] = []
    for (;;) {
      const at = run.steps.length
      if (open.length === at) open.push(this.#choices(run, at))
      if (at === this.#texts.length) yield run
      const choice = open[at]!.shift()
      if (choice !== undefined) {
        run.steps.push(choice)
        run.states.push(this.#walker.after(run.states[at]!, choice))
        continue
      }
      open.pop()
      if (at === 0) return
      run.steps.pop()
      run.states.pop()
    }
  }

  #choices(run: Run, at: number): Choice[] {
    this.#control.now()
    const choices = this.#walker.choices(run.states[at]!)
    run.ended = choices.length === 0
    if (at === this.#texts.length) return []
    if (at > this.#furthest) {
      this.#furthest = at
      this.#instead = choices.map(({ label }) => label.text)
    }
    return choices.filter(({ label }) => label.text === this.#texts[at])
  }
}

const no = (because: string): Replayed => ({ kind: 'no longer violates', because })

function judged(walker: Walker, judge: Judge, run: Run, property: Property, { loopStart }: Recorded): Replayed {
  if (property.kind === 'reachable') {
    const seen = judge.sighting(property.some)
    return seen === null ? no('it does not come to such a state') : { kind: 'still happens', reason: seen.reason }
  }
  if (property.kind !== 'liveness') {
    const shown = judge.violation(property)
    if (shown !== null) return { kind: 'still happens', reason: shown.reason }
    return no(property.kind === 'deadlock' && !run.ended ? canGoOn(walker, run) : 'no state or step of it violates it')
  }
  if (loopStart === null) return no(`'${property.id}' is of runs that go on for ever now, and this one is finite`)
  const end = run.states.length - 1
  // A run that stays where it ends has as many steps as lead there; one that goes round has one more.
  const stays = loopStart === end
  if (stays && owes(walker, run)) return no(canGoOn(walker, run))
  if (!stays && keyOf(run.states[end]!) !== keyOf(run.states[loopStart]!))
    return no(`the last step no longer leads back to where step ${loopStart + 1} begins`)
  const said = judge.lasso({ loopStart, end: stays ? end : end - 1 }, property.formula)
  if (said.kind === 'violates') return { kind: 'still happens', reason: said.shown.reason }
  return no(
    said.kind === 'unfair'
      ? `it cannot go round for ever: '${said.owes.class}' has its turn some time`
      : 'a run that goes round so satisfies it',
  )
}

/** Whether something is owed where a run ends, so that it cannot rest there. */
const owes = (walker: Walker, run: Run): boolean => walker.choices(run.states.at(-1)!).some(({ fair }) => fair >= 0)

function canGoOn(walker: Walker, run: Run): string {
  const [first, ...others] = walker.choices(run.states.at(-1)!)
  return `something can happen now where nothing could: ${first!.label.text}${others.length === 0 ? '' : `, or ${others.length} more`}`
}
