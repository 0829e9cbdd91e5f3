import type { Chart } from '../claims/figures/figure.ts'
import type { Parameter } from '../claims/figures/parameters.ts'

/** A slider for each number of a figure, a field for each distribution. What is usual, or not asked for, is not in the address. */
export function FigureSettings({
  chart,
  set,
  onSet,
}: {
  chart: Chart
  set: readonly string[]
  onSet: (set: readonly string[]) => void
}) {
  const all = Object.entries(chart.parameters)
  if (all.length === 0) return null
  const given = new Map(set.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))
  const change = (name: string, value: string | null): void => {
    const next = new Map(given)
    if (value === null || value === String(chart.parameters[name]!.usual)) next.delete(name)
    else next.set(name, value)
    onSet([...next].map(([one, text]) => `${one}=${text}`))
  }
  return (
    <section aria-label="parameters">
      {all.map(([name, parameter]) =>
        parameter.is === 'distribution' ? (
          <Field key={name} name={name} parameter={parameter} now={given.get(name) ?? null} change={change} />
        ) : (
          <Slider key={name} name={name} parameter={parameter} now={given.get(name) ?? null} change={change} />
        ),
      )}
      <button type="button" disabled={set.length === 0} onClick={() => onSet([])}>
        as the paper has it
      </button>
    </section>
  )
}

interface Setting {
  readonly name: string
  readonly parameter: Parameter
  /** Null: as usual. */
  readonly now: string | null
  readonly change: (name: string, value: string | null) => void
}

function Slider({ name, parameter, now, change }: Setting) {
  const { means, usual, is } = parameter
  const [least, most] = rangeOf(parameter)
  const value = now ?? usual
  const steps = is === 'whole' ? 1 : (most - least) / 200
  return (
    <label class="set">
      <span>{means}</span>
      <input
        type="range"
        aria-label={name}
        min={least}
        max={most}
        step={steps}
        value={value ?? least}
        onChange={(event) => change(name, rounded(Number(event.currentTarget.value)))}
      />
      <span>
        <output>{value ?? 'all'}</output>{' '}
        {usual === null && now !== null && (
          <button type="button" aria-label={`${name}: all`} onClick={() => change(name, null)}>
            all
          </button>
        )}
      </span>
    </label>
  )
}

/** What a hand cannot set more exactly need not be told more exactly. */
const rounded = (value: number): string => String(Number(value.toPrecision(3)))

function rangeOf({ range, is, usual }: Parameter): readonly [least: number, most: number] {
  if (range !== undefined) return range
  if (is === 'probability') return [0, 1]
  const most = Math.max(4 * Number(usual ?? 0), 10)
  return [is === 'above 0' ? most / 200 : 0, most]
}

const FORMS = ['exponential(1)', 'constant(1)', 'uniform(0, 2)', 'uniform(0.5, 1.5)', 'pareto(2.5, 0.6)']

function Field({ name, parameter: { means, usual }, now, change }: Setting) {
  return (
    <label class="set">
      <span>{means}</span>
      <input
        type="text"
        aria-label={name}
        list={`forms-${name}`}
        value={now ?? String(usual)}
        onChange={(event) => change(name, event.currentTarget.value)}
      />
      <datalist id={`forms-${name}`}>
        {FORMS.map((form) => (
          <option key={form} value={form} />
        ))}
      </datalist>
    </label>
  )
}
