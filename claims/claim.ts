import type { SearchCase, Searches } from './searches.ts'

/** What comes out of a claim. `needs time`: it waits for timed semantics. */
export type ClaimVerdict = 'holds' | 'fails' | 'conditional' | 'needs time'

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
}

export type Decision =
  /** It holds if it does in every case; one that fails is enough. */
  | { readonly all: readonly Case[] }
  /** Under what conditions: it may hold in some cases and fail in others. */
  | { readonly cases: readonly Case[] }
  | { readonly needsTime: string }

/** One thing that the claim says is so. */
export type Case = SearchCase | FactCase

export interface FactCase {
  readonly given: string
  /** Computes whether it is so; the text says what came out. */
  readonly fact: (searches: Searches) => { readonly so: boolean; readonly text: string }
}

/** A number that a paper prints, and what comes out when it is computed. Equal as printed: to so many decimals. */
export function figure(what: string, printed: number, compute: () => number, decimals: number): FactCase {
  return {
    given: what,
    fact: () => {
      const computed = compute()
      const so = computed.toFixed(decimals) === printed.toFixed(decimals)
      const text = `printed ${printed.toFixed(decimals)}, computed ${computed.toFixed(so ? decimals : decimals + 2)}`
      return { so, text }
    },
  }
}

/** A statement that is computed. */
export const statement = (given: string, fact: FactCase['fact']): FactCase => ({ given, fact })

/** A search of a shipped scenario. */
export const search = (
  given: string,
  target: string,
  scenario: string,
  property: string,
  is: 'holds' | 'violated',
  more: Pick<SearchCase, 'but' | 'change' | 'own'> = {},
): SearchCase => ({ given, target, scenario, property, is, ...more })
