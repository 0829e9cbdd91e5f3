import type { ComponentChildren } from 'preact'
import type { Check } from './given.ts'
import { BOXED, Legend, type Meaning, PALE, VERDICTS } from './legend.tsx'
import { type Asked, type AskedProperty, type AskedScenario, type Said, said } from './verdicts.ts'

/** Leads to the run of a verdict. */
export type Open = (asked: Asked, scenario: string, property: string) => void

/** Variants and their scenarios by properties, a sign each; a click on one leads to its run. */
export function VerdictTable({
  all,
  checks,
  open,
  head,
  beside,
}: {
  all: readonly Asked[]
  checks: readonly Check[]
  open: Open
  /** What stands for the variant, before its scenarios; nothing where there is one variant only. */
  head?: (asked: Asked) => ComponentChildren
  beside?: (scenario: AskedScenario) => ComponentChildren
}) {
  const properties = propertiesIn(all)
  const everything = all.flatMap((asked) =>
    asked.scenarios.flatMap(({ name }) => properties.map(({ id }) => said(asked, checks, name, id))),
  )
  return (
    <>
      <div class="scroll">
        <table class="verdicts">
          <thead>
            <tr>
              {head !== undefined && <th scope="col">variant</th>}
              <th scope="col">scenario</th>
              {properties.map(({ id, means }) => (
                <th scope="col" key={id} title={means === '' ? undefined : means}>
                  <span>{id}</span>
                </th>
              ))}
              {beside !== undefined && <th scope="col">search</th>}
            </tr>
          </thead>
          <tbody>
            {all.flatMap((asked) =>
              asked.scenarios.map((scenario, i) => (
                <tr key={`${asked.variant}/${scenario.name}`} class={i === 0 ? 'first' : ''}>
                  {head !== undefined && i === 0 && (
                    <th scope="rowgroup" rowSpan={asked.scenarios.length}>
                      {head(asked)}
                    </th>
                  )}
                  <th scope="row" title={scenario.title}>
                    {scenario.name}
                  </th>
                  {properties.map(({ id }) => (
                    <Sign
                      key={id}
                      asked={asked}
                      scenario={scenario.name}
                      property={id}
                      what={said(asked, checks, scenario.name, id)}
                      open={open}
                    />
                  ))}
                  {beside !== undefined && <td class="beside">{beside(scenario)}</td>}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      <Legend
        signs={signsIn(everything)}
        heads={properties.flatMap(({ id, means }) => (means === '' ? [] : { sign: id, means }))}
      />
    </>
  )
}

/** Every property that some variant is asked in some scenario, once. */
function propertiesIn(all: readonly Asked[]): AskedProperty[] {
  const byId = new Map<string, AskedProperty>()
  for (const { scenarios } of all)
    for (const property of scenarios.flatMap((scenario) => scenario.properties)) byId.set(property.id, property)
  return [...byId.values()]
}

/** What the signs mean that there are. */
function signsIn(all: readonly (Said | null)[]): Meaning[] {
  const there = all.filter((one) => one !== null)
  return [
    ...Object.entries(VERDICTS).flatMap(([kind, meaning]) =>
      there.some(({ verdict }) => verdict === kind) ? [meaning] : [],
    ),
    ...(there.some(({ searched }) => !searched) ? [PALE] : []),
    ...(there.some(({ asExpected }) => !asExpected) ? [BOXED] : []),
  ]
}

function Sign({
  asked,
  scenario,
  property,
  what,
  open,
}: {
  asked: Asked
  scenario: string
  property: string
  what: Said | null
  open: Open
}) {
  if (what === null) return <td title="This is not asked here." />
  const { verdict, asExpected, searched, explanation } = what
  const { sign, means } = VERDICTS[verdict] ?? { sign: verdict, means: '' }
  const words = `${scenario}, ${property}: ${verdict}${searched ? '' : ' (expected)'}${asExpected ? '' : ', not as expected'}`
  const title = [`${words}.`, explanation ?? means].join('\n')
  const kind = `${searched ? '' : 'expected'} ${asExpected ? '' : 'unexpected'}`.trim()
  return (
    <td class={verdict}>
      {asked.target === null ? (
        <span class={kind} title={title}>
          {sign}
        </span>
      ) : (
        <button
          type="button"
          class={kind}
          aria-label={words}
          title={title}
          onClick={() => open(asked, scenario, property)}
        >
          {sign}
        </button>
      )}
    </td>
  )
}
