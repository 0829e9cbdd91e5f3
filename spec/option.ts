import type { Patience, Scenario } from './internet/scenario.ts'

/** What may be written down for an option. */
export type Choice = string | number | boolean

/**
 * A choice that a protocol's variants read from a scenario's `options`: no rule of the internet, and still something that verdicts may turn on. It is
 * printed with each verdict, also where it is left at its default.
 */
export interface Option {
  /** What is chosen, as it is printed before the choice: 'requests are sent again'. */
  readonly means: string
  /** What holds where a scenario does not say. */
  readonly default: Choice
  /** What there is to choose, from what leaves most open to what leaves least. */
  readonly values: readonly OptionValue[]
  /** Whether any other whole number, 0 or more, may be chosen as well. */
  readonly counts?: boolean
  /** Whether it says anything in a scenario; in every one where it is left out. */
  says?(scenario: Scenario): boolean
}

export interface OptionValue {
  readonly value: Choice
  /** In words, as it is printed after what is chosen: 'without end'. */
  readonly means: string
  /** Timers of whoever is there only with this choice (an attacker's), which have to be said with it. */
  readonly timers?: Readonly<Record<string, Patience>>
}

/** Options by their names. */
export type Options = Readonly<Record<string, Option>>

/** What a scenario chooses, or the default. */
export const chosen = (option: Option, name: string, options: Readonly<Record<string, Choice>>): Choice =>
  options[name] ?? option.default

/** A choice in words. */
export const inWordsOf = (option: Option, choice: Choice): string =>
  option.values.find(({ value }) => value === choice)?.means ?? `${choice} times`

/** Whether it is there to be chosen. */
export const mayBe = ({ values, counts }: Option, choice: unknown): boolean =>
  values.some(({ value }) => value === choice) ||
  (counts === true && typeof choice === 'number' && Number.isSafeInteger(choice) && choice >= 0)
