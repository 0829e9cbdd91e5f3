import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Catalogue } from './catalogue.ts'
import type { Check } from './given.ts'
import type { Go } from './permalink.ts'
import { NOWHERE } from './permalink.ts'
import { Search } from './search.ts'
import { VerdictTable } from './verdict-table.tsx'
import type { Asked, AskedScenario } from './verdicts.ts'
import type { Told } from './worker.ts'

/** A variant: scenarios and properties, with verdicts of the report, or searched here and now. */
export function VariantView({
  asked,
  checks,
  catalogue,
  go,
}: {
  asked: Asked
  checks: readonly Check[]
  catalogue: Catalogue
  go: Go
}) {
  const { protocol, variant, target } = asked
  const [found, setFound] = useState<Readonly<Record<string, Extract<Told, { kind: 'done' }>>>>({})
  const [busy, setBusy] = useState<{ scenario: string; states: number; frontier: number } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const search = useRef<Search | null>(null)
  useEffect(() => () => search.current?.stop(), [])
  const run = (scenario: string): void => {
    setBusy({ scenario, states: 0, frontier: 0 })
    setFailed(null)
    search.current = new Search(
      { own: catalogue.own, protocol, variant, scenario, property: null, given: null, states: 400_000 },
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
  // What was searched here comes before what a report says.
  const known = useMemo(() => [...checksOf(asked, found), ...checks], [asked, found, checks])
  const searchButton = ({ name }: AskedScenario) => (
    <>
      <button type="button" disabled={busy !== null} onClick={() => run(name)}>
        search
      </button>{' '}
      {found[name] !== undefined && (
        <span class="pale">
          {found[name].states.toLocaleString('en')} states, {found[name].seconds.toFixed(1)} s
        </span>
      )}
    </>
  )
  return (
    <>
      <h1>
        {protocol}/{variant}
      </h1>
      {target === null ? (
        <p>
          These verdicts come from a report. The protocol itself is not in this page, so its runs cannot be stepped
          through here: <code>doublejump inspect my-protocol.ts</code> writes a page that has both.
        </p>
      ) : (
        <p>
          {asked.title}. <span class="pale">{target.file ?? asked.source}</span>
        </p>
      )}
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
      <VerdictTable
        all={[asked]}
        checks={known}
        open={(_, scenario, property) => go({ ...NOWHERE, protocol, variant, scenario, property })}
        {...(target === null ? {} : { beside: searchButton })}
      />
    </>
  )
}

/** What searches in this page have found, as a report would have it. */
function checksOf(
  { protocol, variant, target }: Asked,
  found: Readonly<Record<string, Extract<Told, { kind: 'done' }>>>,
): Check[] {
  return Object.entries(found).flatMap(([scenario, { verdicts }]) =>
    verdicts.map(({ property, verdict, reason }) => {
      const expected = target?.variant.expect?.[scenario]?.[property] ?? 'holds'
      const asExpected = verdict === expected
      return { protocol, variant, scenario, property, verdict, expected, asExpected, explanation: reason }
    }),
  )
}
