import { storyOf } from '../analysis/story.ts'
import { scenarioOf, type TargetVariant } from '../analysis/target.ts'
import { timingWith } from '../analysis/timing/parameters.ts'
import { worldOf } from '../analysis/world.ts'
import { canonical } from '../checker/canonical.ts'
import type { Label, Value } from '../checker/model.ts'
import type { Predicate, Property } from '../checker/property.ts'
import { after, enabledOutcomes } from '../checker/reference.ts'
import type { Trace } from '../checker/verdict.ts'
import type { Story } from '../counterexamples/story.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { TimeGiven } from './time-given.ts'

/** What can be done next in a state. */
export interface Choice {
  readonly label: Label
  readonly next: readonly Value[]
}

/** A variant in a scenario that can be stepped through: the same rules that the checker explores. With a clock, a run is what a search found. */
export class Playground {
  readonly target: TargetVariant
  readonly scenario: Scenario
  readonly internet: Internet
  readonly properties: readonly Property[]

  /**
   * @param given what is given of time; null: there is no clock
   * @throws InputError where the variant has no such scenario, or cannot be put together for it
   */
  constructor(target: TargetVariant, scenarioName: string, given: TimeGiven | null = null) {
    this.target = target
    const scenario = scenarioOf(target, scenarioName)
    this.scenario = given === null ? scenario : { ...scenario, time: timingWith(given) }
    const { internet, properties } = worldOf(target, this.scenario)
    this.internet = internet
    this.properties = properties
  }

  get start(): readonly Value[] {
    return this.internet.model.initial[0]!
  }

  /** @throws whatever the protocol throws on what could happen next */
  choices(state: readonly Value[]): Choice[] {
    const { model } = this.internet
    return enabledOutcomes(model, state).map((outcome) => ({
      label: outcome.label,
      next: after(model, state, outcome),
    }))
  }

  /** Follows choices by their positions; a position that does not exist ends the run there. */
  follow(positions: readonly number[]): Run {
    const states = [this.start]
    const steps: Label[] = []
    const taken: number[] = []
    for (const position of positions) {
      const choice = this.choices(states.at(-1)!)[position]
      if (choice === undefined) break
      steps.push(choice.label)
      states.push(choice.next)
      taken.push(position)
    }
    return { positions: taken, states, steps }
  }

  /** The positions of the steps of a run that was found by search. Steps may read alike, so where they lead decides. */
  positionsAlong({ steps, states, loopStart }: Trace): number[] {
    const positions: number[] = []
    let state = this.start
    for (const [i, step] of steps.entries()) {
      const to = canonical(states[i + 1] ?? states[loopStart ?? 0]!)
      const choices = this.choices(state)
      const position = choices.findIndex(({ label, next }) => label.text === step.text && canonical(next) === to)
      if (position < 0) break
      positions.push(position)
      state = choices[position]!.next
    }
    return positions
  }

  /** The positions of steps that are given in words, as far as they can be taken; steps that cannot are left out. */
  positionsOf(texts: readonly string[]): number[] {
    const positions: number[] = []
    let state = this.start
    for (const text of texts) {
      const choices = this.choices(state)
      const position = choices.findIndex(({ label }) => label.text === text)
      if (position < 0) continue
      positions.push(position)
      state = choices[position]!.next
    }
    return positions
  }

  story(run: Run, property: string, loopStart: number | null): Story {
    const { states, steps } = run
    // A lasso's last step leads back: its state is not told twice.
    const loops = loopStart !== null && loopStart < steps.length
    const trace: Trace = {
      cells: this.internet.model.cells,
      states: loops ? states.slice(0, -1) : states,
      steps,
      loopStart,
    }
    const { protocol, variant } = this.target
    const story = storyOf(protocol, variant, this.internet, property, '', trace)
    return { ...story, reason: this.#reason(property, run, story) }
  }

  /** How the run ends: what the property says of it, or else who is wrong then. */
  #reason(property: string, run: Run, { moments }: Story): string {
    const said = this.status(property, run, run.states.length - 1)
    if (typeof said === 'string') return said
    const wrong = moments.at(-1)!.wrong.map(({ text }) => text)
    return wrong.length > 0 ? wrong.join('; ') : 'nobody is wrong about anybody'
  }

  /** What the property says of a moment of a run: true, the reason why not, or null if it says nothing of single moments. */
  status(id: string, { states }: Run, moment: number): true | string | null {
    const property = this.properties.find((p) => p.id === id)
    const state = states[moment]
    if (property === undefined || state === undefined) return null
    if (property.kind === 'safety' && 'everyStep' in property) {
      const before = states[moment - 1]
      if (before === undefined) return null
      return together(
        property.everyStep.map(({ holds }) =>
          holds(
            (cell) => before[cell]!,
            (cell) => state[cell]!,
          ),
        ),
      )
    }
    const predicate = stateOf(property)
    return predicate === null ? null : says(predicate, state)
  }
}

export interface Run {
  readonly positions: readonly number[]
  readonly states: readonly (readonly Value[])[]
  readonly steps: readonly Label[]
}

/** The predicate of states that a property is about. */
function stateOf(property: Property): Predicate | null {
  switch (property.kind) {
    case 'safety':
      return 'always' in property ? property.always : null
    case 'reachable':
      return property.some
    case 'deadlock':
      return property.finished
    case 'liveness': {
      const { formula } = property
      return formula.op === 'eventually' && formula.of.op === 'always' && formula.of.of.op === 'is'
        ? formula.of.of.predicate
        : null
    }
  }
}

function says(predicate: Predicate, state: readonly Value[]): true | string {
  if ('holds' in predicate) return predicate.holds((cell) => state[cell]!)
  if ('all' in predicate) {
    return together(predicate.all.map((part) => says(part, state)))
  }
  const said = predicate.any.map((part) => says(part, state))
  return said.includes(true) ? true : (said.find((one) => one !== true) ?? 'nothing of it is so')
}

function together(said: readonly (true | string)[]): true | string {
  const reasons = said.filter((one) => one !== true)
  return reasons.length === 0 ? true : reasons.join('; ')
}
