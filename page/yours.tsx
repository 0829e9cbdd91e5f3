import type { Check } from './given.ts'
import type { Go } from './permalink.ts'
import { NOWHERE } from './permalink.ts'
import { VerdictTable } from './verdict-table.tsx'
import type { Asked } from './verdicts.ts'

/** A protocol of the user's own: its variants, with every verdict. */
export function Yours({
  name,
  title,
  variants,
  checks,
  go,
}: {
  name: string
  title: string
  variants: readonly Asked[]
  checks: readonly Check[]
  go: Go
}) {
  const mine = checks.filter(({ protocol }) => protocol === name)
  const bad = mine.filter(({ asExpected }) => !asExpected).length
  return (
    <section aria-label={name}>
      <h1>
        {name}
        {title !== '' && `: ${title}`}
      </h1>
      <p>
        {mine.length} checks.{' '}
        {bad > 0 ? <strong class="error">{bad} are not as expected.</strong> : 'All are as expected.'}{' '}
        {variants.some(({ target }) => target !== null)
          ? 'A sign leads to its run; a variant to a search of each scenario.'
          : 'They come from a report, without runs.'}
      </p>
      <VerdictTable
        all={variants}
        checks={mine}
        open={({ protocol, variant }, scenario, property) => go({ ...NOWHERE, protocol, variant, scenario, property })}
        head={({ protocol, variant, title: says }) => (
          <button type="button" title={says} onClick={() => go({ ...NOWHERE, protocol, variant })}>
            {variant}
          </button>
        )}
      />
    </section>
  )
}
