import { useEffect, useMemo, useState } from 'preact/hooks'
import { causesSvg } from '../counterexamples/causes-svg.ts'
import { ladderSvg } from '../counterexamples/ladder-svg.ts'
import type { Story } from '../counterexamples/story.ts'
import { Ladder } from './ladder.tsx'

const views = { ladder: 'ladder', causes: 'who caused what' } as const

/** A run as a ladder, or as the graph of who caused what; both show the step in hand, and a click on a step goes there. */
export function Picture({ story, at, onStep }: { story: Story; at: number; onStep: (step: number) => void }) {
  const [view, setView] = useState<keyof typeof views>('ladder')
  const ladder = useMemo(() => ladderSvg(story), [story])
  return (
    <div>
      <div class="bar" role="tablist" aria-label="how the run is drawn">
        {Object.entries(views).map(([name, words]) => (
          <button
            type="button"
            role="tab"
            key={name}
            aria-selected={view === name}
            onClick={() => setView(name as keyof typeof views)}
          >
            {words}
          </button>
        ))}
      </div>
      {view === 'ladder' ? (
        <Ladder svg={ladder} at={at} onStep={onStep} />
      ) : (
        <Causes story={story} at={at} onStep={onStep} />
      )}
    </div>
  )
}

/** Drawn by Graphviz, which is not looked at before somebody wants to see this. */
function Causes({ story, at, onStep }: { story: Story; at: number; onStep: (step: number) => void }) {
  const [drawn, setDrawn] = useState<{ story: Story; svg: string } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    causesSvg(story).then(
      (svg) => {
        if (wanted) setDrawn({ story, svg })
      },
      (error) => {
        if (wanted) setFailed(error instanceof Error ? error.message : String(error))
      },
    )
    return () => {
      wanted = false
    }
  }, [story])
  if (failed !== null) return <p class="error">This run cannot be drawn: {failed}</p>
  if (drawn?.story !== story) return <p role="status">drawing…</p>
  return <Ladder svg={drawn.svg} at={at} onStep={onStep} />
}
