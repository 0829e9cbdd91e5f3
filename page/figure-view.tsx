import { barX, dot, line, plot, ruleX } from '@observablehq/plot'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { drawnIn } from '../claims/figures/chart-svg.ts'
import { chartCsv } from '../claims/figures/csv.ts'
import type { Chart } from '../claims/figures/figure.ts'
import { figures } from '../claims/figures/index.ts'
import { valuesOf } from '../claims/figures/parameters.ts'
import { titleOf } from '../claims/figures/title.ts'
import { inWords } from '../claims/figures/words.ts'
import { Searches } from '../claims/searches.ts'
import { FigureSettings } from './figure-settings.tsx'
import type { Go } from './permalink.ts'

const charts = figures.filter((figure): figure is Chart => figure.kind === 'chart')
export const FIRST_FIGURE = charts[0]!.id

/** Runs that figures count in are searched for once, whatever is set. */
const searches = new Searches()

/** A figure of a paper with its parameters as sliders: drawn from the same formulas and runs as `doublejump figures`. */
export function FigureView({ figure, set, go }: { figure: string; set: readonly string[]; go: Go }) {
  const chart = charts.find(({ id }) => id === figure)
  return (
    <>
      <h1>
        The papers' figures, redrawn:{' '}
        <select
          aria-label="figure"
          value={figure}
          onChange={(event) => go({ figure: event.currentTarget.value, set: [] })}
        >
          {charts.map((one) => (
            <option key={one.id} value={one.id}>
              {titleOf(one)}
            </option>
          ))}
        </select>
      </h1>
      {chart === undefined ? (
        <p class="error">This page has no figure '{figure}'. Choose one above.</p>
      ) : (
        <Drawn key={chart.id} chart={chart} set={set} go={go} />
      )}
    </>
  )
}

function Drawn({ chart, set, go }: { chart: Chart; set: readonly string[]; go: Go }) {
  const asked = set.join('&')
  const [shown, setShown] = useState<ReturnType<typeof drawnFor> | null>(null)
  // Some count in runs that are searched for first: the sliders are there before the chart.
  useEffect(() => {
    const later = setTimeout(() => setShown(drawnFor(chart, set)), 0)
    return () => clearTimeout(later)
  }, [chart, asked])
  return (
    <>
      <FigureSettings chart={chart} set={set} onSet={(next) => go({ set: next }, 'replace')} />
      {shown === null && <p role="status">Counting in runs of the model…</p>}
      {shown !== null && 'error' in shown && <p class="error">{shown.error}</p>}
      {shown !== null && 'svg' in shown && (
        <>
          <div class="chart" role="img" aria-label={titleOf(chart)} dangerouslySetInnerHTML={{ __html: shown.svg }} />
          <details open={shown.at !== null}>
            <summary>in numbers</summary>
            <pre>{shown.words}</pre>
          </details>
          <Command chart={chart} set={set} csv={shown.csv} />
        </>
      )}
    </>
  )
}

interface Shown {
  readonly svg: string
  readonly words: string
  readonly csv: string
  /** The inner point that was asked for. */
  readonly at: number | null
}

function drawnFor(chart: Chart, set: readonly string[]): Shown | { readonly error: string } {
  try {
    const plotted = chart.plot(searches, valuesOf(chart.id, chart.parameters, set))
    return {
      svg: drawnIn(document, { plot, line, dot, barX, ruleX }, plotted, titleOf(chart)),
      words: inWords(plotted),
      csv: chartCsv(plotted),
      at: plotted.at,
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function Command({ chart, set, csv }: { chart: Chart; set: readonly string[]; csv: string }) {
  const address = useMemo(() => `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`, [csv])
  return (
    <p>
      <code>
        doublejump figures {chart.id}
        {set.map((one) => ` --set '${one}'`).join('')}
      </code>{' '}
      ·{' '}
      <a href={address} download={`${chart.id}.csv`}>
        numbers as CSV
      </a>
    </p>
  )
}
