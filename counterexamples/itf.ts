import type { Value } from '../checker/model.ts'
import type { Story } from './story.ts'

/**
 * The run in the Informal Trace Format (Apalache ADR-015): one variable a cell; the step that led to a state is carried under
 * its `#meta`, since the format has no place for actions; so is, with a clock, the instant from which on the state is. What is left of each clock
 * is a cell.
 */
export function itf(story: Story): string {
  const names = Object.keys(story.moments[0]!.state)
  const vars = names.map(identifier)
  const { time } = story
  const instant = (index: number): object =>
    time == null ? {} : { milliseconds: index === 0 ? 0 : time.instants[index - 1]! }
  const trace = {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: `${story.protocol}/${story.variant}`,
      scenario: story.scenario,
      property: story.property,
      description: story.reason,
      ...(time?.period == null ? {} : { periodInMilliseconds: time.period }),
      cells: Object.fromEntries(names.map((name, i) => [vars[i], name])),
    },
    vars,
    states: story.moments.map((moment, index) => ({
      '#meta': { index, ...instant(index), ...(index === 0 ? {} : { step: story.steps[index - 1]! }) },
      ...Object.fromEntries(names.map((name, i) => [vars[i], encoded(moment.state[name]!)])),
    })),
    ...(story.loopStart === null ? {} : { loop: story.loopStart }),
  }
  return `${JSON.stringify(trace, null, 2)}\n`
}

const identifier = (name: string): string => name.replaceAll(/[^A-Za-z0-9]+/g, '_')

/** Integers as #bigint, records that ITF cannot take for its own forms; null as the empty tuple. */
function encoded(value: Value): unknown {
  if (value === null) return { '#tup': [] }
  if (typeof value === 'number') return Number.isInteger(value) ? { '#bigint': String(value) } : String(value)
  if (Array.isArray(value)) return value.map(encoded)
  if (typeof value !== 'object') return value
  const entries = Object.entries(value as Record<string, Value>)
  const needsMap = entries.some(([key]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
  return needsMap
    ? { '#map': entries.map(([key, part]) => [key, encoded(part)]) }
    : Object.fromEntries(entries.map(([key, part]) => [key, encoded(part)]))
}
