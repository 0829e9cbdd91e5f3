import { useState } from 'preact/hooks'
import { type Parameter, parametersOf, timingWith } from '../analysis/timing/parameters.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { type Interval, usualTiming } from '../spec/internet/timing.ts'
import type { Go } from './permalink.ts'
import type { TimeGiven } from './time-given.ts'

/** A pair of sliders for whatever takes time, timers in a fold. All ways between networks have one in common. */
export function TimeSliders({ internet, given, go }: { internet: Internet; given: TimeGiven; go: Go }) {
  const change = (name: string, interval: Interval): void =>
    go({ given: { ...given, [name]: interval }, at: 0 }, 'replace')
  const all = slidersOf(internet, given)
  const slider = (one: Slider) => (
    <IntervalSlider key={`${one.name} ${one.now}`} {...one} onChange={(interval) => change(one.name, interval)} />
  )
  return (
    <section aria-label="how long things take" class="times">
      {all.filter(({ isTimer }) => !isTimer).map(slider)}
      {all.some(({ isTimer }) => isTimer) && (
        <details>
          <summary>timers</summary>
          {all.filter(({ isTimer }) => isTimer).map(slider)}
        </details>
      )}
      <button type="button" disabled={Object.keys(given).length === 0} onClick={() => go({ given: {}, at: 0 })}>
        as usual
      </button>
    </section>
  )
}

interface Slider {
  readonly name: string
  readonly source: string
  readonly isTimer: boolean
  readonly now: Interval
  /** The end of the scale. */
  readonly most: number
  /** Whether it may be without end: at the end of the scale it is. */
  readonly endless: boolean
}

function slidersOf(internet: Internet, given: TimeGiven): Slider[] {
  const usual = parametersOf(internet)
  const now = new Map(parametersOf(internet, timingWith(given)).map(({ name, interval }) => [name, interval]))
  const sliderFor = ({ name, interval, source }: Parameter): Slider => {
    const at = now.get(name)!
    return {
      name,
      source,
      isTimer: !/^(leaves|stays|blackout|overlap)\(|^outage$/.test(name),
      now: at,
      most: Math.max(2 * (interval[1] ?? 0), 2 * interval[0], at[0], at[1] ?? 0, LEAST),
      endless: interval[1] === null,
    }
  }
  const latency = given.d ?? usualTiming.latency
  const ways: Slider = {
    name: 'd',
    source: 'one way, between any two networks',
    isTimer: false,
    now: latency,
    most: Math.max(200, latency[1] ?? 0),
    endless: false,
  }
  return [ways, ...usual.filter(({ name }) => !name.startsWith('d(')).map(sliderFor)]
}

/** Even for what is short: a second or two have to be within reach. */
const LEAST = 2000

/** The earliest and the latest, as two sliders that do not pass each other. What is drawn goes along; what is let go is taken. */
function IntervalSlider({
  name,
  source,
  now,
  most,
  endless,
  onChange,
}: Slider & { onChange: (interval: Interval) => void }) {
  const [drawn, setDrawn] = useState(now)
  const step = most > 10_000 ? 100 : most > 1000 ? 10 : 1
  const moved = (end: 0 | 1, value: number): Interval => {
    const latest = drawn[1]
    if (end === 0) return [value, latest === null ? null : Math.max(value, latest)]
    return [Math.min(drawn[0], value), endless && value >= most ? null : value]
  }
  const end = (which: 0 | 1, words: string) => (
    <input
      type="range"
      aria-label={`${name}: ${words}`}
      min={0}
      max={most}
      step={step}
      value={drawn[which] ?? most}
      onInput={(event) => setDrawn(moved(which, Number(event.currentTarget.value)))}
      onChange={(event) => onChange(moved(which, Number(event.currentTarget.value)))}
    />
  )
  return (
    <div class="time" title={source}>
      <span>{name}</span>
      {end(0, 'earliest')}
      {end(1, 'latest')}
      <output>{told(drawn)}</output>
    </div>
  )
}

const told = ([earliest, latest]: Interval): string =>
  latest === null ? `${earliest} ms or later` : earliest === latest ? `${earliest} ms` : `${earliest}–${latest} ms`
