import { InputError, list } from '../../analysis/errors.ts'
import { nearest } from '../../analysis/nearest.ts'
import { type Distribution, distributionFrom } from '../calculations/distributions.ts'
import { above0, from0, probability, whole } from '../calculations/quantities.ts'

/** What a figure may be drawn for, by name; without anything said, what the paper has. */
export type Parameters = Readonly<Record<string, Parameter>>

export interface Parameter {
  /** With its unit. */
  readonly means: string
  readonly is: 'above 0' | 'from 0' | 'whole' | 'probability' | 'distribution'
  /** Null: nothing is asked for. */
  readonly usual: number | string | null
  /** From where to where it is worth looking, for a slider; otherwise to four times the usual, or to 1 of a probability. */
  readonly range?: readonly [least: number, most: number]
}

/** Values of all parameters of a figure. */
export interface Values {
  number(name: string): number
  /** Null where it was not set, and has no usual value. */
  optional(name: string): number | null
  /** One of mean 1, to be scaled, or as it was given. */
  distribution(name: string): Distribution
}

/**
 * What was set, `name=value` each, with the usual values of the rest.
 *
 * @throws InputError where there is no such parameter, or no such value of it
 */
export function valuesOf(figure: string, parameters: Parameters, set: readonly string[]): Values {
  const given = new Map<string, string>()
  for (const text of set) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.+?)\s*$/.exec(text) ?? []
    if (name === undefined || value === undefined)
      throw new InputError(`--set ${text} says nothing of the form name=value. Write, for example, --set alpha=0.3.`)
    const parameter = parameters[name]
    if (parameter === undefined) throw noParameter(figure, name, Object.keys(parameters))
    if (parameter.is === 'distribution') distributionFrom(value)
    else checkedNumber(name, parameter, Number(value))
    given.set(name, value)
  }
  const setOrUsual = (name: string): string | number | null => given.get(name) ?? parameters[name]!.usual
  return {
    number: (name) => Number(setOrUsual(name)),
    optional: (name) => (setOrUsual(name) === null ? null : Number(setOrUsual(name))),
    distribution: (name) => distributionFrom(String(setOrUsual(name))),
  }
}

function checkedNumber(name: string, { is, means }: Parameter, value: number): void {
  const what = `'${name}' (${means})`
  if (is === 'above 0') above0(what, value, 'a number')
  else if (is === 'from 0') from0(what, value, 'a number')
  else if (is === 'whole') whole(what, value)
  else probability(what, value)
}

function noParameter(figure: string, name: string, known: readonly string[]): InputError {
  const meant =
    known.length === 0 ? 'It has none: it is a run of the model.' : `The nearest: ${list(nearest(name, known))}.`
  return new InputError(
    `Figure '${figure}' has no parameter '${name}'. ${meant} 'doublejump figures' lists figures with their parameters.`,
  )
}
