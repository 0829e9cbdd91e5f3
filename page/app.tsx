import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary, useState } from 'preact/hooks'
import { type Catalogue, variantIn } from './catalogue.ts'
import { FIRST_FIGURE, FigureView } from './figure-view.tsx'
import type { Given } from './given.ts'
import { Overview } from './overview.tsx'
import { type Go, NOWHERE, type Place, read, write } from './permalink.ts'
import { RunView } from './run.tsx'
import { StoryView } from './story-view.tsx'
import { TimedRun } from './timed-run.tsx'
import { VariantView } from './variant-view.tsx'
import { askedIn, askedOf } from './verdicts.ts'

/** The page: where one is stands in the fragment of its address, so that every view can be linked to. */
export function App({ given, catalogue }: { given: Given; catalogue: Catalogue }) {
  const [place, setPlace] = useState<Place>(() => read(location.hash))
  useEffect(() => {
    const follow = (): void => setPlace(read(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const go = (next: Partial<Place>, how: 'push' | 'replace' = 'push'): void => {
    // From where the address says that we are: what is drawn may be behind.
    const moved = { ...read(location.hash), ...next }
    const address = write(moved)
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
    setPlace(moved)
  }
  return (
    <>
      <header>
        <button type="button" class="home" onClick={() => go(NOWHERE)}>
          doublejump
        </button>
        <Crumbs place={place} go={go} />
        <button type="button" class="aside" onClick={() => go({ ...NOWHERE, figure: FIRST_FIGURE })}>
          the papers' figures
        </button>
      </header>
      <main>
        <Guarded place={place}>
          <View given={given} catalogue={catalogue} place={place} go={go} />
        </Guarded>
      </main>
    </>
  )
}

/** A protocol of the user's own may throw wherever it is asked: the rest of the page goes on. */
function Guarded({ place, children }: { place: Place; children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary()
  useEffect(reset, [place])
  if (error === undefined) return <>{children}</>
  return (
    <p class="error">
      This cannot be shown: {error instanceof Error ? error.message : String(error)} The likeliest cause is that the
      protocol throws here; go back, or to another run.
    </p>
  )
}

function View({ given, catalogue, place, go }: { given: Given; catalogue: Catalogue; place: Place; go: Go }) {
  const { checks, story } = given
  const { protocol, variant, scenario, property } = place
  if (place.figure !== null) return <FigureView figure={place.figure} set={place.set} go={go} />
  if (protocol === null && story !== null) return <StoryView story={story} />
  if (protocol === null || variant === null) return <Overview checks={checks} catalogue={catalogue} go={go} />
  const target = variantIn(catalogue, protocol, variant)
  if (
    target !== null &&
    scenario !== null &&
    property !== null &&
    target.variant.scenarios.some((s) => s.name === scenario)
  ) {
    const { given: times } = place
    const key = `${protocol}/${variant}/${scenario}/${property}`
    if (times !== null)
      return (
        <TimedRun
          key={`${key}, timed`}
          place={{ ...place, protocol, variant, scenario, property, given: times }}
          target={target}
          catalogue={catalogue}
          go={go}
        />
      )
    return (
      <RunView
        key={key}
        place={{ ...place, protocol, variant, scenario, property }}
        target={target}
        catalogue={catalogue}
        go={go}
      />
    )
  }
  const mine = checks.filter((check) => check.protocol === protocol && check.variant === variant)
  const asked = target === null ? askedIn(mine)[0] : askedOf(target)
  if (asked === undefined)
    return (
      <p class="error">
        This page has no variant {`${protocol}/${variant}`}. Its first view, behind the name above, has those that there
        are.
      </p>
    )
  return <VariantView key={`${protocol}/${variant}`} asked={asked} checks={mine} catalogue={catalogue} go={go} />
}

function Crumbs({ place, go }: { place: Place; go: Go }) {
  const { protocol, variant, scenario, property } = place
  if (protocol === null || variant === null) return null
  return (
    <nav aria-label="where this is">
      <button type="button" onClick={() => go({ ...NOWHERE, protocol, variant })}>
        {protocol}/{variant}
      </button>
      {scenario !== null && property !== null && (
        <span>
          {scenario} · {property}
        </span>
      )}
    </nav>
  )
}
