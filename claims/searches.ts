import { scenarioOf, type TargetVariant, variantOf } from '../analysis/target.ts'
import { worldOf } from '../analysis/world.ts'
import { check } from '../checker/check.ts'
import { type Control, type Limits, wallClock } from '../checker/limits.ts'
import { type Predicate, type Property, reachable } from '../checker/property.ts'
import type { Trace, Verdict } from '../checker/verdict.ts'
import { bindingCorrectInTime, type Checked, propertiesOf } from '../properties/index.ts'
import type { Node, Scenario } from '../spec/index.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { type Evidence, endsFound, somethingIsSaid, usualEvidence } from './evidence.ts'
import { NoAnswer } from './no-answer.ts'

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
  /** What has to happen in some run, or the verdict says nothing; without it, what is usual for the property (`evidence.ts`). */
  readonly shows?: Evidence
}

/** A search, with what is needed to tell its run. */
export interface Found {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly internet: Internet
  readonly property: Property
  readonly verdict: Verdict
  /** What was seen in some run, and that run; null where the run of the verdict is the evidence. */
  readonly evidence: { readonly name: string; readonly trace: Trace | null } | null
  /** What would have to be seen, and never is. */
  readonly unseen: string | null
  /** Whether anything is ever said. */
  readonly said: boolean
}

/** A number of steps within which every run is done, null where there is none; and a run that is not done one step earlier. */
export interface Steps {
  readonly steps: number | null
  readonly found: Found | null
}

/** What is asked, and what has to be seen for the answer to count; null where its own run has to show it. */
interface Asked {
  readonly property: Property
  readonly shows: Predicate | null
}

/** Runs searches for claims, each once. */
export class Searches {
  readonly #mutation: Mutation | undefined
  readonly #control: Control
  readonly #limits: Limits
  readonly #found = new Map<string, readonly Found[]>()

  constructor(mutation?: Mutation, control: Control = wallClock, limits: Limits = {}) {
    this.#mutation = mutation
    this.#control = control
    this.#limits = limits
  }

  /** The nodes of a variant, as the searches have them. */
  nodes(target: string, scenarioName: string): readonly Node[] {
    const { scenario, variant } = this.#scenario(target, scenarioName)
    const nodes = variant.nodes(scenario)
    return this.#mutation?.(target, nodes) ?? nodes
  }

  /**
   * What a search found, where that is an answer.
   *
   * @throws NoAnswer where it threw, was vacuous or cut short, or what it speaks of never happens
   */
  search(one: SearchCase): Found {
    const found = this.#searchAll(one).find(({ property }) => property.id === one.property)
    if (found === undefined) throw new Error(`'${one.target}' is not asked '${one.property}' in '${one.scenario}'.`)
    return answered(one, found)
  }

