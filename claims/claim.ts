import type { Found, SearchCase, Searches, Steps } from './searches.ts'

/**
 * What comes out of a claim. `no answer`: a case of it has none (a search that threw, was cut short, or in which what it speaks of never
 * happens); the others do not decide it then.
 */
export type ClaimVerdict = 'holds' | 'fails' | 'conditional' | 'no answer'

/** One claim of a paper, and what decides it. */
export interface Claim {
  /** Paper and row: 000-05. */
  readonly id: string
  /** Section, figure or equation. */
  readonly where: string
  /** In our words. */
  readonly claim: string
  readonly decide: Decision
  /** What is expected to come out; compared with what does, never shown in its place. */
  readonly expected: ClaimVerdict
  /** One sentence. */
  readonly why: string
  /** What a reader may expect instead, and why it is not what comes out. */
  readonly otherwise?: { readonly verdict: string; readonly because: string }
}

/** What decides a claim. Which of the two it is follows one rule, told in README.md: who set what differs between the cases. */
export type Decision =
  /** Parts: what the claim says, all of it at once, under conditions that the paper sets or that no choice is left in. One that is not so, and it fails. */
  | { readonly all: readonly Case[] }
  /** Conditions: the same statement under settings that the paper leaves open. So under some and not under others, and it is conditional. */
  | { readonly cases: readonly Case[] }

export const casesOf = ({ decide }: Claim): readonly Case[] => ('all' in decide ? decide.all : decide.cases)

/** One thing that the claim says is so. */
export type Case = SearchCase | FactCase

export interface FactCase {
  readonly given: string
  /** Computes whether it is so (null: there is nothing to tell it by); the text says what came out, and a search that it rests on has the run. */
  readonly fact: (searches: Searches) => { readonly so: boolean | null; readonly text: string; readonly found?: Found }
  /** What is computed, where it is a formula. */
  readonly formula?: string
  /** Of a number that a paper prints: what it prints, to so many decimals, and what comes out. */
  readonly printed?: {
    readonly value: number
    readonly decimals: number
    readonly compute: (searches: Searches) => number
  }
}

/** Whether a number comes out as it is printed, to so many decimals; where it does not, it is told to two more. */
export function comesOut(
  printed: number,
  decimals: number,
  value: number,
): { readonly so: boolean; readonly computed: string } {
  const so = value.toFixed(decimals) === printed.toFixed(decimals)
  return { so, computed: so ? value.toFixed(decimals) : String(Number(value.toFixed(decimals + 2))) }
}

/** A number that a paper prints, and what comes out when it is computed. Equal as printed: to so many decimals. */
export function figure(
  what: string,
  printed: number,
  compute: (searches: Searches) => number,
  decimals: number,
): FactCase {
  const outcome = (value: number) => {
    const { so, computed } = comesOut(printed, decimals, value)
    return { so, text: `printed ${printed.toFixed(decimals)}, computed ${computed}` }
  }
  return {
    given: what,
    // The formula that is shown is the one that is computed.
    formula: String(compute).replace(/^\((?:searches)?\) => /, ''),
    // Whether runs of the model go into it shows in what it asks for.
    fact: compute.length === 0 ? () => outcome((compute as () => number)()) : (searches) => outcome(compute(searches)),
    printed: { value: printed, decimals, compute },
  }
}

/** A statement that is computed. */
export const statement = (given: string, fact: FactCase['fact'], formula?: string): FactCase =>
  formula === undefined ? { given, fact } : { given, fact, formula }

/** Two numbers of steps, of which the first has to be the smaller, with the slowest run of it. */
export const fewerSteps = (
  one: Steps,
  other: Steps,
  text: Parameters<typeof fewer>[2],
): ReturnType<FactCase['fact']> => ({ ...fewer(one.steps, other.steps, text), ...runOf(one) })

/** The run of a search that found one. */
const runOf = ({ found }: Steps) => (found === null ? {} : { found })

/** A search of a shipped scenario. */
export const search = (
  given: string,
  target: string,
  scenario: string,
  property: string,
  is: 'holds' | 'violated',
  more: Pick<SearchCase, 'but' | 'change' | 'own' | 'shows'> = {},
): SearchCase => ({ given, target, scenario, property, is, ...more })

/** Two numbers, of which the first has to be the smaller; null is no number, and no evidence. */
export function fewer(
  one: number | null,
  other: number | null,
  text: (one: number, other: number) => string,
  isSo: (one: number, other: number) => boolean = (x, y) => x < y,
): ReturnType<FactCase['fact']> {
  if (one === null || other === null) {
    return {
      so: null,
      text: `${one === null ? 'the first' : 'the second'} never has every binding right: there is nothing to compare`,
    }
  }
  return { so: isSo(one, other), text: text(one, other) }
}
