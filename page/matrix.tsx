import { useEffect, useRef, useState } from 'preact/hooks'
import { columns, type Asked as SurvivalAsked, survivalTable } from '../analysis/survival.ts'
import type { Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import type { Go } from './app.tsx'
import type { Check } from './given.ts'
import { NOWHERE } from './permalink.ts'
import { Playground } from './playground.ts'
import { Search } from './search.ts'
import type { Told } from './worker.ts'

const SIGNS: Readonly<Record<string, string>> = {
  holds: '✓',
  violated: '✗',
  vacuous: '∅',
  incomplete: '?',
  failed: '!',
}

/** What is expected, where no report was given: the main job holds it against the search. */
function expectedChecks(): SurvivalAsked[] {
  return protocols.flatMap((protocol) =>
    protocol.variants.flatMap((variant) =>
      variant.scenarios
        .filter((scenario) => variant.large?.includes(scenario.name) !== true)
        .flatMap((scenario) =>
          new Playground(protocol.name, variant.name, scenario.name).properties.map(({ id }) => ({
            protocol: protocol.name,
            variant: variant.name,
            scenario: scenario.name,
            property: id,
            verdict: variant.expect[scenario.name]?.[id] ?? 'holds',
          })),
        ),
    ),
  )
}

export function Overview({ checks, go }: { checks: readonly Check[]; go: Go }) {
  const [filter, setFilter] = useState('')
  const [rows] = useState(() => survivalTable(checks.length > 0 ? checks : expectedChecks()))
  const shown = rows.filter(({ protocol, variant, title }) =>
    `${protocol}/${variant} ${title}`.toLowerCase().includes(filter.toLowerCase()),
  )
  const bad = checks.filter((check) => !check.asExpected)
  return (
    <>
      <h1>Which mobility protocols survive a double jump</h1>
      <p>
        Both ends of a session change address at about the same time. ✓ data flow again, for good, and the session
        lives; ✗ they do not.{' '}
        {checks.length > 0 ? `${checks.length} checks of a report.` : 'As expected; each view checks it anew.'}{' '}
        {bad.length > 0 && <strong class="error">{bad.length} are not as expected.</strong>}
      </p>
      <input
        type="search"
        aria-label="find a protocol"
        placeholder="find a protocol"
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">variant</th>
              {columns.map(({ head }) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
              <th scope="col">attacker</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.protocol}/${row.variant}`}>
                <th scope="row">
                  <button
                    type="button"
                    title={row.title}
                    onClick={() => go({ ...NOWHERE, protocol: row.protocol, variant: row.variant })}
                  >
                    {row.protocol}/{row.variant}
                  </button>
                </th>
                {row.cells.map((cell, i) => (
                  <td key={columns[i]?.head ?? 'attacker'} class={cell.says.replace(' ', '-')}>
                    {cell.because === null ? (
                      cell.says === 'yes' ? (
                        '✓'
                      ) : (
                        '·'
                      )
                    ) : (
                      <button
                        type="button"
                        aria-label={`${row.protocol}/${row.variant}, ${cell.because.scenario}: ${cell.says}; show the run`}
                        onClick={() =>
                          go({ ...NOWHERE, protocol: row.protocol, variant: row.variant, ...cell.because! })
                        }
                      >
                        {cell.says === 'no' ? '✗' : cell.says}
                      </button>
                    )}
                  </td>
                ))}
                <td>{row.by.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pale">
        Protocols without a double jump:{' '}
        {protocols.flatMap((p) =>
          p.variants
            .filter((v) => !rows.some((r) => r.protocol === p.name && r.variant === v.name))
            .map((v) => (
              <button
                type="button"
                key={`${p.name}/${v.name}`}
                onClick={() => go({ ...NOWHERE, protocol: p.name, variant: v.name })}
              >
                {p.name}/{v.name}
              </button>
            )),
        )}
      </p>
    </>
  )
}

/** A variant: scenarios and properties, with verdicts of the report, or searched here and now. */
export function VariantView({
  protocol,
  variant,
  checks,
  go,
}: {
  protocol: string
  variant: Variant
  checks: readonly Check[]
  go: Go
}) {
  const mine = checks.filter((check) => check.protocol === protocol && check.variant === variant.name)
  const [found, setFound] = useState<Readonly<Record<string, Extract<Told, { kind: 'done' }>>>>({})
  const [busy, setBusy] = useState<{ scenario: string; states: number; frontier: number } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const search = useRef<Search | null>(null)
  useEffect(() => () => search.current?.stop(), [])
  const properties = [
    ...new Set(
      variant.scenarios.flatMap((scenario) =>
        new Playground(protocol, variant.name, scenario.name).properties.map(({ id }) => id),
      ),
    ),
  ]
  const run = (scenario: string): void => {
    setBusy({ scenario, states: 0, frontier: 0 })
    setFailed(null)
    search.current = new Search(
      { protocol, variant: variant.name, scenario, property: null, states: 400_000 },
      (told) => {
        if (told.kind === 'progress') setBusy({ scenario, states: told.states, frontier: told.frontier })
        else {
          setBusy(null)
          if (told.kind === 'done') setFound((before) => ({ ...before, [scenario]: told }))
          else setFailed(told.message)
        }
      },
    )
  }
  const verdictOf = (scenario: string, property: string): { verdict: string; searched: boolean } | null => {
    const here = found[scenario]?.verdicts.find((v) => v.property === property)
    if (here !== undefined) return { verdict: here.verdict, searched: true }
    const reported = mine.find((check) => check.scenario === scenario && check.property === property)
    if (reported !== undefined) return { verdict: reported.verdict, searched: true }
    const asked = new Playground(protocol, variant.name, scenario).properties.some(({ id }) => id === property)
    return asked ? { verdict: variant.expect[scenario]?.[property] ?? 'holds', searched: false } : null
  }
  return (
    <>
      <h1>
        {protocol}/{variant.name}
      </h1>
      <p>
        {variant.title}. <span class="pale">{variant.source}</span>
      </p>
      {busy !== null && (
        <p role="status">
          Searching {busy.scenario}: {busy.states.toLocaleString('en')} states, {busy.frontier.toLocaleString('en')} to
          go <progress max={busy.states + busy.frontier || 1} value={busy.states} />{' '}
          <button
            type="button"
            onClick={() => {
              search.current?.stop()
              setBusy(null)
            }}
          >
            stop
          </button>
        </p>
      )}
      {failed !== null && <p class="error">{failed}</p>}
      <div class="scroll">
        <table class="verdicts">
          <thead>
            <tr>
              <th scope="col">scenario</th>
              {properties.map((id) => (
                <th scope="col" key={id}>
                  <span>{id}</span>
                </th>
              ))}
              <th scope="col">search</th>
            </tr>
          </thead>
          <tbody>
            {variant.scenarios.map((scenario) => (
              <tr key={scenario.name}>
                <th scope="row" title={scenario.title}>
                  {scenario.name}
                </th>
                {properties.map((property) => {
                  const verdict = verdictOf(scenario.name, property)
                  if (verdict === null) return <td key={property} />
                  return (
                    <td key={property} class={verdict.verdict}>
                      <button
                        type="button"
                        class={verdict.searched ? '' : 'expected'}
                        aria-label={`${scenario.name}, ${property}: ${verdict.verdict}${verdict.searched ? '' : ' (expected)'}`}
                        onClick={() =>
                          go({ ...NOWHERE, protocol, variant: variant.name, scenario: scenario.name, property })
                        }
                      >
                        {SIGNS[verdict.verdict] ?? verdict.verdict}
                      </button>
                    </td>
                  )
                })}
                <td>
                  <button type="button" disabled={busy !== null} onClick={() => run(scenario.name)}>
                    search
                  </button>{' '}
                  {found[scenario.name] !== undefined && (
                    <span class="pale">
                      {found[scenario.name]!.states.toLocaleString('en')} states,{' '}
                      {found[scenario.name]!.seconds.toFixed(1)} s
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pale">Pale signs are what is expected; the others come from a report, or from a search in this page.</p>
    </>
  )
}