  /** P2: the least number of steps after the last move within which every binding is right, up to a limit; null beyond it. */
  leastSteps(target: string, scenario: string, change?: SearchCase['change'], most = 60): Steps {
    const { variant } = variantOf(target)
    const within = (steps: number): Found => {
      const property = `within ${steps}`
      const own = (checked: Checked): Property =>
        bindingCorrectInTime({ ...checked, subject: { ...variant.subject, within: { [scenario]: steps } } })!
      const given = { given: '', target, scenario, is: 'holds' as const, own, property, shows: endsFound }
      const one: SearchCase = change === undefined ? given : { ...given, change }
      return this.search(one)
    }
    const tooLong = within(most)
    if (tooLong.verdict.kind !== 'holds') return { steps: null, found: tooLong }
    let [low, high] = [0, most]
    let slowest: Found | null = null
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const found = within(middle)
      if (found.verdict.kind === 'holds') high = middle
      else [low, slowest] = [middle + 1, found]
    }
    return { steps: low, found: slowest }
  }

  /** Everything that the variant is asked, unless the claim asks something of its own. */
  #searchAll(one: SearchCase): readonly Found[] {
    const { own, shows } = one
    const asked = (property: Property, checked: Checked): Asked => ({
      property,
      shows: shows?.(checked) ?? usualEvidence(property, checked),
    })
    if (own !== undefined) return this.#fresh(one, (checked) => [asked({ ...own(checked), id: one.property }, checked)])
    const all = (checked: Checked): Asked[] => propertiesOf(checked).map((property) => asked(property, checked))
    if (one.but !== undefined || one.change !== undefined || shows !== undefined) {
      return this.#fresh(one, (checked) => all(checked).filter(({ property }) => property.id === one.property))
    }
    const key = `${one.target} ${one.scenario}`
    let found = this.#found.get(key)
    if (found === undefined) {
      found = this.#fresh(one, all)
      this.#found.set(key, found)
    }
    return found
  }

  /** One search for what is asked and for what shows it. */
  #fresh(one: SearchCase, asks: (checked: Checked) => readonly Asked[]): Found[] {
    const { scenario: base, protocol, variant } = this.#scenario(one.target, one.scenario)
    const scenario = { ...base, ...one.but, timers: { ...base.timers, ...one.but?.timers } }
    const { internet, checked } = worldOf({ protocol, variant }, scenario, (made) => {
      const nodes = this.#mutation?.(one.target, made) ?? made
      return one.change?.(nodes) ?? nodes
    })
    const asked = asks(checked)
    const said = somethingIsSaid(checked)
    const twins = new Map(
      [said, ...asked.flatMap(({ shows }) => shows ?? [])].map((shows) => [shows.name, shows] as const),
    )
    const seen = [...twins].map(([name, shows]): Property => ({ id: `evidence: ${name}`, ...reachable(shows) }))
    const verdicts = check(internet.model, [...asked.map(({ property }) => property), ...seen], {
      control: this.#control,
      limits: this.#limits,
    })
    const verdictOn = (name: string): Verdict => verdicts.find(({ property }) => property === `evidence: ${name}`)!
    return asked.map(({ property, shows }, i) => {
      const shown = shows === null ? null : verdictOn(shows.name)
      return {
        protocol,
        variant,
        internet,
        property,
        verdict: verdicts[i]!,
        evidence: shown?.kind === 'holds' ? { name: shows!.name, trace: shown.trace ?? null } : null,
        said: verdictOn(said.name).kind === 'holds',
        unseen: shown === null || shown.kind === 'holds' ? null : shows!.name,
      }
    })
  }

  #scenario(
    name: string,
    scenario: string,
  ): Pick<TargetVariant, 'protocol' | 'variant'> & { readonly scenario: Scenario } {
    const target = variantOf(name)
    return { ...target, scenario: scenarioOf(target, scenario) }
  }
}

/** The same, where it is an answer: it holds or is violated, and something shows that this is about what happens. */
function answered(one: SearchCase, found: Found): Found {
  const { verdict, evidence, unseen, property } = found
  const where = `${one.target}, ${one.scenario}: ${one.property}`
  switch (verdict.kind) {
    case 'failed':
      throw new NoAnswer('failed', `${where}: ${verdict.error.where} threw: ${verdict.error.message}`)
    case 'incomplete':
      throw new NoAnswer(
        'incomplete',
        `${where}: cut short (${verdict.because}) at ${verdict.statistics.states} states`,
      )
    case 'vacuous':
      throw new NoAnswer('vacuous', `${where}: ${verdict.reason}`)
    default: {
      // What breaks a claim need not work: that something is said is enough. What bears a claim out has to be seen at work.
      if (verdict.kind === 'violated' && one.is === 'holds' && found.said) return found
      if (unseen !== null)
        throw new NoAnswer('vacuous', `${where}: ${verdict.kind}, but it never happens that ${unseen}`)
      // A run shows what comes about by itself; that nothing of the kind ever does takes something else.
      const ownRun = (property.kind === 'reachable') === (verdict.kind === 'holds') && property.kind !== 'liveness'
      if (evidence === null && !ownRun) {
        throw new NoAnswer('vacuous', `${where}: ${verdict.kind}, and the claim does not say what would show it`)
      }
      return found
    }
  }
}
