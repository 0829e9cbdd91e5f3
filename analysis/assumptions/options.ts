import { chosen, inWordsOf, type Option, type OptionValue } from '../../spec/option.ts'
import { type Alternative, type Axis, along, type Ground } from './axis.ts'
import { optionsRead } from './options-read.ts'

/** The options that the variant reads: a default is an assumption as well. */
export function optionAxes({ protocol, variant, scenario }: Ground): Axis[] {
  return optionsRead(variant, scenario).flatMap((name): Axis[] => {
    const option = protocol.options?.[name]
    return option === undefined ? [] : [optionAxis(name, option, scenario)]
  })
}

function optionAxis(name: string, option: Option, scenario: Ground['scenario']): Axis {
  const now = chosen(option, name, scenario.options)
  const listed = option.values.some(({ value }) => value === now)
  const all: readonly OptionValue[] = listed
    ? option.values
    : [...option.values, { value: now, means: inWordsOf(option, now) }]
  const isCount = ({ value }: OptionValue): boolean => typeof value === 'number'
  // A count comes before what is none, and the least of them leaves most open.
  const counts = all.filter(isCount).sort((one, other) => Number(one.value) - Number(other.value))
  const values = [...counts, ...all.filter((one) => !isCount(one))]
  const axis = along(
    values.map(
      ({ value, means, timers }): Alternative => ({
        value: String(value),
        instead: `${option.means} ${means}`,
        short: `${name}: ${value}`,
        change: (s) => ({
          ...s,
          options: { ...s.options, [name]: value },
          timers: timers === undefined ? s.timers : { ...s.timers, ...timers },
        }),
      }),
    ),
    String(now),
  )
  return {
    id: `option ${name}`,
    assumes: axis.here.instead,
    short: axis.here.short,
    says: (s) => option.says?.(s) ?? true,
    weaker: axis.weaker,
    stronger: axis.stronger,
  }
}
