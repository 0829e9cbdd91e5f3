import { useEffect, useState } from 'preact/hooks'
import { protocols } from '../spec/protocols.ts'
import type { Given } from './given.ts'
import { Overview, VariantView } from './matrix.tsx'
import { NOWHERE, type Place, read, write } from './permalink.ts'
import { RunView } from './run.tsx'
import { StoryView } from './story-view.tsx'

/** The page: where one is stands in the fragment of its address, so that every view can be linked to. */
export function App({ given }: { given: Given }) {
  const [place, setPlace] = useState<Place>(() => read(location.hash))
  useEffect(() => {
    const follow = (): void => setPlace(read(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const go = (next: Partial<Place>, how: 'push' | 'replace' = 'push'): void => {
    const moved = { ...place, ...next }
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
      </header>
      <main>{viewOf(given, place, go)}</main>
    </>
  )
}

export type Go = (next: Partial<Place>, how?: 'push' | 'replace') => void

function viewOf(given: Given, place: Place, go: Go) {
  const { protocol, variant, scenario, property } = place
  if (protocol === null && given.story !== null) return <StoryView story={given.story} />
  if (protocol === null || variant === null) return <Overview checks={given.checks} go={go} />
  const known = protocols.find((p) => p.name === protocol)?.variants.find((v) => v.name === variant)
  if (known === undefined)
    return (
      <p class="error">
        This page has no variant {`${protocol}/${variant}`}. The table above has those that there are.
      </p>
    )
  if (scenario === null || property === null || !known.scenarios.some((s) => s.name === scenario)) {
    return <VariantView protocol={protocol} variant={known} checks={given.checks} go={go} />
  }
  return (
    <RunView
      key={`${protocol}/${variant}/${scenario}/${property}`}
      place={{ ...place, protocol, variant, scenario, property }}
      go={go}
    />
  )
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
