import { useMemo, useState } from 'preact/hooks'
import {
  ATTACKER,
  type Cell,
  legend,
  type Survival,
  type Asked as SurvivalAsked,
  survivalTable,
} from '../analysis/survival.ts'
import type { Target } from '../analysis/target.ts'
import type { Check } from './given.ts'
import { ATTACK, Legend, SURVIVAL } from './legend.tsx'
import type { Go } from './permalink.ts'
import { NOWHERE } from './permalink.ts'
import { askedOf } from './verdicts.ts'

/** What is expected, where no report was given: the main job holds it against the search. */
function expectedChecks(targets: readonly Target[]): SurvivalAsked[] {
  return targets.flatMap((target) =>
    target.variants.flatMap((variant) =>
      askedOf({ ...target, variant })
        .scenarios.filter(({ name }) => variant.large?.includes(name) !== true)
        .flatMap(({ name, properties }) =>
          properties.map(({ id }) => ({
            protocol: target.protocol.name,
            variant: variant.name,
            scenario: name,
            property: id,
            verdict: variant.expect[name]?.[id] ?? 'holds',
          })),
        ),
    ),
  )
}

/**
 * Which of the protocols that ship survive a double jump.
 *
 * @param checks of a report; where there are none, what is expected is shown
 */
export function Survivors({ checks, targets, go }: { checks: readonly Check[]; targets: readonly Target[]; go: Go }) {
  const [filter, setFilter] = useState('')
  const rows = useMemo(() => survivalTable(checks.length > 0 ? checks : expectedChecks(targets)), [checks, targets])
  const shown = rows.filter(({ protocol, variant, title }) =>
    `${protocol}/${variant} ${title}`.toLowerCase().includes(filter.toLowerCase()),
  )
  const bad = checks.filter((check) => !check.asExpected)
  const protocols = targets.map(({ protocol }) => protocol)
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
      <Legend signs={Object.values(SURVIVAL)} heads={legend.map(({ head, means }) => ({ sign: head, means }))} />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">variant</th>
              {legend.map(({ head, means }) => (
                <th scope="col" key={head} title={means}>
                  {head}
                </th>
              ))}
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
                  <Sign key={legend[i]!.head} row={row} cell={cell} column={legend[i]!.head} go={go} />
                ))}
                <td>{row.by.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pale">
        Not asked whether they survive a double jump:{' '}
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

/** A cell; one that says no leads to the run that shows it. */
function Sign({ row, cell, column, go }: { row: Survival; cell: Cell; column: string; go: Go }) {
  const { sign, means } = SURVIVAL[cell.says]
  const title = (column === ATTACKER ? ATTACK[cell.says] : undefined) ?? means
  const { because } = cell
  return (
    <td class={cell.says.replace(' ', '-')} title={title}>
      {because === null ? (
        sign
      ) : (
        <button
          type="button"
          aria-label={`${row.protocol}/${row.variant}, ${because.scenario}: ${cell.says}; show the run`}
          onClick={() => go({ ...NOWHERE, protocol: row.protocol, variant: row.variant, ...because })}
        >
          {sign}
        </button>
      )}
    </td>
  )
}
