import { worldOf } from '../analysis/world.ts'
import { check } from '../checker/check.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import type { Property } from '../checker/property.ts'
import type { Verdict } from '../checker/verdict.ts'
import { bindingCorrectInTime, type Checked, propertiesOf } from '../properties/index.ts'
import type { Node, Scenario } from '../spec/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'

/** A change of the protocols behind the claims: what tests break to see verdicts change. */
export type Mutation = (target: string, nodes: readonly Node[]) => readonly Node[]

/** A search that a claim rests on. */
export interface SearchCase {
  /** The case in words: 'both hosts move, nothing is lost'. */
  readonly given: string
  /** protocol/variant. */
  readonly target: string
  readonly scenario: string
  readonly property: string
  /** What the property's verdict has to be for the claim to be true here. */
  readonly is: 'holds' | 'violated'
  /** Assumptions that differ from those of the scenario. */
  readonly but?: Partial<Scenario>
  /** Nodes that differ from those of the variant: an ablation, an intruder. */
  readonly change?: (nodes: readonly Node[]) => readonly Node[]
  /** A property of the claim's own, in the place of one that the variant has. */
  readonly own?: (checked: Checked) => Property
}

/** A search, with what is needed to tell its run. */
export interface Found {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly internet: Internet
  readonly verdict: Verdict
}

/** Runs searches for claims, each once. */
export class Searches {
  readonly #mutation: Mutation | undefined
  readonly #control: Control
  readonly #found = new Map<string, readonly Found[]>()

  constructor(mutation?: Mutation, control: Control = wallClock) {
    this.#mutation = mutation
    this.#control = control
  }

  find(target: string): { readonly protocol: Protocol; readonly variant: Variant } {
    const [name, variantName] = target.split('/')
    const protocol = protocols.find((p) => p.name === name)
    const variant = protocol?.variants.find((v) => v.name === variantName)
    if (protocol === undefined || variant === undefined)
      throw new Error(`A claim names '${target}', which does not exist.`)
    return { protocol, variant }
  }

  /** The nodes of a variant, as the searches have them. */
  nodes(target: string, scenarioName: string): readonly Node[] {
    const { scenario, variant } = this.#scenario(target, scenarioName)
    const nodes = variant.nodes(scenario)
    return this.#mutation?.(target, nodes) ?? nodes
  }

  search(one: SearchCase): Found {
    const found = this.#searchAll(one).find(({ verdict }) => verdict.property === one.property)
    if (found === undefined) throw new Error(`'${one.target}' is not asked '${one.property}' in '${one.scenario}'.`)
    return found
  }

  /** P2: the least number of steps after the last move within which every binding is right, up to a limit. */
  leastSteps(target: string, scenario: string, change?: SearchCase['change'], most = 60): number | null {
    const { variant } = this.find(target)
    const within = (steps: number): boolean => {
      const own = (checked: Checked): Property =>
        bindingCorrectInTime({ ...checked, subject: { ...variant.subject, within: { [scenario]: steps } } })!
      const given = { given: '', target, scenario, is: 'holds' as const, own, property: `within ${steps}` }
      const one: SearchCase = change === undefined ? given : { ...given, change }
      return this.#fresh(one, (checked) => [own(checked)])[0]!.verdict.kind === 'holds'
    }
    if (!within(most)) return null
    let [low, high] = [0, most]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (within(middle)) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Everything that the variant is asked, unless the claim asks something of its own. */
  #searchAll(one: SearchCase): readonly Found[] {
    const { own } = one
    if (own !== undefined) return this.#fresh(one, (checked) => [{ ...own(checked), id: one.property }])
    const all = (checked: Checked): readonly Property[] => propertiesOf(checked)
    if (one.but !== undefined || one.change !== undefined) {
      return this.#fresh(one, (checked) => all(checked).filter((property) => property.id === one.property))
    }
    const key = `${one.target} ${one.scenario}`
    let found = this.#found.get(key)
    if (found === undefined) {
      found = this.#fresh(one, all)
      this.#found.set(key, found)
    }
    return found
  }

  #fresh(one: SearchCase, asked: (checked: Checked) => readonly Property[]): Found[] {
    const { scenario: base, protocol, variant } = this.#scenario(one.target, one.scenario)
    const scenario = { ...base, ...one.but, timers: { ...base.timers, ...one.but?.timers } }
    const { internet, checked } = worldOf({ protocol, variant }, scenario, (made) => {
      const nodes = this.#mutation?.(one.target, made) ?? made
      return one.change?.(nodes) ?? nodes
    })
    return check(internet.model, asked(checked), { control: this.#control }).map((verdict) => ({
      protocol,
      variant,
      internet,
      verdict,
    }))
  }

  #scenario(target: string, name: string): { scenario: Scenario; protocol: Protocol; variant: Variant } {
    const { protocol, variant } = this.find(target)
    const scenario = variant.scenarios.find((s) => s.name === name)
    if (scenario === undefined) throw new Error(`A claim names scenario '${name}', which '${target}' does not have.`)
    return { scenario, protocol, variant }
  }
}
