import { storyOf } from '../analysis/story.ts'
import { worldOf } from '../analysis/world.ts'
import type { Label, Value } from '../checker/model.ts'
import type { Predicate, Property } from '../checker/property.ts'
import { after, enabledOutcomes } from '../checker/reference.ts'
import type { Trace } from '../checker/verdict.ts'
import type { Story } from '../counterexamples/story.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'

/** What can be done next in a state. */
export interface Choice {
  readonly label: Label
  readonly next: readonly Value[]
}

/** A variant in a scenario that can be stepped through: the same rules that the checker explores. */
export class Playground {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly scenario: Scenario
  readonly internet: Internet
  readonly properties: readonly Property[]

  constructor(protocolName: string, variantName: string, scenarioName: string) {
    const protocol = protocols.find((p) => p.name === protocolName)
    const variant = protocol?.variants.find((v) => v.name === variantName)
    const scenario = variant?.scenarios.find((s) => s.name === scenarioName)
    if (protocol === undefined || variant === undefined || scenario === undefined) {
      throw new Error(`There is no ${protocolName}/${variantName} with a scenario ${scenarioName} in this page.`)
    }
    this.protocol = protocol
    this.variant = variant
    this.scenario = scenario
    const { internet, properties } = worldOf({ protocol, variant }, scenario)
    this.internet = internet
    this.properties = properties
  }

  get start(): readonly Value[] {
    return this.internet.model.initial[0]!
  }

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
    return storyOf(this.protocol, this.variant, this.internet, property, this.reason(property, states.at(-1)!), trace)
  }

  /** What the property says of a state: true, the reason why not, or null if it says nothing of single states. */
  status(id: string, state: readonly Value[]): true | string | null {
    const property = this.properties.find((p) => p.id === id)
    const predicate = property === undefined ? null : stateOf(property)
    return predicate === null ? null : says(predicate, state)
  }

  reason(id: string, state: readonly Value[]): string {
    const said = this.status(id, state)
    return typeof said === 'string' ? said : 'nobody is wrong about anybody'
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
    const said = predicate.all.map((part) => says(part, state)).filter((one) => one !== true)
    return said.length === 0 ? true : said.join('; ')
  }
  const said = predicate.any.map((part) => says(part, state))
  return said.includes(true) ? true : (said.find((one) => one !== true) ?? 'nothing of it is so')
}
