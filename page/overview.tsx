import { useMemo } from 'preact/hooks'
import type { Catalogue } from './catalogue.ts'
import type { Check } from './given.ts'
import { Survivors } from './matrix.tsx'
import type { Go } from './permalink.ts'
import { askedIn, askedOf } from './verdicts.ts'
import { Yours } from './yours.tsx'

/** Where the page begins: the user's own protocols, then which of those that ship survive. */
export function Overview({ checks, catalogue, go }: { checks: readonly Check[]; catalogue: Catalogue; go: Go }) {
  const { own, ships, reported, ofShipped } = useMemo(() => sorted(checks, catalogue), [checks, catalogue])
  return (
    <>
      {catalogue.troubles.map((trouble) => (
        <p class="error" key={trouble}>
          {trouble}
        </p>
      ))}
      {own.map(({ name, title, variants }) => (
        <Yours key={name} name={name} title={title} variants={variants} checks={checks} go={go} />
      ))}
      {reported.map(({ name, variants }) => (
        <Yours key={name} name={name} title="" variants={variants} checks={checks} go={go} />
      ))}
      <Survivors checks={ofShipped} targets={ships} go={go} />
    </>
  )
}

/** Whose each check is: of a file that came with the page, of a protocol that only a report knows, or of one that ships. */
function sorted(checks: readonly Check[], { targets }: Catalogue) {
  const names = (of: typeof targets): string[] => of.map(({ protocol }) => protocol.name)
  const mine = targets.filter(({ file }) => file !== null)
  const ships = targets.filter(({ file }) => file === null)
  const foreign = checks.filter(({ protocol }) => !names(targets).includes(protocol))
  return {
    ships,
    own: mine.map((target) => ({
      name: target.protocol.name,
      title: target.protocol.title,
      variants: target.variants.map((variant) => askedOf({ ...target, variant })),
    })),
    reported: [...new Set(foreign.map(({ protocol }) => protocol))].map((name) => ({
      name,
      variants: askedIn(foreign.filter(({ protocol }) => protocol === name)),
    })),
    ofShipped: checks.filter(({ protocol }) => names(ships).includes(protocol)),
  }
}
